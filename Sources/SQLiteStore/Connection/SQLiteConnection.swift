import CSQLite

/// The one owner of a database handle and of the statements prepared on it.
///
/// Opened without SQLite's own mutex: whoever owns the connection must not use it from two threads at once.
@safe
final class SQLiteConnection {
    private let handle: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]

    /// Opens a file that exists.
    ///
    /// - Parameters:
    ///   - followsLinks: false refuses a path with a symbolic link in any of its parts.
    ///   - isBuilding: true lets it attach others by their URI, and makes a database that is gone with the connection when the path
    ///     is empty.
    init(path: String, readOnly: Bool, followsLinks: Bool = true, isBuilding: Bool = false) throws(SQLiteError) {
        var opened: OpaquePointer?
        var flags = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        if isBuilding { flags |= SQLITE_OPEN_URI | (path.isEmpty ? SQLITE_OPEN_CREATE : 0) }
        flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        if !followsLinks { flags |= SQLITE_OPEN_NOFOLLOW }
        let status = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard status == SQLITE_OK, let handle = unsafe opened else {
            unsafe sqlite3_close_v2(opened)
            throw SQLiteError(code: status == SQLITE_OK ? SQLITE_NOMEM : status)
        }
        unsafe self.handle = handle
        unsafe sqlite3_busy_timeout(handle, 5_000)
    }

    deinit {
        // The handle outlives the call until its last statement is gone.
        unsafe sqlite3_close_v2(handle)
    }

    /// Runs statements that take no values and whose rows do not matter.
    func execute(_ sql: String) throws(SQLiteError) {
        let status = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard status == SQLITE_OK else { throw SQLiteError(code: status) }
    }

    /// The statement for `sql`, prepared once and ready to take values.
    func statement(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        if let known = statements[sql] {
            known.reset()
            return known
        }
        let statement = try prepare(sql)
        statements[sql] = statement
        return statement
    }

    /// A statement for `sql` that the caller keeps, so that it need not be found by its text at each use.
    func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        var prepared: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let status = unsafe sqlite3_prepare_v3(handle, sql, -1, flags, &prepared, nil)
        guard status == SQLITE_OK, let pointer = unsafe prepared else {
            throw SQLiteError(code: status == SQLITE_OK ? SQLITE_MISUSE : status)
        }
        return unsafe SQLiteStatement(pointer)
    }

    /// Makes the hash that entries' tables are kept by a function of SQL: `entry_key(seed, text)`.
    func addEntryKey() throws(SQLiteError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC
        let status = unsafe sqlite3_create_function_v2(
            handle,
            "entry_key",
            2,
            flags,
            nil,
            { context, _, values in
                guard let values = unsafe values else { return }
                let seed = unsafe UInt64(bitPattern: sqlite3_value_int64(values[0]))
                let text = unsafe sqlite3_value_text(values[1])
                let count = unsafe Int(sqlite3_value_bytes(values[1]))
                let bytes = unsafe Array(UnsafeBufferPointer(start: text, count: text == nil ? 0 : count))
                let key = EntryHash.standard.hash(bytes[...], seed)
                unsafe sqlite3_result_int64(context, Int64(bitPattern: key))
            },
            nil,
            nil,
            nil
        )
        guard status == SQLITE_OK else { throw SQLiteError(code: status) }
    }

    /// Lets go of all prepared statements, which would keep an attached database from being detached.
    func forgetStatements() { statements = [:] }

    /// The integer that `sql` returns in its first row and column; 0 when there is none.
    func integer(_ sql: String) throws(SQLiteError) -> Int64 {
        let statement = try statement(sql)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : 0
    }

    /// Rows that the last statement inserted, changed or deleted.
    var changes: Int { unsafe Int(sqlite3_changes(handle)) }

    /// The key of the row that was inserted last.
    var lastInsertedKey: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// Whether the file was opened for reading only.
    var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

    /// Whether the file no longer lies where it was opened, so that nobody will find what is written to it.
    var hasMoved: Bool {
        var moved: Int32 = 0
        let status = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
        return status == SQLITE_OK && moved != 0
    }

    /// Reads everything in `body` from one state of the database.
    ///
    /// Each statement by itself would take and give back the locks of the write-ahead log, which costs more than finding a row.
    func reading<Result>(_ body: () throws -> Result) throws -> Result {
        try statement("BEGIN").run()
        // Nothing was changed, so there is nothing that ending could lose; a failure has ended it already.
        defer { try? statement("COMMIT").run() }
        return try body()
    }

    /// Does all of `body` in one transaction, or nothing of it when it throws.
    func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try statement("BEGIN IMMEDIATE").run()
        do {
            let result = try body()
            try statement("COMMIT").run()
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Whether a transaction has begun and not ended.
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// Undoes the transaction that has begun, if there is one.
    func rollBack() {
        // SQLite has rolled back by itself after a full disk and the like; then there is nothing left to undo.
        if isInTransaction { try? statement("ROLLBACK").run() }
    }
}
