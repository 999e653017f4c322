import RecordingHost

/// One row of the table `pending`: the entries of one commit between a version and a hash of them.
enum PendingRow {
    private static let version: UInt8 = 1

    /// Puts entries into the form of a row, in the place of what `row` holds.
    static func make(_ entries: ArraySlice<UInt8>, in row: inout [UInt8]) {
        row.removeAll(keepingCapacity: true)
        row.append(version)
        row.append(contentsOf: entries)
        EntryForm.append(bits: ContentHash.hash(entries), to: &row)
    }

    /// The entries of a row.
    static func entries(_ row: [UInt8]) throws(DamagedEntries) -> ArraySlice<UInt8> {
        guard row.count >= 9, row[0] == version else { throw DamagedEntries() }
        let entries = row[1..<(row.count - 8)]
        var reader = EntryReader(row, in: entries.endIndex..<row.count)
        guard try reader.bits() == ContentHash.hash(entries) else { throw DamagedEntries() }
        return entries
    }
}

extension PendingRow {
    /// Does `body` with each row of the table, in the order of the commits.
    ///
    /// - Parameter database: which of the databases of the connection.
    static func forEach(
        in connection: SQLiteConnection,
        of database: String = "main",
        _ body: ([UInt8]) throws -> Void
    ) throws {
        let select = try connection.prepare("SELECT entries FROM \(database).pending ORDER BY sequence")
        while try select.step() { try body(select.blob(0)) }
    }
}
