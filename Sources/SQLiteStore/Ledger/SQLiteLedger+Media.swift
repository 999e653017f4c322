public import RecordingHost
public import RecordingKit

extension SQLiteLedger {
    /// The revisions under which these recordings are known as tasks.
    public func mediaRevisions(_ recordings: [String], of source: String) throws -> [String: UInt64] {
        try read { connection in
            guard let number = try number(of: source, connection) else { return [:] }
            let select = try connection.statement("SELECT revision FROM media_tasks WHERE source = ? AND recording = ?")
            defer { select.reset() }
            var known: [String: UInt64] = [:]
            for id in recordings {
                try select.bind(number)
                try select.bind(id)
                if try select.step() { known[id] = select.bits(0) }
                select.reset()
            }
            return known
        }
    }

    /// Tasks that are to be tried at `now`, with numbers above `number`, in order, at most `limit`.
    public func mediaTasks(of source: String, after number: Int64, at now: Timestamp, limit: Int) throws -> [MediaTask]
    {
        try read { connection in
            guard let owner = try self.number(of: source, connection) else { return [] }
            let select = try connection.statement(
                """
                SELECT id, recording, snapshot, parameters, attempts FROM media_tasks
                WHERE source = ? AND is_settled = 0 AND id > ? AND coalesce(not_before, 0) <= ?
                ORDER BY id LIMIT ?
                """
            )
            try select.bind(owner)
            try select.bind(number)
            try select.bind(now.seconds)
            try select.bind(limit)
            defer { select.reset() }
            var tasks: [MediaTask] = []
            while try select.step() {
                tasks.append(try Self.task(select, of: source, connection))
            }
            return tasks
        }
    }

    /// Notes how far fetching a file has come; nil forgets it.
    public func setMediaJournal(_ journal: MediaJournal?, of rendition: String, _ key: MediaTaskKey) throws {
        let note: (SQLiteConnection) throws -> Void = { connection in
            guard let task = try self.task(key, connection) else { return }
            let upsert = try connection.statement(Self.putJournal)
            try upsert.bind(task)
            try upsert.bind(rendition)
            try upsert.bind(journal?.spoolName)
            try upsert.bind(journal?.offset)
            try upsert.bind(journal?.sha256)
            try upsert.bind(journal?.length)
            try upsert.bind(journal?.validator.etag)
            try upsert.bind(journal?.validator.lastModified)
            try upsert.bind(journal?.completion?.path)
            try upsert.bind(journal?.completion?.contentType)
            try upsert.bind(journal?.completion?.fetchedAt)
            try upsert.bind(journal?.completion?.requestID)
            try upsert.run()
        }
        if journal?.completion == nil { try transact(note) } else { try transactDurably(note) }
    }

    /// A recording that is wanted: what was tried in vain before is tried again, as something about it has changed.
    func write(_ demand: MediaDemand, _ connection: SQLiteConnection) throws {
        let source = try numberForWriting(demand.key.source, connection)
        let upsert = try connection.statement(
            """
            INSERT INTO media_tasks (source, recording, revision, snapshot, parameters) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET revision = excluded.revision, snapshot = excluded.snapshot,
                parameters = excluded.parameters, is_settled = 0, attempts = 0, not_before = NULL
            """
        )
        try upsert.bind(source)
        try upsert.bind(demand.key.recordingID)
        try upsert.bind(bits: demand.revision)
        try upsert.bind(text: MediaSnapshot.encode(demand.recording)[...])
        try upsert.bind(TextList.text(demand.recording.parameters))
        try upsert.run()
    }

    func write(_ progress: MediaProgress, _ connection: SQLiteConnection) throws {
        guard let task = try task(progress.key, connection) else { return }
        for medium in progress.media {
            let upsert = try connection.statement(Self.putMedium)
            try upsert.bind(task)
            try upsert.bind(medium.rendition)
            try upsert.bind(medium.state.rawValue)
            try upsert.bind(medium.reason)
            try upsert.bind(medium.path)
            try upsert.bind(medium.bytes)
            try upsert.bind(medium.sha256)
            try upsert.bind(medium.contentType)
            try upsert.bind(medium.etag)
            try upsert.bind(medium.fetchedAt)
            try upsert.run()
        }
        switch progress.ending {
        case nil: return
        case .settled:
            let update = try connection.statement(
                "UPDATE media_tasks SET is_settled = 1, not_before = NULL WHERE id = ?"
            )
            try update.bind(task)
            try update.run()
        case .again(let notBefore):
            let update = try connection.statement(
                "UPDATE media_tasks SET attempts = attempts + 1, not_before = ? WHERE id = ?"
            )
            try update.bind(notBefore?.seconds)
            try update.bind(task)
            try update.run()
        }
    }

