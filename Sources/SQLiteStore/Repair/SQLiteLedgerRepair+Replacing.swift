public import RecordingHost
import RecordingKit

extension SQLiteLedgerRepair {
    /// Makes the new ledger durable and puts it in the place of the old one, which is kept under another name.
    ///
    /// - Returns: the new names of the old files, without their folder.
    public func replace(with plan: LedgerReplacement, suffix: String) async throws -> [String] {
        guard !isDryRun else {
            throw TapedeckError(.ledgerFailed, "a repair that is only tried out replaces nothing")
        }
        try described {
            if plan.keepsCoverage, canReadOld { try carryOver(except: plan.forgottenSources) }
            let connection = try begun()
            if let time = plan.forgetsFrom { try FutureClaims(connection, time).forget() }
            try connection.transaction {
                try connection.execute(
                    """
                    UPDATE recordings SET number = place FROM (
                        SELECT key AS row, row_number() OVER (PARTITION BY source ORDER BY key) - 1 AS place FROM recordings
                    ) WHERE key = row;
                    UPDATE sources SET
                        next_number = (SELECT count(*) FROM recordings WHERE source = sources.id),
                        recordings = (SELECT count(*) FROM recordings WHERE source = sources.id),
                        events = (SELECT count(*) FROM events WHERE source = sources.id)
                    """
                )
            }
            endBuilding()
        }
        try await note(plan.sinks)
        return try described {
            try OpenFile(buildingPath, as: .existing).synchronize()
            try FilePath.move(buildingPath, to: pendingPath)
            try OpenFile(FilePath.folder(path), as: .folder).synchronize()
            return try putInPlace(suffix: suffix)
        }
    }

    /// Puts the new ledger that waits in the place of the old one.
    ///
    /// The old one gets its second name before it loses the first, so that there is a ledger at every moment. What its write-ahead
    /// log holds is brought into it first where it can be opened; else the log is renamed with it, because a log beside a ledger
    /// that it does not belong to would be taken for that one's.
    func putInPlace(suffix: String) throws -> [String] {
        if canReadOld {
            let old = try SQLiteConnection(path: path, readOnly: false)
            try old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        }
        var names: [String] = []
        for ending in ["-wal", "-shm"] where try FileStatus.of(path + ending) != nil {
            let kept = try freePath(path + suffix, ending)
            try FilePath.move(path + ending, to: kept)
            names.append(FilePath.name(kept))
        }
        if try FileStatus.of(path) != nil {
            let kept = try freePath(path + suffix, "")
            do throws(SystemError) {
                try FilePath.addName(kept, to: path)
            } catch {
                guard !error.isExistingFile else { throw error }
                try FilePath.move(path, to: kept)
            }
            names.insert(FilePath.name(kept), at: 0)
        }
        try FilePath.move(pendingPath, to: path)
        try OpenFile(FilePath.folder(path), as: .folder).synchronize()
        return names
    }

    private func freePath(_ base: String, _ ending: String) throws -> String {
        var number = 1
        while true {
            let candidate = number == 1 ? base + ending : "\(base)-\(number)\(ending)"
            if try FileStatus.of(candidate) == nil { return candidate }
            number += 1
        }
    }

    private func note(_ states: [String: SinkState]) async throws {
        let ledger = try Self.ledger(buildingPath, file: file, readOnly: false)
        for (sink, state) in states { try await ledger.setSinkState(state, of: sink) }
        await ledger.close()
    }

    /// Takes over what the old ledger knew beyond the records' own hashes, where the records are the same.
    private func carryOver(except forgotten: Set<String>) throws {
        try withOld { connection, old in
            var sources: [Int64] = []
            let select = try connection.statement("SELECT id, name FROM old.sources")
            while try select.step() {
                if !forgotten.contains(select.requiredText(1)) { sources.append(select.integer(0)) }
            }
            guard !sources.isEmpty else { return }
            let list = sources.map(String.init).joined(separator: ", ")
            try connection.transaction {
                try connection.execute(
                    """
                    UPDATE main.recordings SET listing = o.listing, access_revision = o.access_revision,
                        events_through = o.events_through, events_were_read = o.events_were_read,
                        seen_in_run = o.seen_in_run
                    FROM \(old.recordings) o
                    WHERE \(OldTables.isSameRow("o", "main.recordings", ["id"])) AND o.source IN (\(list));
                    INSERT OR IGNORE INTO main.recordings SELECT * FROM \(old.recordings) WHERE source IN (\(list));
                    INSERT OR IGNORE INTO main.events SELECT * FROM \(old.events) WHERE source IN (\(list));
                    INSERT INTO main.remembered_details SELECT * FROM old.remembered_details
                        WHERE listing IN (SELECT id FROM old.open_listings WHERE source IN (\(list)));
                    UPDATE main.sources SET found_at = (SELECT found_at FROM old.sources o WHERE o.id = main.sources.id)
                        WHERE id IN (\(list));
                    """
                )
                for table in ["passes", "parts", "failed_ranges", "coverage", "open_listings"] {
                    try connection.execute(
                        "INSERT INTO main.\(table) SELECT * FROM old.\(table) WHERE source IN (\(list))"
                    )
                }
            }
        }
    }
}

/// Takes back what a ledger claims of a time that has not come yet.
struct FutureClaims {
    private let connection: SQLiteConnection
    private let now: Timestamp

    init(_ connection: SQLiteConnection, _ now: Timestamp) {
        self.connection = connection
        self.now = now
    }

    /// Forgets them in one transaction.
    ///
    /// A range that was read under a clock that was ahead is forgotten as a whole, because how far it reaches is not known either.
    func forget() throws {
        try connection.transaction {
            for statement in Self.statements {
                let prepared = try connection.statement(statement)
                try prepared.bind(now.wholeSeconds)
                try prepared.run()
            }
        }
    }

    private static let futureRuns = "SELECT id FROM runs WHERE started_at > ?1"

    private static let statements = [
        "DELETE FROM run_sources WHERE run IN (\(futureRuns))",
        "DELETE FROM run_written WHERE run IN (\(futureRuns))",
        "DELETE FROM run_failures WHERE run IN (\(futureRuns))",
        "DELETE FROM runs WHERE started_at > ?1",
        "UPDATE runs SET finished_at = NULL WHERE finished_at > ?1",
        "DELETE FROM passes WHERE began_at > ?1",
        "DELETE FROM remembered_details WHERE listing IN (SELECT id FROM open_listings WHERE began_at > ?1)",
        "DELETE FROM open_listings WHERE began_at > ?1",
        "DELETE FROM coverage WHERE range_from >= ?1 OR read_at > ?1",
        "UPDATE coverage SET range_to = ?1, recordings = NULL WHERE range_to > ?1",
        "DELETE FROM failed_ranges WHERE range_from >= ?1",
        "UPDATE failed_ranges SET tried_at = ?1 WHERE tried_at > ?1",
        """
        UPDATE parts SET complete_at = NULL, complete_run = 0, complete_kinds = NULL, recordings = 0, is_settled = 0
        WHERE complete_at > ?1
        """,
        "UPDATE parts SET tried_at = ?1 WHERE tried_at > ?1",
        "UPDATE sources SET found_at = NULL WHERE found_at > ?1",
        "UPDATE recordings SET events_through = NULL, events_were_read = 0 WHERE events_through > ?1",
    ]
}
