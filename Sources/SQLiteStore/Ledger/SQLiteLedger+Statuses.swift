public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// What is known of each source, ordered by its name.
    public func sourceStatuses() throws -> [SourceStatus] {
        try read { connection in
            let sources = try connection.statement(
                "SELECT id, name, recordings, events, audit_reads FROM sources ORDER BY name"
            )
            defer { sources.reset() }
            var statuses: [SourceStatus] = []
            while try sources.step() {
                let number = sources.integer(0)
                let name = sources.requiredText(1)
                let last = try Self.lastOutcome(of: number, name, connection)
                statuses.append(
                    SourceStatus(
                        source: name,
                        lastOutcome: last?.outcome,
                        lastRunAt: last?.startedAt,
                        recordings: sources.count(2),
                        events: sources.count(3),
                        auditReads: sources.count(4)
                    )
                )
            }
            return statuses
        }
    }

    /// The last runs of a source that have ended, the newest first.
    public func recentRuns(of source: String, limit: Int) throws -> [RunSummary] {
        try read { connection in
            guard let number = try number(of: source, connection) else { return [] }
            return try Self.runs(of: number, source, limit: limit, connection)
        }
    }

    private static func lastOutcome(
        of source: Int64,
        _ name: String,
        _ connection: SQLiteConnection
    ) throws -> (outcome: SourceOutcome, startedAt: Timestamp)? {
        try runs(of: source, name, limit: 1, connection).first.map { ($0.outcome, $0.beganAt) }
    }

    private static func runs(
        of source: Int64,
        _ name: String,
        limit: Int,
        _ connection: SQLiteConnection
    ) throws -> [RunSummary] {
        let select = try connection.statement(
            """
            SELECT run, started_at, connector, state, retry_at, recordings, events, details, listings_complete,
                listings_incomplete, requests, retries, rate_limited, audit_reads, waited_seconds, waited_attoseconds,
                finished_at
            FROM run_sources JOIN runs ON runs.id = run WHERE source = ? ORDER BY run DESC LIMIT ?
            """
        )
        try select.bind(source)
        try select.bind(limit)
        defer { select.reset() }
        var runs: [RunSummary] = []
        while try select.step() {
            let run = select.integer(0)
            guard let state = SourceState(rawValue: select.requiredText(3)) else {
                throw TapedeckError(
                    .ledgerFailed,
                    "the ledger holds a state that is not known; it was changed by another program"
                )
            }
            var outcome = SourceOutcome(source: name, connector: select.requiredText(2), state: state)
            outcome.retryAt = try select.optionalTime(4)
            outcome.counts = counts(select)
            outcome.counts.written = try written(run, source, connection)
            outcome.failures = try failures(run, source, connection)
            runs.append(
                RunSummary(
                    run: run,
                    beganAt: try select.time(1),
                    endedAt: try select.optionalTime(16),
                    outcome: outcome
                )
            )
        }
        return runs
    }

    private static func counts(_ row: SQLiteStatement) -> SourceCounts {
        var counts = SourceCounts()
        counts.recordings = row.count(5)
        counts.events = row.count(6)
        counts.details = row.count(7)
        counts.listingsComplete = row.count(8)
        counts.listingsIncomplete = row.count(9)
        counts.requests = row.count(10)
        counts.retries = row.count(11)
        counts.rateLimited = row.count(12)
        counts.auditReads = row.count(13)
        counts.waited = Duration(secondsComponent: row.integer(14), attosecondsComponent: row.integer(15))
        return counts
    }

    private static func written(
        _ run: Int64,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> [RecordKind: Int] {
        let select = try connection.statement("SELECT kind, records FROM run_written WHERE source = ? AND run = ?")
        try select.bind(source)
        try select.bind(run)
        defer { select.reset() }
        var written: [RecordKind: Int] = [:]
        while try select.step() { written[RecordKind(rawValue: select.requiredText(0))] = select.count(1) }
        return written
    }

    private static func failures(
        _ run: Int64,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> [ListingFailure] {
        let select = try connection.statement(
            "SELECT code, reason FROM run_failures WHERE source = ? AND run = ? ORDER BY ordinal"
        )
        try select.bind(source)
        try select.bind(run)
        defer { select.reset() }
        var failures: [ListingFailure] = []
        while try select.step() {
            failures.append(ListingFailure(code: select.requiredText(0), reason: select.requiredText(1)))
        }
        return failures
    }
}
