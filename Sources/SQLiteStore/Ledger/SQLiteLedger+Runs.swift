public import RecordingHost
public import RecordingKit

extension SQLiteLedger {
    /// Notes that a run begins and returns its number, which is larger than that of every run before it.
    public func beginRun(at time: Timestamp) throws -> Int64 {
        try transact { connection in
            let insert = try connection.statement("INSERT INTO runs (started_at) VALUES (?)")
            try insert.bind(time)
            try insert.run()
            return connection.lastInsertedKey
        }
    }

    /// Notes how a run ended, for each of its sources; a run ends once.
    public func finishRun(_ run: Int64, at time: Timestamp, outcomes: [SourceOutcome]) throws {
        try transact { connection in
            let finish = try connection.statement(
                "UPDATE runs SET finished_at = ? WHERE id = ? AND finished_at IS NULL"
            )
            try finish.bind(time)
            try finish.bind(run)
            try finish.run()
            guard connection.changes == 1 else {
                throw TapedeckError(.ledgerFailed, "run \(run) did not begin or has ended already")
            }
            for outcome in outcomes {
                let source = try numberForWriting(outcome.source, connection)
                try write(outcome, run, source, connection)
                try writeDetails(of: outcome, run, source, connection)
                try forgetReplacedListings(outcome.state, run, source, connection)
            }
        }
    }

    /// Forgets listings of earlier runs that this run has gone over again although they have another name now: a range moves on
    /// with time, and a part that could not be opened up is not named any more once it can.
    ///
    /// What a run that was cut short did not come to stays, and so does what lies before the ranges that the run was asked for.
    private func forgetReplacedListings(
        _ state: SourceState,
        _ run: Int64,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws {
        guard state == .complete || state == .incomplete else { return }
        let delete = try connection.statement(
            """
            DELETE FROM listings WHERE source = ?1 AND run < ?2 AND CASE WHEN window_to IS NULL THEN ?3
                ELSE window_to > (SELECT min(window_from) FROM listings WHERE source = ?1 AND run = ?2)
                    AND window_from < (SELECT max(window_to) FROM listings WHERE source = ?1 AND run = ?2) END
            """
        )
        try delete.bind(source)
        try delete.bind(run)
        try delete.bind(state == .complete ? 1 : 0)
        try delete.run()
    }

    private func write(_ outcome: SourceOutcome, _ run: Int64, _ source: Int64, _ connection: SQLiteConnection) throws {
        let insert = try connection.statement(
            """
            INSERT INTO run_sources (source, run, connector, state, retry_at, recordings, events, details, listings_complete,
                listings_incomplete, requests, retries, rate_limited, audit_reads, waited_seconds, waited_attoseconds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        let counts = outcome.counts
        let waited = counts.waited.components
        try insert.bind(source)
        try insert.bind(run)
        try insert.bind(outcome.connector)
        try insert.bind(outcome.state.rawValue)
        try insert.bind(outcome.retryAt)
        let numbers = [
            counts.recordings, counts.events, counts.details, counts.listingsComplete, counts.listingsIncomplete,
            counts.requests, counts.retries, counts.rateLimited, counts.auditReads,
        ]
        for number in numbers { try insert.bind(number) }
        try insert.bind(waited.seconds)
        try insert.bind(waited.attoseconds)
        try insert.run()
    }

    private func writeDetails(
        of outcome: SourceOutcome,
        _ run: Int64,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws {
        let written = try connection.statement(
            "INSERT INTO run_written (source, run, kind, records) VALUES (?, ?, ?, ?)"
        )
        for (kind, records) in outcome.counts.written {
            try written.bind(source)
            try written.bind(run)
            try written.bind(kind.rawValue)
            try written.bind(records)
            try written.run()
        }
        let ranges = try connection.statement(
            "INSERT INTO run_ranges (source, run, ordinal, range_from, range_to) VALUES (?, ?, ?, ?, ?)"
        )
        for (ordinal, range) in outcome.complete.enumerated() {
            try ranges.bind(source)
            try ranges.bind(run)
            try ranges.bind(ordinal)
            try ranges.bind(range.from)
            try ranges.bind(range.to)
            try ranges.run()
        }
        let failures = try connection.statement(
            "INSERT INTO run_failures (source, run, ordinal, code, reason) VALUES (?, ?, ?, ?, ?)"
        )
        for (ordinal, failure) in outcome.failures.enumerated() {
            try failures.bind(source)
            try failures.bind(run)
            try failures.bind(ordinal)
            try failures.bind(failure.code)
            try failures.bind(failure.reason)
            try failures.run()
        }
    }
}
