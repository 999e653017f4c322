public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// Applies changes in one transaction.
    ///
    /// One that names parts of a sink for the first time survives a power failure: so a sink never holds more than one part of a
    /// kind that the ledger does not know, and more than that shows that an older ledger was put back.
    public func commit(_ changes: LedgerChanges) throws {
        let parts = changes.sinkPositions.mapValues { Set($0.offsets.keys) }
        guard parts.contains(where: { $0.value != durableParts[$0.key] }) else {
            return try transact { connection in try apply(changes, connection) }
        }
        try transactDurably { connection in try apply(changes, connection) }
        durableParts.merge(parts) { $1 }
    }

    private func apply(_ changes: LedgerChanges, _ connection: SQLiteConnection) throws {
        try write(changes.recordings, connection)
        try write(changes.events, connection)
        for pass in changes.passes { try write(pass, connection) }
        for outcome in changes.listings { try write(outcome, connection) }
        for part in changes.skippedParts { try write(part, connection) }
        for listing in changes.openListings { try write(listing, connection) }
        for detail in changes.finishedDetails { try forget(detail, connection) }
        for listing in changes.droppedListings { try forget(listing, connection) }
        for demand in changes.mediaDemands { try write(demand, connection) }
        for progress in changes.mediaProgress { try write(progress, connection) }
        for (folder, head) in changes.manifestHeads { try write(head, of: folder, connection) }
        for read in changes.auditReads { try write(read, connection) }
        for (sink, position) in changes.sinkPositions { try write(position, of: sink, connection) }
    }

    private func write(_ recordings: [RecordingChange], _ connection: SQLiteConnection) throws {
        guard !recordings.isEmpty else { return }
        let insert = try connection.statement(
            """
            INSERT INTO recordings (listing, content, context, summary, access_revision, events_through, events_were_read,
                seen_in_run, source, id, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """
        )
        let update = try connection.statement(
            """
            UPDATE recordings SET listing = ?, content = ?, context = ?, summary = ?, access_revision = ?, events_through = ?,
                events_were_read = ?, seen_in_run = ?
            WHERE source = ? AND id = ?
            """
        )
        var added: [Int64: Int] = [:]
        var firstNumber: [Int64: Int64] = [:]
        for change in recordings {
            let source = try numberForWriting(change.source, connection)
            if change.entry.number != nil {
                try Self.bind(change, source, to: update)
                try update.run()
                if connection.changes == 1 { continue }
            }
            let first = try firstNumber[source] ?? nextRecordingNumber(of: source, connection)
            firstNumber[source] = first
            try Self.bind(change, source, to: insert)
            try insert.bind(first + Int64(added[source, default: 0]))
            try insert.run()
            if connection.changes == 1 {
                added[source, default: 0] += 1
            } else {
                try Self.bind(change, source, to: update)
                try update.run()
            }
        }
        try count(added, in: "recordings", connection)
        try count(added, in: "next_number", connection)
    }

    /// The number that the next new recording of a source gets; numbers are never given twice.
    private func nextRecordingNumber(of source: Int64, _ connection: SQLiteConnection) throws -> Int64 {
        let select = try connection.statement("SELECT next_number FROM sources WHERE id = ?")
        try select.bind(source)
        defer { select.reset() }
        return try select.step() ? Int64(select.recordingNumber(0)) : 0
    }

    private static func bind(_ change: RecordingChange, _ source: Int64, to statement: SQLiteStatement) throws {
        let entry = change.entry
        try statement.bind(bits: entry.listing)
        try statement.bind(bits: entry.content)
        try statement.bind(bits: entry.context)
        try statement.bind(bits: entry.summary)
        try statement.bind(entry.accessRevision)
        try statement.bind(entry.eventsThrough)
        try statement.bind(entry.eventsWereRead ? 1 : 0)
        try statement.bind(entry.seenInRun)
        try statement.bind(source)
        try statement.bind(change.id)
    }

    private func write(_ events: [EventChange], _ connection: SQLiteConnection) throws {
        guard !events.isEmpty else { return }
        let insert = try connection.statement(
            "INSERT INTO events (fingerprint, source, recording, event) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        )
        let update = try connection.statement(
            "UPDATE events SET fingerprint = ? WHERE source = ? AND recording = ? AND event = ?"
        )
        var added: [Int64: Int] = [:]
        for change in events {
            let source = try numberForWriting(change.source, connection)
            try Self.bind(change, source, to: insert)
            try insert.run()
            if connection.changes == 1 {
                added[source, default: 0] += 1
            } else {
                try Self.bind(change, source, to: update)
                try update.run()
            }
        }
        try count(added, in: "events", connection)
    }

    private static func bind(_ change: EventChange, _ source: Int64, to statement: SQLiteStatement) throws {
        try statement.bind(bits: change.fingerprint)
        try statement.bind(source)
        try statement.bind(change.key.recordingID)
        try statement.bind(change.key.eventID)
    }

    private func write(_ read: AuditRead, _ connection: SQLiteConnection) throws {
        let source = try numberForWriting(read.source, connection)
        let insert = try connection.statement(
            "INSERT INTO audit_reads (source, recording, endpoint, sent_at, request_id, cost) VALUES (?, ?, ?, ?, ?, ?)"
        )
        try insert.bind(source)
        try insert.bind(read.recordingID)
        try insert.bind(read.endpoint)
        try insert.bind(read.sentAt)
        try insert.bind(read.requestID)
        try insert.bind(read.cost)
        try insert.run()
        try count([source: read.cost], in: "audit_reads", connection)
    }

    private func count(_ added: [Int64: Int], in column: String, _ connection: SQLiteConnection) throws {
        let update = try connection.statement("UPDATE sources SET \(column) = \(column) + ? WHERE id = ?")
        for (source, number) in added {
            try update.bind(number)
            try update.bind(source)
            try update.run()
        }
    }
}
