public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// The pass of a source that has not ended; nil when there is none.
    public func openPass(of source: String) throws -> Pass? {
        try read { connection in
            guard let number = try number(of: source, connection) else { return nil }
            let select = try connection.statement("SELECT began_at, request, first_run FROM passes WHERE source = ?")
            try select.bind(number)
            defer { select.reset() }
            guard try select.step() else { return nil }
            return Pass(
                source: source,
                firstRun: select.integer(2),
                beganAt: try select.time(0),
                request: select.bits(1)
            )
        }
    }

    /// What is known of one part of a source.
    public func partState(_ part: UInt64, of source: String) throws -> PartState {
        try read { connection in
            guard let number = try number(of: source, connection) else { return PartState() }
            return try state(of: part, source, number, connection)
        }
    }

    /// The parts of a source that were found, ordered by label.
    public func parts(of source: String) throws -> [KnownPart] {
        try read { connection in
            guard let number = try number(of: source, connection) else { return [] }
            let select = try connection.statement(
                """
                SELECT part, label, has_ranges FROM parts WHERE source = ?1
                UNION ALL
                SELECT part, min(label), range_from <> '' FROM open_listings
                WHERE source = ?1 AND part NOT IN (SELECT part FROM parts WHERE source = ?1) GROUP BY part
                ORDER BY 2
                """
            )
            try select.bind(number)
            defer { select.reset() }
            var parts: [KnownPart] = []
            while try select.step() {
                let part = select.bits(0)
                parts.append(
                    KnownPart(
                        part: part,
                        label: select.requiredText(1),
                        hasRanges: select.integer(2) != 0,
                        state: try state(of: part, source, number, connection)
                    )
                )
            }
            return parts
        }
    }

    private func state(
        of part: UInt64,
        _ name: String,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> PartState {
        var state = PartState()
        let select = try connection.statement(
            "SELECT complete_at, complete_kinds, recordings, complete_run FROM parts WHERE source = ? AND part = ?"
        )
        try select.bind(source)
        try select.bind(bits: part)
        defer { select.reset() }
        if try select.step() {
            state.completeAt = try select.optionalTime(0)
            state.completeKinds = RecordKind.list(select.text(1) ?? "")
            state.recordings = select.count(2)
            state.completeRun = select.integer(3)
        }
        state.coverage = try coverage(of: part, source, connection)
        state.openListings = try openListings(of: part, name, source, connection)
        return state
    }

    /// For which ranges a part was read, by kind.
    func coverage(
        of part: UInt64,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> [RecordKind: Coverage] {
        let select = try connection.statement(
            """
            SELECT kind, range_from, range_to, read_at, recordings, run FROM coverage WHERE source = ? AND part = ?
            ORDER BY kind, range_from
            """
        )
        try select.bind(source)
        try select.bind(bits: part)
        defer { select.reset() }
        var ranges: [RecordKind: [CoveredRange]] = [:]
        while try select.step() {
            let range = CoveredRange(
                window: TimeWindow(from: try select.time(1), to: try select.time(2)),
                readAt: try select.time(3),
                run: select.integer(5),
                recordings: select.isNull(4) ? nil : select.count(4)
            )
            ranges[RecordKind(rawValue: select.requiredText(0)), default: []].append(range)
        }
        return ranges.mapValues { Coverage($0) }
    }

    func write(_ pass: Pass, _ connection: SQLiteConnection) throws {
        let source = try numberForWriting(pass.source, connection)
        let replace = try connection.statement(
            "INSERT OR REPLACE INTO passes (source, first_run, began_at, request) VALUES (?, ?, ?, ?)"
        )
        try replace.bind(source)
        try replace.bind(pass.firstRun)
        try replace.bind(pass.beganAt)
        try replace.bind(bits: pass.request)
        try replace.run()
    }

    func write(_ part: SkippedPart, _ connection: SQLiteConnection) throws {
        let source = try numberForWriting(part.source, connection)
        // A part that was gone for a while comes back with its ranges, and needs a row of its own again.
        let insert = try connection.statement(
            """
            INSERT INTO parts (source, part, label, has_ranges, seen_in_run, is_settled) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET seen_in_run = excluded.seen_in_run, is_settled = excluded.is_settled
            """
        )
        try insert.bind(source)
        try insert.bind(bits: part.part)
        try insert.bind(part.label)
        try insert.bind(part.hasRanges ? 1 : 0)
        try insert.bind(part.run)
        try insert.bind(part.isSettled ? 1 : 0)
        try insert.run()
    }

    func write(_ outcome: ListingOutcome, _ connection: SQLiteConnection) throws {
        let source = try numberForWriting(outcome.source, connection)
        try writePart(outcome, source, connection)
        if outcome.window == nil { return try writeWhole(outcome, source, connection) }
        try writeFailedRanges(outcome, source, connection)
        guard outcome.failure == nil, let covered = outcome.covered else { return }
        let range = CoveredRange(
            window: covered,
            readAt: outcome.readAt,
            run: outcome.run,
            recordings: outcome.recordings
        )
        let known = try coverage(of: outcome.part, source, connection)
        for kind in outcome.kinds {
            var coverage = known[kind] ?? Coverage()
            coverage.add(
                range,
                joiningReadBefore: outcome.firstRunOfPass,
                settlesAfter: outcome.settlesAfter
            )
            try write(coverage, kind, outcome.part, source, connection)
        }
    }

    private func writePart(_ outcome: ListingOutcome, _ source: Int64, _ connection: SQLiteConnection) throws {
        let insert = try connection.statement(
            """
            INSERT INTO parts (source, part, label, has_ranges, seen_in_run) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET label = excluded.label, has_ranges = excluded.has_ranges,
                seen_in_run = excluded.seen_in_run, is_settled = 0,
                failure_code = iif(excluded.has_ranges, NULL, failure_code),
                failure_reason = iif(excluded.has_ranges, NULL, failure_reason),
                attempts = iif(excluded.has_ranges, 0, attempts)
            """
        )
        try insert.bind(source)
        try insert.bind(bits: outcome.part)
        try insert.bind(outcome.label)
        try insert.bind(outcome.window == nil ? 0 : 1)
        try insert.bind(outcome.run)
        try insert.run()
    }

    private func writeWhole(_ outcome: ListingOutcome, _ source: Int64, _ connection: SQLiteConnection) throws {
        if let failure = outcome.failure {
            let update = try connection.statement(
                """
                UPDATE parts SET failure_code = ?, failure_reason = ?, attempts = attempts + 1, tried_at = ?
                WHERE source = ? AND part = ?
                """
            )
            try update.bind(failure.code)
            try update.bind(failure.reason)
            try update.bind(outcome.finishedAt)
            try update.bind(source)
            try update.bind(bits: outcome.part)
            return try update.run()
        }
        let update = try connection.statement(
            """
            UPDATE parts SET complete_at = ?, complete_run = ?, complete_kinds = ?, recordings = ?, failure_code = NULL, failure_reason = NULL,
                attempts = 0, tried_at = ?
            WHERE source = ? AND part = ?
            """
        )
        try update.bind(outcome.readAt)
        try update.bind(outcome.run)
        try update.bind(RecordKind.text(outcome.kinds))
        try update.bind(outcome.recordings)
        try update.bind(outcome.finishedAt)
        try update.bind(source)
        try update.bind(bits: outcome.part)
        try update.run()
    }

    private func write(
        _ coverage: Coverage,
        _ kind: RecordKind,
        _ part: UInt64,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws {
        let delete = try connection.statement("DELETE FROM coverage WHERE source = ? AND part = ? AND kind = ?")
        try delete.bind(source)
        try delete.bind(bits: part)
        try delete.bind(kind.rawValue)
        try delete.run()
        let insert = try connection.statement(
            """
            INSERT INTO coverage (source, part, kind, range_from, range_to, read_at, run, recordings)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        for range in coverage.ranges {
            try insert.bind(source)
            try insert.bind(bits: part)
            try insert.bind(kind.rawValue)
            try insert.bind(range.window.from)
            try insert.bind(range.window.to)
            try insert.bind(range.readAt)
            try insert.bind(range.run)
            try insert.bind(range.recordings.map { Int64($0) })
            try insert.run()
        }
    }
}

extension RecordKind {
    /// Several kinds as one text, in the order of ``RecordKind/all``.
    static func text(_ kinds: [RecordKind]) -> String {
        kinds.map(\.rawValue).joined(separator: " ")
    }

    /// The kinds that ``text(_:)`` made a text of.
    static func list(_ text: String) -> [RecordKind] {
        text.split(separator: " ").map { RecordKind(rawValue: String($0)) }
    }
}
