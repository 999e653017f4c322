import RecordingHost

extension EntryStore {
    /// A row to look for: its key, where its name begins in ``names``, and its place in the page.
    private struct Wanted<Ids> {
        let key: UInt64
        let ids: Ids
        let place: Int
    }

    /// What is known of the recordings of a page; those that were never seen are missing from the result.
    ///
    /// What waits and what is surely absent needs no statement; the rest is looked for in the order of the table.
    func known(_ ids: [String], of source: Int64) throws -> [String: KnownRecording] {
        var known: [String: KnownRecording] = [:]
        var wanted: [Wanted<Range<Int>>] = []
        names.removeAll(keepingCapacity: true)
        for (place, id) in ids.enumerated() {
            let start = names.count
            let range = EntryForm.name(id, source: source, to: &names)
            let key = hash.recording(names[range], of: source)
            if let found = pending.place(of: names[start...], key) {
                known[id] = try pending.recording(at: found)
            } else if !absentRecordings.contains(key) {
                wanted.append(Wanted(key: key, ids: range, place: place))
            }
        }
        guard !wanted.isEmpty else { return known }
        wanted.sort { Int64(bitPattern: $0.key) < Int64(bitPattern: $1.key) }
        try reading {
            for row in wanted {
                let found = try recordings.find(names[row.ids], of: source, row.key)
                if let entry = found.entry { known[ids[row.place]] = entry }
                if found.isFree { absentRecordings.insert(row.key) }
            }
        }
        return known
    }

    /// The fingerprints of those of these events that are known.
    func known(_ keys: [EventKey], of source: Int64) throws -> [EventKey: UInt64] {
        var known: [EventKey: UInt64] = [:]
        var wanted: [Wanted<(recording: Range<Int>, event: Range<Int>)>] = []
        var memory = EventMemory()
        names.removeAll(keepingCapacity: true)
        for (place, event) in keys.enumerated() {
            let start = names.count
            let ranges = EntryForm.name(event, source: source, to: &names)
            let key = memory.key(names, ranges, source, hash)
            if let found = pending.place(of: names[start...], key) {
                known[event] = try pending.fingerprint(at: found)
            } else if !absentEvents.contains(key) {
                wanted.append(Wanted(key: key, ids: ranges, place: place))
            }
        }
        guard !wanted.isEmpty else { return known }
        wanted.sort { Int64(bitPattern: $0.key) < Int64(bitPattern: $1.key) }
        try reading {
            for row in wanted {
                let found = try events.find(names[row.ids.event], of: names[row.ids.recording], source, row.key)
                if let fingerprint = found.fingerprint { known[keys[row.place]] = fingerprint }
                if found.isFree { absentEvents.insert(row.key) }
            }
        }
        return known
    }

    private func reading(_ body: () throws -> Void) throws {
        guard !connection.isInTransaction else { return try body() }
        try connection.reading(body)
    }
}
