/// The tables of one kind of database, as the steps that lead to them from an empty file.
protocol DatabaseSchema {
    /// What tells this kind from any other SQLite database: four letters in ASCII.
    var applicationID: Int64 { get }
    /// The steps in ascending order; a published step never changes.
    var migrations: [Migration] { get }
    /// What the database is to people.
    var role: StoreRole { get }
}

extension DatabaseSchema {
    /// The newest version that this program knows.
    var version: Int64 { migrations.last?.version ?? 0 }
}

extension LedgerSchema: DatabaseSchema {
    var role: StoreRole { .ledger }
}
