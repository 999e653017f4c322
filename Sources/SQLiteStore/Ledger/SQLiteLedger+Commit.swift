public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// Applies changes in one transaction.
    ///
    /// One that names parts of a sink for the first time survives a power failure: so a sink never holds more than one part of a
    /// kind that the ledger does not know, and more than that shows that an older ledger was put back.
    public func commit(_ changes: LedgerChanges) throws {
        let store = try perform { connection in try entries(connection) }
        try perform { _ in try store.mergeIfDue() }
        let isDurable = changes.sinkPositions.allSatisfy { hasDurableParts($0, $1) }
        if isDurable {
            try transact { connection in try apply(changes, store, connection) }
        } else {
            try transactDurably { connection in try apply(changes, store, connection) }
            durableParts.merge(changes.sinkPositions.mapValues { Set($0.offsets.keys) }) { $1 }
        }
        store.keep()
    }

    /// Whether the parts that a sink has are the ones that cannot be taken back any more.
    private func hasDurableParts(_ sink: String, _ position: SinkPosition) -> Bool {
        guard let known = durableParts[sink] else { return false }
        return known.count == position.offsets.count && position.offsets.keys.allSatisfy(known.contains)
    }

    private func apply(_ changes: LedgerChanges, _ entries: EntryStore, _ connection: SQLiteConnection) throws {
        try entries.append(changes.recordings, changes.events) { try numberForWriting($0, connection) }
        for pass in changes.passes { try write(pass, connection) }
        for outcome in changes.listings { try write(outcome, connection) }
        for part in changes.skippedParts { try write(part, connection) }
        for listing in changes.openListings { try write(listing, connection) }
        for detail in changes.finishedDetails { try forget(detail, connection) }
        for listing in changes.droppedListings { try forget(listing, connection) }
        for demand in changes.mediaDemands { try write(demand, connection) }
        for progress in changes.mediaProgress { try write(progress, connection) }
        for (folder, head) in changes.manifestHeads { try write(head, of: folder, connection) }
        for read in changes.auditReads {
            let source = try write(read, connection)
            entries.count(auditReads: read.cost, of: source)
        }
        for (sink, position) in changes.sinkPositions { try write(position, of: sink, connection) }
        try count(entries.added, connection)
    }

    private func write(_ read: AuditRead, _ connection: SQLiteConnection) throws -> Int64 {
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
        return source
    }

    private func count(_ added: [Int64: AddedEntries], _ connection: SQLiteConnection) throws {
        guard !added.isEmpty else { return }
        let update = try connection.statement(
            """
            UPDATE sources SET recordings = recordings + ?1, next_number = next_number + ?1, events = events + ?2,
                audit_reads = audit_reads + ?3
            WHERE id = ?4
            """
        )
        for (source, number) in added {
            try update.bind(number.recordings)
            try update.bind(number.events)
            try update.bind(number.auditReads)
            try update.bind(source)
            try update.run()
        }
    }
}
