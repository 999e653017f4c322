import RecordingHost

/// The tables of an old ledger that is attached as `old`, with what waited for them.
///
/// The old file stays as it is. Where entries wait in it, its recordings and events are copied to temporary tables, and what waits is
/// put into those.
struct OldTables {
    /// Whether the temporary tables are used.
    let areMerged: Bool

    var recordings: String { self["recordings"] }
    var events: String { self["events"] }

    /// What a table is called.
    subscript(table: String) -> String {
        areMerged && Self.copies.contains(table) ? "temp.old_\(table)" : "old.\(table)"
    }

    private static let copies = ["recordings", "events"]

    /// The condition under which two rows of one table in two ledgers are of one record.
    ///
    /// A name that had to give way to another with its hash in one ledger alone, one pair of names in 2^64, counts as two records: what
    /// the repair reports as lost is then read again.
    static func isSameRow(_ row: String, _ other: String, _ names: [String]) -> String {
        (["key", "source"] + names).map { "\(row).\($0) = \(other).\($0)" }.joined(separator: " AND ")
    }

    /// Makes the temporary tables.
    static func merge(_ connection: SQLiteConnection) throws {
        for table in copies {
            let create = try connection.prepare("SELECT sql FROM main.sqlite_schema WHERE name = ?")
            try create.bind(table)
            guard try create.step(), let sql = create.text(0) else { continue }
            try connection.execute(sql.replacing("CREATE TABLE \(table)", with: "CREATE TEMP TABLE old_\(table)"))
            try connection.execute("INSERT INTO temp.old_\(table) SELECT * FROM old.\(table)")
        }
        var entries = PendingEntries()
        let recordings = try RecordingRows(connection, table: "temp.old_recordings")
        let events = try EventRows(connection, table: "temp.old_events")
        try PendingRow.forEach(in: connection, of: "old") { try entries.add(row: $0, .standard) }
        let sorted = entries.sorted()
        try connection.transaction {
            for entry in sorted.recordings + sorted.events {
                try entries.put(entry, recordings, events)
            }
        }
    }
}
