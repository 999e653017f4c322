import RecordingHost
import RecordingKit

/// The form in which an entry waits for its table: what names it, and behind that what is known of it.
///
/// A name is its kind, the number of its source, and its texts, each behind its length: no name begins another, so two are the same
/// when the bytes of one stand at the beginning of the other. Numbers are in base 128 with the lowest digits first, hashes in eight
/// bytes with the lowest first.
enum EntryForm {
    /// What kind of record an entry is about; the first byte of its name.
    enum Kind: UInt8 {
        case recording = 1
        case event = 2
    }

    /// What an entry of a recording holds beyond its hashes.
    private struct Parts: OptionSet {
        let rawValue: UInt8
        static let summary = Parts(rawValue: 1)
        static let revision = Parts(rawValue: 2)
        static let through = Parts(rawValue: 4)
        static let events = Parts(rawValue: 8)
        static let number = Parts(rawValue: 16)
    }

    /// Appends the name of a recording, and returns where its id stands.
    static func name(_ id: String, source: Int64, to bytes: inout [UInt8]) -> Range<Int> {
        bytes.append(Kind.recording.rawValue)
        append(UInt64(bitPattern: source), to: &bytes)
        return append(id, to: &bytes)
    }

    /// Appends the name of an event, and returns where its recording's id and its own stand.
    static func name(
        _ key: EventKey,
        source: Int64,
        to bytes: inout [UInt8]
    ) -> (recording: Range<Int>, event: Range<Int>) {
        bytes.append(Kind.event.rawValue)
        append(UInt64(bitPattern: source), to: &bytes)
        let recording = append(key.recordingID, to: &bytes)
        return (recording, append(key.eventID, to: &bytes))
    }

    /// Appends what is known of a recording.
    static func append(_ entry: KnownRecording, number: Int?, to bytes: inout [UInt8]) {
        var parts: Parts = []
        if entry.summary != nil { parts.insert(.summary) }
        if entry.accessRevision != nil { parts.insert(.revision) }
        if entry.eventsThrough != nil { parts.insert(.through) }
        if entry.eventsWereRead { parts.insert(.events) }
        if number != nil { parts.insert(.number) }
        bytes.append(parts.rawValue)
        append(bits: entry.listing, to: &bytes)
        append(bits: entry.content, to: &bytes)
        append(bits: entry.context, to: &bytes)
        append(UInt64(bitPattern: entry.seenInRun), to: &bytes)
        if let number { append(UInt64(bitPattern: Int64(number)), to: &bytes) }
        if let summary = entry.summary { append(bits: summary, to: &bytes) }
        if let revision = entry.accessRevision { append(revision, to: &bytes) }
        if let time = entry.eventsThrough {
            append(bits: UInt64(bitPattern: time.seconds), to: &bytes)
            append(UInt64(UInt32(bitPattern: time.nanoseconds)), to: &bytes)
            bytes.append(time.fractionDigits)
        }
    }

    /// Reads what is known of a recording.
    static func recording(_ reader: inout EntryReader) throws(DamagedEntries) -> KnownRecording {
        let parts = Parts(rawValue: try reader.byte())
        var entry = KnownRecording(
            listing: try reader.bits(),
            content: try reader.bits(),
            context: try reader.bits(),
            eventsWereRead: parts.contains(.events),
            seenInRun: Int64(bitPattern: try reader.number())
        )
        if parts.contains(.number) {
            let number = try reader.number()
            guard number < SQLiteStatement.recordingNumbers.upperBound else { throw DamagedEntries() }
            entry.number = Int(number)
        }
        if parts.contains(.summary) { entry.summary = try reader.bits() }
        if parts.contains(.revision) { entry.accessRevision = try reader.text() }
        if parts.contains(.through) {
            entry.eventsThrough = Timestamp(
                secondsSince1970: Int64(bitPattern: try reader.bits()),
                nanoseconds: Int64(UInt32(truncatingIfNeeded: try reader.number())),
                fractionDigits: Int(try reader.byte())
            )
        }
        return entry
    }

    /// Appends a hash.
    static func append(bits: UInt64, to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: bits.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    @discardableResult
    private static func append(_ text: String, to bytes: inout [UInt8]) -> Range<Int> {
        append(UInt64(text.utf8.count), to: &bytes)
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        return start..<bytes.count
    }
}
