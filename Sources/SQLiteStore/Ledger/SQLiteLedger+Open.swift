import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// Opens the ledger at `path` for one run and makes it when there is none.
    ///
    /// Blocks while the tables are made or brought up to date. A ledger that others could read is closed to them.
    ///
    /// - Parameters:
    ///   - path: the database; its folder must exist.
    ///   - holder: what another run is told that wants the same ledger meanwhile.
    /// - Throws: `TapedeckError` with code `ledger_busy` when another run holds the ledger; its reason says who and since when.
    ///   With code `ledger_failed` when the folder is missing, when the file is not a ledger, is damaged or was written by a newer
    ///   program (it is left as it is then), and when it cannot be read or written.
    public static func open(path: String, holder: LedgerHolder) throws -> SQLiteLedger {
        try open(path: path, holder: holder, schema: .current)
    }

    /// Opens the ledger at `path` for reading only, also while a run holds it.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed` when there is no ledger, or none that this program can read.
    public static func openForReading(path: String) throws -> SQLiteLedger {
        let path = FilePath.absolute(path)
        let file = FilePath.name(path)
        return try naming(file) {
            guard try FileStatus.of(path) != nil else {
                throw TapedeckError(.ledgerFailed, "there is no ledger \(file) yet; the first run makes it")
            }
            let connection = try SQLiteConnection(path: path, readOnly: true)
            switch try connection.content(LedgerSchema.current, file: file) {
            case .empty:
                throw TapedeckError(.ledgerFailed, "the ledger \(file) is empty; the first run fills it")
            case .tables(let version) where version < LedgerSchema.current.version:
                throw TapedeckError(
                    .ledgerFailed,
                    "the ledger \(file) was written by an older program; the next run brings it up to date"
                )
            case .tables: break
            }
            return SQLiteLedger(connection: connection, lock: nil, file: file)
        }
    }

    /// Opens the ledger at `path` for reading and renewing tokens, also while a run holds it.
    ///
    /// A ledger that is not there yet, or is of an older program, is opened as for a run.
    ///
    /// - Throws: as ``open(path:holder:)`` does.
    public static func openForTokens(path: String, holder: LedgerHolder) throws -> SQLiteLedger {
        let path = FilePath.absolute(path)
        let file = FilePath.name(path)
        let opened: SQLiteLedger? = try naming(file) {
            guard try FileStatus.of(path) != nil else { return nil }
            let connection = try SQLiteConnection(path: path, readOnly: false)
            let current = LedgerSchema.current.version
            guard try connection.content(LedgerSchema.current, file: file) == .tables(version: current) else {
                return nil
            }
            try connection.execute("PRAGMA synchronous = NORMAL; PRAGMA fullfsync = ON")
            return SQLiteLedger(connection: connection, lock: nil, file: file, tokenLockPath: FileTokenLock.path(path))
        }
        return try opened ?? open(path: path, holder: holder)
    }

    static func open(
        path: String,
        holder: LedgerHolder,
        schema: LedgerSchema,
        limits: EntryLimits = EntryLimits(),
        hash: EntryHash = .standard
    ) throws -> SQLiteLedger {
        let path = FilePath.absolute(path)
        let file = FilePath.name(path)
        return try naming(file) {
            guard try FileStatus.of(FilePath.folder(path))?.isFolder == true else {
                throw TapedeckError(.ledgerFailed, "the folder for the ledger \(file) does not exist; make it first")
            }
            let lock = try LedgerLock(of: path, holder: holder)
            let connection = try connect(path, file: file, schema: schema)
            // A run that was killed has left what waited.
            if schema.version >= LedgerSchema.firstWithPending {
                try EntryStore(connection, isAlone: true, hash: hash, limits: limits).merge()
            }
            return SQLiteLedger(
                connection: connection,
                lock: lock,
                file: file,
                tokenLockPath: FileTokenLock.path(path),
                limits: limits,
                hash: hash
            )
        }
    }

    /// Brings the tables of a ledger up to date whose lock the caller holds.
    static func bringUpToDate(_ path: String, file: String) throws {
        _ = try connect(path, file: file, schema: .current)
    }

    private static func connect(_ path: String, file: String, schema: LedgerSchema) throws -> SQLiteConnection {
        // The file is never opened beside SQLite once it has content: closing it would drop the locks that SQLite holds on it for
        // other connections of this process.
        if try FileStatus.of(path) == nil { _ = try OpenFile(path, as: .new) }
        let connection = try SQLiteConnection(path: path, readOnly: false)
        _ = try connection.content(schema, file: file)
        for suffix in ["", "-wal", "-shm"] {
            guard let status = try FileStatus.of(path + suffix), status.permissions & 0o077 != 0 else { continue }
            try FilePath.setPermissions(path + suffix, 0o600)
        }
        try connection.execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA fullfsync = ON;
            PRAGMA cache_size = -2000;
            PRAGMA wal_autocheckpoint = 6000;
            PRAGMA journal_size_limit = 67108864;
            """
        )
        try connection.migrate(to: schema)
        return connection
    }

    private static func naming<Result>(_ file: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as SQLiteError {
            throw error.described(file)
        } catch let error as DamagedEntries {
            throw error.described(file)
        } catch let error as SystemError {
            throw TapedeckError(.ledgerFailed, "the ledger \(file) cannot be opened: \(error); \(error.advice)")
        }
    }
}
