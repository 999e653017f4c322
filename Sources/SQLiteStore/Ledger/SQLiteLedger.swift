public import RecordingHost
import RecordingKit

/// A ledger in one SQLite file.
///
/// The file is in write-ahead mode and readable by its owner alone, as are the `-wal`, `-shm` and `.lock` files beside it. Calls run
/// one after another on a queue of the ledger's own, never on a thread of the cooperative pool. A commit survives the end of the
/// process, but a power failure may take the last ones back; that loses nothing, because a sink is made durable before the commit
/// that names its position and is cut back to the position that the ledger knows. What must not be taken back, tokens, the
/// adoption of a sink and the beginning of another file, is made durable before the call returns.
public actor SQLiteLedger: Ledger {
    private let executor: QueueExecutor
    private let file: String
    private var connection: SQLiteConnection?
    private var lock: LedgerLock?
    private let tokenLockPath: String?
    private var sourceNumbers: [String: Int64] = [:]
    /// The parts of each sink that cannot be taken back any more, as far as this run knows.
    var durableParts: [String: Set<String>] = [:]
    /// What is known of recordings and events, once it was asked for.
    private var store: EntryStore?
    private let limits: EntryLimits
    private let hash: EntryHash
    /// Where the sinks are by the tables, as far as nobody else can have moved them.
    var sinkRows: [String: SinkRows] = [:]

    /// The queue on which the ledger's calls run.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - lock: the ledger's lock; nil when it was not taken, so that another process may have it.
    ///   - tokenLockPath: the file by whose lock processes take turns in renewing tokens; nil when no other has the ledger.
    ///   - limits: when entries that wait go to their tables.
    ///   - hash: by what entries lie in their tables; another than the one that made them finds none.
    init(
        connection: sending SQLiteConnection,
        lock: sending LedgerLock?,
        file: String,
        tokenLockPath: String? = nil,
        limits: EntryLimits = EntryLimits(),
        hash: EntryHash = .standard
    ) {
        self.tokenLockPath = tokenLockPath
        self.limits = limits
        self.hash = hash
        executor = QueueExecutor(label: "tapedeck.ledger")
        self.connection = connection
        self.lock = lock
        self.file = file
    }

    /// Closes the store and lets another process open it; later calls throw.
    ///
    /// Entries that wait for their tables go on waiting in the file.
    public func close() {
        store = nil
        connection = nil
        lock?.release()
        lock = nil
    }

    /// Takes the right to renew tokens; nil while another process, or another source of this one, has it.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed`, also when the ledger was replaced since it was opened.
    public func lockTokens(of source: String) throws -> (any TokenLock)? {
        guard let tokenLockPath else { return FileTokenLock(nil) }
        do {
            guard let file = try FileTokenLock.take(tokenLockPath) else { return nil }
            guard try perform({ !$0.hasMoved }) else {
                throw TapedeckError(.ledgerFailed, "the ledger \(self.file) was replaced meanwhile; run again")
            }
            return FileTokenLock(file)
        } catch let error as SystemError {
            throw TapedeckError(
                .ledgerFailed,
                "the lock file of the tokens in \(file) cannot be used: \(error); \(error.advice)"
            )
        }
    }

    /// Does `body` with the connection, and gives SQLite's failures the words that people need.
    func perform<Result>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        guard let connection else { throw TapedeckError(.ledgerFailed, "the ledger \(file) is closed") }
        do {
            return try body(connection)
        } catch let error as SQLiteError {
            throw error.described(file)
        } catch let error as DamagedEntries {
            throw error.described(file)
        }
    }

    /// Reads everything in `body` from one state of the ledger.
    func read<Result>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try perform { connection in try connection.reading { try body(connection) } }
    }

    /// Does all of `body` in one transaction, or nothing of it.
    func transact<Result>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try perform { connection in
            do {
                return try connection.transaction { try body(connection) }
            } catch {
                // What was given out and noted in the transaction is taken back with it.
                sourceNumbers = [:]
                sinkRows = [:]
                store?.rollBack()
                throw error
            }
        }
    }

    /// Does all of `body` in one transaction that survives a power failure before this returns.
    ///
    /// With `synchronous` at `NORMAL` the write-ahead log reaches the disk only at a checkpoint; `FULL` flushes it at the end of the
    /// transaction, and with it everything that was committed before.
    func transactDurably<Result>(_ body: (SQLiteConnection) throws -> Result) throws -> Result {
        try perform { connection in try connection.execute("PRAGMA synchronous = FULL") }
        defer { try? perform { connection in try connection.execute("PRAGMA synchronous = NORMAL") } }
        return try transact(body)
    }

    /// What is known of recordings and events.
    func entries(_ connection: SQLiteConnection) throws -> EntryStore {
        if let store { return store }
        let opened = try EntryStore(connection, isAlone: isAlone, hash: hash, limits: limits)
        store = opened
        return opened
    }

    /// Whether no other process can change recordings, events and the sinks' positions.
    var isAlone: Bool { lock != nil }

    /// The number of a source in the tables; nil when it was never seen.
    func number(of source: String, _ connection: SQLiteConnection) throws -> Int64? {
        if let known = sourceNumbers[source] { return known }
        let select = try connection.statement("SELECT id FROM sources WHERE name = ?")
        try select.bind(source)
        defer { select.reset() }
        guard try select.step() else { return nil }
        let number = select.integer(0)
        sourceNumbers[source] = number
        return number
    }

    /// The number of a source in the tables, given to it now when it was never seen; only within a transaction.
    func numberForWriting(_ source: String, _ connection: SQLiteConnection) throws -> Int64 {
        if let known = try number(of: source, connection) { return known }
        let insert = try connection.statement("INSERT INTO sources (name) VALUES (?)")
        try insert.bind(source)
        try insert.run()
        sourceNumbers[source] = connection.lastInsertedKey
        return connection.lastInsertedKey
    }
}