    /// A task from a row of its number, its recording, the snapshot, the parameters and the attempts.
    static func task(_ row: SQLiteStatement, of source: String, _ connection: SQLiteConnection) throws -> MediaTask {
        var recording = try MediaSnapshot.decode(Array(row.requiredText(2).utf8))
        recording.parameters = try TextList.dictionary(row.requiredText(3))
        let key = MediaTaskKey(source: source, recordingID: row.requiredText(1))
        return MediaTask(
            key: key,
            number: row.integer(0),
            recording: recording,
            attempts: row.count(4),
            files: try files(of: row.integer(0), key, connection)
        )
    }

    private func task(_ key: MediaTaskKey, _ connection: SQLiteConnection) throws -> Int64? {
        guard let source = try number(of: key.source, connection) else { return nil }
        let select = try connection.statement("SELECT id FROM media_tasks WHERE source = ? AND recording = ?")
        try select.bind(source)
        try select.bind(key.recordingID)
        defer { select.reset() }
        return try select.step() ? select.integer(0) : nil
    }

    private static func files(of task: Int64, _ key: MediaTaskKey, _ connection: SQLiteConnection) throws -> [MediaFile]
    {
        let select = try connection.statement(
            """
            SELECT rendition, state, reason, path, bytes, sha256, content_type, etag, fetched_at, spool_name, spool_offset,
                spool_sha256, spool_length, spool_etag, spool_modified, final_path, final_type, final_at, final_request
            FROM media_files WHERE task = ? ORDER BY rendition
            """
        )
        try select.bind(task)
        defer { select.reset() }
        var files: [MediaFile] = []
        while try select.step() {
            files.append(
                MediaFile(
                    rendition: select.requiredText(0),
                    medium: try medium(select, of: key.recordingID),
                    journal: try journal(select)
                )
            )
        }
        return files
    }

    static func medium(_ row: SQLiteStatement, of recordingID: String) throws -> Medium? {
        guard let state = row.text(1) else { return nil }
        var medium = Medium(
            recordingID: recordingID,
            rendition: row.requiredText(0),
            state: MediaState(rawValue: state),
            reason: row.text(2)
        )
        medium.path = row.text(3)
        medium.bytes = row.isNull(4) ? nil : row.integer(4)
        medium.sha256 = row.text(5)
        medium.contentType = row.text(6)
        medium.etag = row.text(7)
        medium.fetchedAt = try row.optionalTime(8)
        return medium
    }

    private static func journal(_ row: SQLiteStatement) throws -> MediaJournal? {
        guard let name = row.text(9) else { return nil }
        var journal = MediaJournal(
            spoolName: name,
            offset: row.integer(10),
            sha256: row.requiredText(11),
            length: row.isNull(12) ? nil : row.integer(12),
            validator: FileValidator(etag: row.text(13), lastModified: row.text(14))
        )
        if let path = row.text(15) {
            journal.completion = MediaJournal.Completion(
                path: path,
                contentType: row.text(16),
                fetchedAt: try row.time(17),
                requestID: row.text(18)
            )
        }
        return journal
    }

    // What was noted of a file's fetching is over once something is written about the file.
    private static let putMedium = """
        INSERT INTO media_files (task, rendition, state, reason, path, bytes, sha256, content_type, etag, fetched_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET state = excluded.state, reason = excluded.reason, path = excluded.path,
            bytes = excluded.bytes, sha256 = excluded.sha256, content_type = excluded.content_type, etag = excluded.etag,
            fetched_at = excluded.fetched_at, spool_name = CASE WHEN excluded.state = 'failed' THEN spool_name END
        """

    private static let putJournal = """
        INSERT INTO media_files (task, rendition, spool_name, spool_offset, spool_sha256, spool_length, spool_etag,
            spool_modified, final_path, final_type, final_at, final_request)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET spool_name = excluded.spool_name, spool_offset = excluded.spool_offset,
            spool_sha256 = excluded.spool_sha256, spool_length = excluded.spool_length, spool_etag = excluded.spool_etag,
            spool_modified = excluded.spool_modified, final_path = excluded.final_path, final_type = excluded.final_type,
            final_at = excluded.final_at, final_request = excluded.final_request
        """
}
