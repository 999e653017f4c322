import RecordingHost
import RecordingKit

/// An open database of records: its connection, its lock, and how far it has come.
final class RecordDatabase {
    /// Commits since the database was made.
    private(set) var sequence: Int64
    private let archive: UInt64
    private let connection: SQLiteConnection
    private let lock: LedgerLock
    private var statements: RecordStatements

    /// The name under which a position counts the commits.
    static let part = "sequence"

    /// Takes over a connection whose tables are up to date.
    ///
    /// - Parameter archive: the random number that tells this database from all others.
    init(connection: SQLiteConnection, lock: LedgerLock, archive: UInt64, sequence: Int64) throws {
        self.connection = connection
        self.lock = lock
        self.archive = archive
        self.sequence = sequence
        statements = try RecordStatements(connection)
    }

    /// The commits that were made, and the archive's number as their mark.
    var position: SinkPosition {
        SinkPosition(offsets: [Self.part: sequence], marks: [Self.part: archive])
    }

    /// Whether the file no longer lies where it was opened.
    var hasMoved: Bool { connection.hasMoved }

    /// Puts records into the tables, in a transaction that begins with the first of them.
    func write(_ records: [OutputRecord]) throws {
        guard !records.isEmpty else { return }
        if !connection.isInTransaction { try connection.statement("BEGIN IMMEDIATE").run() }
        for record in records { try statements.put(record) }
    }

    /// Makes what was written durable together with the number of the commit; does nothing when nothing was written.
    func commit() throws {
        guard connection.isInTransaction else { return }
        let count = try connection.statement("UPDATE tapedeck_sink SET sequence = ?")
        try count.bind(sequence + 1)
        try count.run()
        try connection.statement("COMMIT").run()
        sequence += 1
    }

    /// Undoes what was written since the last commit.
    func rollBack() { connection.rollBack() }

    /// Undoes what was not committed, and lets others use the database.
    func close() {
        rollBack()
        lock.release()
    }
}
