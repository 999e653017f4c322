public import RecordingHost
public import RecordingKit

extension SQLiteLedgerRepair {
    /// How what the new ledger knows differs from what the old one knew; nothing when the old one cannot be asked.
    public func comparison() throws -> LedgerComparison {
        guard canReadOld else { return LedgerComparison() }
        return try described {
            try withOld { connection, old in
                var comparison = LedgerComparison()
                for side in Side.all {
                    try count(side.select(.lost, old), connection, &comparison.lost, &comparison.examplesOfLost)
                    try count(
                        side.select(.different, old),
                        connection,
                        &comparison.different,
                        &comparison.examplesOfDifferent
                    )
                    var examples: [String] = []
                    try count(side.select(.unknown, old), connection, &comparison.unknown, &examples)
                }
                return comparison
            }
        }
    }

    /// What the old ledger claims of a time later than `now`, as sentences.
    public func futureClaims(at now: Timestamp) throws -> [String] {
        guard canReadOld else { return [] }
        let claims = [
            ("runs", "runs", "started_at > ?1 OR finished_at > ?1"),
            ("passes", "passes", "began_at > ?1"),
            ("ranges that were read", "coverage", "range_to > ?1 OR read_at > ?1"),
            ("parts that were read", "parts", "complete_at > ?1"),
            ("listings under way", "open_listings", "began_at > ?1"),
            ("recordings' newest events", "recordings", "events_through > ?1"),
        ]
        return try described {
            try withOld { connection, old in
                try claims.compactMap { name, table, condition in
                    let select = try connection.statement("SELECT count(*) FROM \(old[table]) WHERE \(condition)")
                    try select.bind(now.wholeSeconds)
                    defer { select.reset() }
                    guard try select.step(), select.count(0) > 0 else { return nil }
                    return "\(name): \(select.count(0))"
                }
            }
        }
    }

    /// Does `body` with the old ledger attached for reading, as `old`.
    func withOld<Result>(_ body: (SQLiteConnection, OldTables) throws -> Result) throws -> Result {
        let connection = try begun()
        // Statements that are kept would hold the attached database.
        (recordingRows, eventRows) = (nil, nil)
        let attach = try connection.statement("ATTACH DATABASE ? AS old")
        try attach.bind(try oldLocation())
        try attach.run()
        do {
            if try !hasMergedOld && connection.integer("SELECT EXISTS (SELECT 1 FROM old.pending)") != 0 {
                try OldTables.merge(connection)
                hasMergedOld = true
            }
            let result = try body(connection, OldTables(areMerged: hasMergedOld))
            connection.forgetStatements()
            try connection.execute("DETACH DATABASE old")
            return result
        } catch {
            connection.forgetStatements()
            try? connection.execute("DETACH DATABASE old")
            throw error
        }
    }

    /// Adds up by source what a query finds, and keeps a few examples.
    private func count(
        _ query: String,
        _ connection: SQLiteConnection,
        _ counts: inout [String: Int],
        _ examples: inout [String]
    ) throws {
        let select = try connection.statement(query)
        defer { select.reset() }
        while try select.step() {
            let source = select.requiredText(0)
            counts[source, default: 0] += 1
            if examples.count < LedgerComparison.maximumExamples {
                examples.append("\(select.requiredText(1)) \(source)/\(select.requiredText(2))")
            }
        }
    }

    /// One kind of record, in the queries that find where two ledgers differ in it.
    private struct Side {
        enum Question { case lost, different, unknown }

        let kind: RecordKind
        let table: String
        let keys: [String]
        /// Whether the ledger `$` knows the record, and what it knows.
        let isKnown: String
        let values: [String]

        static let all = [
            Side(
                kind: .recordings,
                table: "recordings",
                keys: ["id"],
                isKnown: "coalesce($.content, 0) <> 0",
                values: ["content", "context"]
            ),
            Side(
                kind: .accessSummaries,
                table: "recordings",
                keys: ["id"],
                isKnown: "$.summary IS NOT NULL",
                values: ["summary"]
            ),
            Side(
                kind: .accessEvents,
                table: "events",
                keys: ["recording", "event"],
                isKnown: "$.fingerprint IS NOT NULL",
                values: ["fingerprint"]
            ),
        ]

        /// Rows of a source, a kind and a key.
        func select(_ question: Question, _ old: OldTables) -> String {
            let (new, known) = ("main.\(table)", old[table])
            let (first, second) = question == .unknown ? (new, known) : (known, new)
            let here = isKnown.replacing("$", with: "a")
            let there = isKnown.replacing("$", with: "b")
            let differs = values.map { "a.\($0) <> b.\($0)" }.joined(separator: " OR ")
            let condition = question == .different ? "\(there) AND (\(differs))" : "NOT (\(there))"
            let key = keys.map { "a.\($0)" }.joined(separator: " || '/' || ")
            return """
                SELECT s.name, '\(kind.rawValue)', \(key) FROM \(first) a
                JOIN main.sources s ON s.id = a.source LEFT JOIN \(second) b ON \(OldTables.isSameRow("b", "a", keys))
                WHERE \(here) AND \(condition)
                """
        }
    }
}
