public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// A source's media in numbers.
    public func mediaStanding(of source: String) throws -> MediaStanding {
        try read { connection in
            var standing = MediaStanding()
            guard let number = try number(of: source, connection) else { return standing }
            let waiting = try connection.statement(
                """
                SELECT count(*) FROM media_tasks WHERE source = ? AND is_settled = 0
                    AND NOT EXISTS (SELECT 1 FROM media_files WHERE task = media_tasks.id AND state = 'stored')
                """
            )
            try waiting.bind(number)
            if try waiting.step() { standing.waiting = waiting.count(0) }
            waiting.reset()
            let states = try connection.statement(
                """
                SELECT f.state, count(*), sum(coalesce(f.bytes, 0)) FROM media_tasks t JOIN media_files f ON f.task = t.id
                WHERE t.source = ? AND f.state IS NOT NULL GROUP BY f.state
                """
            )
            try states.bind(number)
            defer { states.reset() }
            while try states.step() {
                let state = MediaState(rawValue: states.requiredText(0))
                standing.states[state] = states.count(1)
                if state == .stored { standing.storedBytes = states.integer(2) }
            }
            return standing
        }
    }

    /// Recordings with stored files that were listed by a part which `run` has read to its end, with their numbers.
    ///
    /// Parts that are read by range are left out, as a range does not show what is gone; so are parts whose reading began in an earlier
    /// run, which has seen what this one has not, and recordings that are new.
    public func storedInParts(readBy run: Int64, of source: String) throws -> [(task: MediaTask, number: Int)] {
        try read { connection in
            guard let owner = try number(of: source, connection) else { return [] }
            let parts = try parts(of: owner, readBy: run, connection)
            guard !parts.isEmpty else { return [] }
            let entries = try entries(connection)
            try entries.refresh()
            let select = try connection.statement(
                """
                SELECT id, recording, snapshot, parameters, attempts FROM media_tasks t WHERE source = ?
                    AND EXISTS (SELECT 1 FROM media_files f WHERE f.task = t.id AND f.state = 'stored')
                """
            )
            try select.bind(owner)
            defer { select.reset() }
            var found: [(task: MediaTask, number: Int)] = []
            while try select.step() {
                let known = try entries.recording(select.requiredText(1), of: owner)
                guard let known, let number = known.number, known.seenInRun != run, parts.contains(known.listing) else {
                    continue
                }
                found.append((try Self.task(select, of: source, connection), number))
            }
            return found
        }
    }

    /// The parts without ranges that `run` has read from their beginning to their end.
    private func parts(of source: Int64, readBy run: Int64, _ connection: SQLiteConnection) throws -> Set<UInt64> {
        let select = try connection.statement(
            """
            SELECT part FROM parts WHERE source = ?1 AND has_ranges = 0 AND complete_run = ?2
                AND complete_at >= (SELECT started_at FROM runs WHERE id = ?2)
            """
        )
        try select.bind(source)
        try select.bind(run)
        defer { select.reset() }
        var parts: Set<UInt64> = []
        while try select.step() { parts.insert(select.bits(0)) }
        return parts
    }

    /// Files that are stored, in the order of their tasks.
    public func storedMedia(of source: String?, after number: Int64, limit: Int) throws -> [StoredMedium] {
        try read { connection in
            // All files of a task come together, so a page may hold a few more than the limit.
            let select = try connection.statement(
                """
                SELECT f.rendition, f.state, f.reason, f.path, f.bytes, f.sha256, f.content_type, f.etag, f.fetched_at,
                    t.id, t.recording, t.snapshot, s.name
                FROM (
                    SELECT id, recording, snapshot, source FROM media_tasks
                    WHERE id > ?1 AND (?2 IS NULL OR source = (SELECT id FROM sources WHERE name = ?2))
                        AND EXISTS (SELECT 1 FROM media_files WHERE task = media_tasks.id AND state = 'stored')
                    ORDER BY id LIMIT ?3
                ) t
                JOIN sources s ON s.id = t.source JOIN media_files f ON f.task = t.id
                WHERE f.state = 'stored' ORDER BY t.id, f.rendition
                """
            )
            try select.bind(number)
            try select.bind(source)
            try select.bind(limit)
            defer { select.reset() }
            var found: [StoredMedium] = []
            while try select.step() {
                let key = MediaTaskKey(source: select.requiredText(12), recordingID: select.requiredText(10))
                guard let medium = try Self.medium(select, of: key.recordingID) else { continue }
                let recording = try MediaSnapshot.decode(Array(select.requiredText(11).utf8))
                found.append(
                    StoredMedium(number: select.integer(9), key: key, medium: medium, date: recording.mediaDate)
                )
            }
            return found
        }
    }

    /// How far the manifest in a folder had come at the last commit that named it.
    public func manifestHead(in folder: String) throws -> ManifestHead? {
        try read { connection in
            let select = try connection.statement("SELECT number, hash, length FROM media_manifests WHERE folder = ?")
            try select.bind(folder)
            defer { select.reset() }
            guard try select.step() else { return nil }
            return ManifestHead(number: select.integer(0), hash: select.requiredText(1), byteCount: select.integer(2))
        }
    }

    func write(_ head: ManifestHead, of folder: String, _ connection: SQLiteConnection) throws {
        let replace = try connection.statement(
            "INSERT OR REPLACE INTO media_manifests (folder, number, hash, length) VALUES (?, ?, ?, ?)"
        )
        try replace.bind(folder)
        try replace.bind(head.number)
        try replace.bind(head.hash)
        try replace.bind(head.byteCount)
        try replace.run()
    }
}
