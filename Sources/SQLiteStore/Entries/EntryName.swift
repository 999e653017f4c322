/// What names an entry, read from its bytes.
struct EntryName {
    let kind: EntryForm.Kind
    let source: Int64
    /// Where the recording's id stands.
    let recording: Range<Int>
    /// Where the event's id stands; empty for a recording.
    let event: Range<Int>
    /// Where the name ends.
    var end: Int { event.upperBound }

    /// Reads a name, and leaves the reader behind it.
    init(_ reader: inout EntryReader) throws(DamagedEntries) {
        guard let kind = EntryForm.Kind(rawValue: try reader.byte()) else { throw DamagedEntries() }
        self.kind = kind
        source = Int64(bitPattern: try reader.number())
        recording = try reader.textRange()
        event = kind == .event ? try reader.textRange() : recording.upperBound..<recording.upperBound
    }

    /// Reads a name, and leaves the reader behind what is known of it.
    init(behindEntryOf reader: inout EntryReader) throws(DamagedEntries) {
        self = try EntryName(&reader)
        switch kind {
        case .recording: _ = try EntryForm.recording(&reader)
        case .event: _ = try reader.bits()
        }
    }

    /// The key under which the entry lies in its table.
    func key(in bytes: [UInt8], _ hash: EntryHash) -> UInt64 {
        let key = hash.recording(bytes[recording], of: source)
        return kind == .recording ? key : hash.event(bytes[event], ofRecording: key)
    }
}
