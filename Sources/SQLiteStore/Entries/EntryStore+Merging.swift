import RecordingHost

extension EntryStore {
    /// Puts what waits into the tables when there is much of it.
    func mergeIfDue() throws {
        if pending.count >= limits.entries || pending.bytes.count >= limits.bytes { try merge() }
    }

    /// Puts what waits into the tables, in the order of the keys and in steps of one transaction each.
    ///
    /// What waits is taken out with the last step. A merge that was cut off before that is done again from its beginning: putting an
    /// entry into its table twice changes nothing, and what a commit gives out and counts was given out and counted by the commit.
    func merge() throws {
        guard isAlone, !pending.isEmpty else { return }
        let last = try connection.integer("SELECT coalesce(max(sequence), 0) FROM pending")
        var (all, events) = pending.sorted()
        let recordingCount = all.count
        all += events
        events = []
        var start = 0
        repeat {
            let end = min(start + max(limits.step, 1), all.count)
            try connection.transaction {
                for (place, entry) in zip(start..., all[start..<end]) {
                    if place < recordingCount {
                        absentRecordings.remove(entry.key)
                    } else {
                        absentEvents.remove(entry.key)
                    }
                    try pending.put(entry, recordings, self.events)
                }
                guard end == all.count else { return }
                let delete = try connection.statement("DELETE FROM pending WHERE sequence <= ?")
                try delete.bind(last)
                try delete.run()
            }
            start = end
        } while start < all.count
        pending.removeAll()
    }
}

extension PendingEntries {
    /// Puts one entry into its table.
    func put(_ placed: Placed, _ recordings: RecordingRows, _ events: EventRows) throws {
        var reader = EntryReader(bytes, in: Int(placed.start)..<bytes.count)
        let name = try EntryName(&reader)
        let recording = bytes[name.recording]
        switch name.kind {
        case .recording:
            try recordings.put(try EntryForm.recording(&reader), recording, of: name.source, placed.key)
        case .event:
            try events.put(try reader.bits(), bytes[name.event], of: recording, name.source, placed.key)
        }
    }
}
