public import RecordingHost
import RecordingKit

extension SQLiteLedgerRepair {
    /// Begins a new ledger with what cannot be read back from files: tokens, audit reads, runs.
    ///
    /// - Returns: what could not be carried over, as sentences.
    public func begin() throws -> [String] {
        try described {
            dropBuilding()
            if !isDryRun { _ = try OpenFile(buildingPath, as: .new) }
            let connection = try SQLiteConnection(path: isDryRun ? "" : buildingPath, readOnly: false, isBuilding: true)
            // Nothing of this file counts before it is whole, and then it is made durable as a whole.
            try connection.execute(
                "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -7800;"
            )
            try connection.migrate(to: LedgerSchema.current)
            building = connection
            return try Salvage(from: isDatabase ? readOld() : nil, to: connection).perform()
        }
    }

    /// Takes records into the new ledger, later ones in the place of earlier ones.
    ///
    /// - Returns: for each whether it repeats what was known of it already, word for word.
    public func take(_ records: [ExaminedRecord]) throws -> [Bool] {
        try described {
            let connection = try begun()
            return try connection.transaction {
                var sources: [String: Int64] = [:]
                return try records.map { record in
                    let source = try sources[record.source] ?? number(of: record.source, connection)
                    sources[record.source] = source
                    switch record.kind {
                    case .recordings: return try takeRecording(record, source, connection)
                    case .accessSummaries: return try takeSummary(record, source, connection)
                    case .media: return try takeMedium(record, source, connection)
                    default: return try takeEvent(record, source, connection)
                    }
                }
            }
        }
    }

    func begun() throws -> SQLiteConnection {
        guard let building else { throw TapedeckError(.ledgerFailed, "no new ledger was begun for \(file)") }
        return building
    }

    private func number(of source: String, _ connection: SQLiteConnection) throws -> Int64 {
        let insert = try connection.statement("INSERT INTO sources (name) VALUES (?) ON CONFLICT DO NOTHING")
        try insert.bind(source)
        try insert.run()
        let select = try connection.statement("SELECT id FROM sources WHERE name = ?")
        try select.bind(source)
        defer { select.reset() }
        return try select.step() ? select.integer(0) : 0
    }

    private func takeRecording(
        _ record: ExaminedRecord,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> Bool {
        let known = try row(of: record, source, connection)
        if let known, known.content == record.content, known.context == record.context { return true }
        let upsert = try connection.statement(
            """
            INSERT INTO recordings (key, source, id, listing, content, context, events_were_read, seen_in_run)
            VALUES (?, ?, ?, 0, ?, ?, 0, 0)
            ON CONFLICT (key) DO UPDATE SET content = excluded.content, context = excluded.context
            WHERE source = excluded.source AND id = excluded.id
            """
        )
        try KeyedRows.probe(from: Self.key(of: record, source)) { key in
            try upsert.bind(key)
            try upsert.bind(source)
            try upsert.bind(record.recordingID)
            try upsert.bind(bits: record.content)
            try upsert.bind(bits: record.context)
            try upsert.run()
            return connection.changes == 1
        }
        return false
    }

    private func takeSummary(
        _ record: ExaminedRecord,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> Bool {
        if try row(of: record, source, connection)?.summary == record.content { return true }
        let upsert = try connection.statement(
            """
            INSERT INTO recordings (key, source, id, listing, content, context, summary, events_were_read, seen_in_run)
            VALUES (?, ?, ?, 0, 0, 0, ?, 0, 0)
            ON CONFLICT (key) DO UPDATE SET summary = excluded.summary WHERE source = excluded.source AND id = excluded.id
            """
        )
        try KeyedRows.probe(from: Self.key(of: record, source)) { key in
            try upsert.bind(key)
            try upsert.bind(source)
            try upsert.bind(record.recordingID)
            try upsert.bind(bits: record.content)
            try upsert.run()
            return connection.changes == 1
        }
        return false
    }

    /// What the new ledger knows of a record's recording.
    private func row(
        of record: ExaminedRecord,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> KnownRecording? {
        let rows = try recordingRows ?? RecordingRows(connection)
        recordingRows = rows
        let id = Array(record.recordingID.utf8)
        return try rows.find(id[...], of: source, Self.key(of: record, source)).entry
    }

    private static func key(of record: ExaminedRecord, _ source: Int64) -> UInt64 {
        EntryHash.standard.recording(Array(record.recordingID.utf8)[...], of: source)
    }

    /// A file that the old ledger did not know of any more; what it knew was carried over, and knows more than a line says.
    private func takeMedium(
        _ record: ExaminedRecord,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> Bool {
        guard let medium = record.medium else { return false }
        let task = try connection.statement(
            """
            INSERT INTO media_tasks (source, recording, revision, snapshot, parameters, is_settled)
            VALUES (?, ?, 0, ?, '[]', 1) ON CONFLICT DO NOTHING
            """
        )
        try task.bind(source)
        try task.bind(record.recordingID)
        try task.bind(text: MediaSnapshot.encode(Recording(id: record.recordingID))[...])
        try task.run()
        let isNew = connection.changes == 1
        let upsert = try connection.statement(
            """
            INSERT INTO media_files (task, rendition, state, reason, path, bytes, sha256, content_type, etag, fetched_at)
            SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM media_tasks WHERE source = ? AND recording = ?
            ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason, path = excluded.path,
                bytes = excluded.bytes, sha256 = excluded.sha256, content_type = excluded.content_type,
                etag = excluded.etag, fetched_at = excluded.fetched_at
            """
        )
        try upsert.bind(medium.rendition)
        try upsert.bind(medium.state.rawValue)
        try upsert.bind(medium.reason)
        try upsert.bind(medium.path)
        try upsert.bind(medium.bytes)
        try upsert.bind(medium.sha256)
        try upsert.bind(medium.contentType)
        try upsert.bind(medium.etag)
        try upsert.bind(medium.fetchedAt)
        try upsert.bind(source)
        try upsert.bind(record.recordingID)
        try upsert.run()
        if isNew, medium.state != .stored {
            let waiting = try connection.statement(
                "UPDATE media_tasks SET is_settled = 0 WHERE source = ? AND recording = ?"
            )
            try waiting.bind(source)
            try waiting.bind(record.recordingID)
            try waiting.run()
        }
        return false
    }

    private func takeEvent(
        _ record: ExaminedRecord,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> Bool {
        let rows = try eventRows ?? EventRows(connection)
        eventRows = rows
        let recording = Array(record.recordingID.utf8)[...]
        let event = Array((record.eventID ?? "").utf8)[...]
        let hash = EntryHash.standard
        let key = hash.event(event, ofRecording: hash.recording(recording, of: source))
        if try rows.find(event, of: recording, source, key).fingerprint == record.content { return true }
        try rows.put(record.content, event, of: recording, source, key)
        return false
    }
}
