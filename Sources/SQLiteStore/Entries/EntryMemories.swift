/// What a commit adds to the counters of a source.
struct AddedEntries {
    var recordings = 0
    var events = 0
    var auditReads = 0
}

/// The number of the source that was asked for last: nearly all changes of a commit are of one.
struct SourceMemory {
    private var last: (name: String, number: Int64)?

    mutating func number(of name: String, _ find: (String) throws -> Int64) rethrows -> Int64 {
        if let last, last.name == name { return last.number }
        let number = try find(name)
        last = (name, number)
        return number
    }
}

/// The key of the recording that was asked for last: events of one recording come one behind another.
struct EventMemory {
    private var last: (recording: [UInt8], source: Int64, key: UInt64)?

    /// The key of an event whose name stands in `names`.
    mutating func key(
        _ names: [UInt8],
        _ ids: (recording: Range<Int>, event: Range<Int>),
        _ source: Int64,
        _ hash: EntryHash
    ) -> UInt64 {
        let recording = names[ids.recording]
        if let last, last.source == source, last.recording.elementsEqual(recording) {
            return hash.event(names[ids.event], ofRecording: last.key)
        }
        let key = hash.recording(recording, of: source)
        last = (Array(recording), source, key)
        return hash.event(names[ids.event], ofRecording: key)
    }
}
