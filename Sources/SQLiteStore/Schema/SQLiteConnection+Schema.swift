extension SQLiteConnection {
    /// What a file holds, seen from a schema.
    enum Content: Equatable {
        /// Nothing yet.
        case empty
        /// The schema's tables in this version.
        case tables(version: Int64)
    }

    /// What the file holds; it is only read.
    ///
    /// - Throws: `TapedeckError` with the code of the schema's role when it is something else, or newer.
    func content(_ schema: some DatabaseSchema, file: String) throws -> Content {
        let applicationID = try integer("PRAGMA application_id")
        let version = try integer("PRAGMA user_version")
        let tables = try integer("SELECT count(*) FROM sqlite_schema")
        if applicationID == 0, version == 0, tables == 0 { return .empty }
        guard applicationID == schema.applicationID else {
            throw schema.role.refusal(
                "\(file) is an SQLite database but not \(schema.role.kind); choose another path, it was left as it is"
            )
        }
        guard version <= schema.version else {
            throw schema.role.refusal(
                "\(schema.role.noun) \(file) has version \(version) and this program knows versions up to \(schema.version); "
                    + "use the newer program, the file was left as it is"
            )
        }
        return .tables(version: version)
    }

    /// Brings the tables to the schema's version, all steps in one transaction: a step that fails leaves the version that was there.
    func migrate(to schema: some DatabaseSchema) throws {
        let version = try integer("PRAGMA user_version")
        guard version < schema.version else { return }
        try addEntryKey()
        try transaction {
            for migration in schema.migrations where migration.version > version { try execute(migration.sql) }
            try execute("PRAGMA application_id = \(schema.applicationID)")
            try execute("PRAGMA user_version = \(schema.version)")
        }
    }
}
