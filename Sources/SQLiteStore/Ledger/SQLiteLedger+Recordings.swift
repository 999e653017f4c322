public import RecordingHost

extension SQLiteLedger {
    /// What is known of these recordings; those that were never seen are missing from the result.
    public func knownRecordings(_ ids: [String], of source: String) throws -> [String: KnownRecording] {
        try readEntries { connection, entries in
            guard let number = try number(of: source, connection) else { return [:] }
            return try entries.known(ids, of: number)
        }
    }

    /// The fingerprints of those of these events that are known.
    public func knownEvents(_ ids: [EventKey], of source: String) throws -> [EventKey: UInt64] {
        try readEntries { connection, entries in
            guard let number = try number(of: source, connection) else { return [:] }
            return try entries.known(ids, of: number)
        }
    }

    /// Does `body` with what is known of recordings and events in one state of the ledger.
    ///
    /// Whoever is alone with the ledger has what waits in memory; anybody else must read it together with the tables.
    private func readEntries<Result>(_ body: (SQLiteConnection, EntryStore) throws -> Result) throws -> Result {
        guard !isAlone else { return try perform { connection in try body(connection, try entries(connection)) } }
        return try read { connection in
            let entries = try entries(connection)
            try entries.refresh()
            return try body(connection, entries)
        }
    }
}
