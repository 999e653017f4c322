public import RecordingHost
public import RecordingKit

extension SQLiteLedger {
    /// Notes that a run begins and returns its number, which is larger than that of every run before it.
    public func beginRun(at time: Timestamp) throws -> Int64 {
        try transactDurably { connection in
            let insert = try connection.statement("INSERT INTO runs (started_at) VALUES (?)")
            try insert.bind(time)
            try insert.run()
            return connection.lastInsertedKey
        }
    }

    /// Notes how a run ended, for each of its sources; a run ends once.
    public func finishRun(_ run: Int64, at time: Timestamp, endings: [SourceEnding], inOrder: Bool) throws {
        try noteEnd(of: run, at: time, endings: endings, inOrder: inOrder)
        // The run has ended, whatever becomes of this: what still waits then goes to its tables when the ledger is opened again.
        try? perform { connection in try entries(connection).merge() }
    }

    private func noteEnd(of run: Int64, at time: Timestamp, endings: [SourceEnding], inOrder: Bool) throws {
        try transact { connection in
            let finish = try connection.statement(
                "UPDATE runs SET finished_at = ?, ended_in_order = ? WHERE id = ? AND finished_at IS NULL"
            )
            try finish.bind(time)
            try finish.bind(inOrder ? 1 : 0)
            try finish.bind(run)
            try finish.run()
            guard connection.changes == 1 else {
                throw TapedeckError(.ledgerFailed, "run \(run) did not begin or has ended already")
            }
            for ending in endings {
                let source = try numberForWriting(ending.outcome.source, connection)
                try write(ending.outcome, run, source, connection)
                try writeDetails(of: ending.outcome, run, source, connection)
                if ending.foundAllParts { try noteDiscovery(run, source, connection) }
                if ending.retiresOthers { try retireParts(notSeenIn: run, source, connection) }
                if let oldest = ending.forgetsListingsBefore { try forgetOpenListings(oldest, source, connection) }
                if ending.endsPass { try execute("DELETE FROM passes WHERE source = ?", source, connection) }
            }
        }
    }

    /// Whether the last run that began also ended, and in order; false before the first.
    public func lastRunEndedInOrder() throws -> Bool {
        try perform { connection in
            try connection.integer("SELECT ended_in_order FROM runs ORDER BY id DESC LIMIT 1") == 1
        }
    }

    /// The latest time that was noted for a run; nil before the first.
    public func lastRunTime() throws -> Timestamp? {
        try perform { connection in
            let select = try connection.statement(
                """
                WITH mistimed AS (
                    SELECT run, count(DISTINCT source) AS sources FROM run_failures WHERE code = ? GROUP BY run
                )
                SELECT max(max(started_at), max(coalesce(finished_at, ''))) FROM runs WHERE id NOT IN (
                    SELECT run FROM mistimed
                    WHERE sources = (SELECT count(*) FROM run_sources WHERE run = mistimed.run)
                        AND NOT EXISTS (SELECT 1 FROM run_sources WHERE run = mistimed.run AND state <> ?)
                )
                """
            )
            try select.bind(TapedeckError.Code.clockWrong.rawValue)
            try select.bind(SourceState.failed.rawValue)
            defer { select.reset() }
            return try select.step() ? try select.optionalTime(0) : nil
        }
    }

    /// All parts were found by a run that began then: what is claimed of the source may reach that far.
    private func noteDiscovery(_ run: Int64, _ source: Int64, _ connection: SQLiteConnection) throws {
        let update = try connection.statement(
            "UPDATE sources SET found_at = (SELECT started_at FROM runs WHERE id = ?) WHERE id = ?"
        )
        try update.bind(run)
        try update.bind(source)
        try update.run()
    }

    /// Forgets the parts that the source does not have any more; for which ranges they were read is kept, should they come back.
    private func retireParts(notSeenIn run: Int64, _ source: Int64, _ connection: SQLiteConnection) throws {
        let gone =
            "source = ?1 AND part NOT IN (SELECT part FROM parts WHERE source = ?1 AND seen_in_run >= ?2)"
        for sql in [
            "DELETE FROM remembered_details WHERE listing IN (SELECT id FROM open_listings WHERE \(gone))",
            "DELETE FROM open_listings WHERE \(gone)",
        ] {
            let delete = try connection.statement(sql)
            try delete.bind(source)
            try delete.bind(run)
            try delete.run()
        }
        for table in ["failed_ranges", "parts"] {
            let delete = try connection.statement(
                """
                DELETE FROM \(table) WHERE source = ?1 AND part IN
                    (SELECT part FROM parts WHERE source = ?1 AND seen_in_run < ?2)
                """
            )
            try delete.bind(source)
            try delete.bind(run)
            try delete.run()
        }
    }

    /// Runs a statement with one number.
    func execute(_ sql: String, _ number: Int64, _ connection: SQLiteConnection) throws {
        let statement = try connection.statement(sql)
        try statement.bind(number)
        try statement.run()
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
