import CSQLite

/// The one owner of a prepared statement.
///
/// Values are bound in the order of the parameters; columns are read by their number, from 0.
@safe
final class SQLiteStatement {
    private let pointer: OpaquePointer
    private var bound: Int32 = 0

    init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe sqlite3_finalize(pointer) }

    /// Binds the next parameter.
    func bind(_ value: Int64) throws(SQLiteError) {
        bound += 1
        try Self.check(unsafe sqlite3_bind_int64(pointer, bound, value))
    }

    /// Binds the next parameter, or NULL for nil.
    func bind(_ value: Int64?) throws(SQLiteError) {
        guard let value else { return try bindNull() }
        try bind(value)
    }

    /// Binds the bits of a hash, which SQLite can only keep as a signed number, or NULL for nil.
    func bind(bits value: UInt64?) throws(SQLiteError) {
        try bind(value.map { Int64(bitPattern: $0) })
    }

    /// Binds the next parameter; the text may hold any character.
    func bind(_ value: String) throws(SQLiteError) {
        bound += 1
        guard let length = Int32(exactly: value.utf8.count) else { throw SQLiteError(code: SQLITE_TOOBIG) }
        try Self.check(unsafe csq_bind_text(pointer, bound, value, length))
    }

    /// Binds the next parameter, or NULL for nil.
    func bind(_ value: String?) throws(SQLiteError) {
        guard let value else { return try bindNull() }
        try bind(value)
    }

    /// Binds bytes of UTF-8 as text, or NULL for nil.
    func bind(text bytes: ArraySlice<UInt8>?) throws(SQLiteError) {
        guard let bytes else { return try bindNull() }
        bound += 1
        guard let length = Int32(exactly: bytes.count) else { throw SQLiteError(code: SQLITE_TOOBIG) }
        let status = unsafe bytes.withUnsafeBytes { buffer in
            // An empty slice may have no address, which would bind NULL.
            guard let start = buffer.baseAddress else { return unsafe csq_bind_text(pointer, bound, "", 0) }
            return unsafe csq_bind_text(pointer, bound, start.assumingMemoryBound(to: CChar.self), length)
        }
        try Self.check(status)
    }

    /// Runs the statement with `bytes` as its next parameter, which are read where they are.
    func run(blob bytes: [UInt8]) throws(SQLiteError) {
        bound += 1
        guard let length = Int32(exactly: bytes.count) else { throw SQLiteError(code: SQLITE_TOOBIG) }
        let status = unsafe bytes.withUnsafeBytes { buffer in
            // An empty array may have no address, which would bind NULL.
            var status =
                unsafe buffer.isEmpty
                ? sqlite3_bind_zeroblob(pointer, bound, 0)
                : sqlite3_bind_blob(pointer, bound, buffer.baseAddress, length, nil)
            guard status == SQLITE_OK else { return status }
            repeat { status = unsafe sqlite3_step(pointer) } while status == SQLITE_ROW
            // The bytes are the caller's: the statement must not see them again.
            reset()
            forgetValues()
            return status
        }
        guard status == SQLITE_DONE else { throw SQLiteError(code: status) }
    }

    /// Binds the next parameter to another statement's column in its row, whatever that holds.
    func bind(column: Int32, of row: SQLiteStatement) throws(SQLiteError) {
        bound += 1
        try Self.check(unsafe sqlite3_bind_value(pointer, bound, sqlite3_column_value(row.pointer, column)))
    }

    /// Runs the statement to its end and makes it ready for the next values.
    func run() throws(SQLiteError) {
        defer { reset() }
        while try step() {}
    }

    /// Goes to the next row; false after the last one.
    func step() throws(SQLiteError) -> Bool {
        let status = unsafe sqlite3_step(pointer)
        switch status {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw SQLiteError(code: status)
        }
    }

    /// Makes the statement ready for the next values.
    func reset() {
        bound = 0
        unsafe sqlite3_reset(pointer)
    }

    /// Drops the bound values, which would otherwise stay in memory until they are replaced.
    func forgetValues() { unsafe sqlite3_clear_bindings(pointer) }

    /// How many columns a row has.
    var columnCount: Int32 { unsafe sqlite3_column_count(pointer) }

    /// Whether the column is NULL in this row.
    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL }

    /// The column's number in this row; 0 for NULL.
    func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(pointer, column) }

    /// The column's bits as a hash.
    func bits(_ column: Int32) -> UInt64 { UInt64(bitPattern: integer(column)) }

    /// The column's text in this row; nil for NULL.
    func text(_ column: Int32) -> String? {
        guard let bytes = unsafe sqlite3_column_text(pointer, column) else { return nil }
        let count = unsafe Int(sqlite3_column_bytes(pointer, column))
        return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// The column's bytes in this row; none for NULL.
    func blob(_ column: Int32) -> [UInt8] {
        let start = unsafe sqlite3_column_blob(pointer, column)
        let count = unsafe Int(sqlite3_column_bytes(pointer, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    /// Whether the column's text in this row is these bytes.
    func isText(_ column: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        guard let text = unsafe sqlite3_column_text(pointer, column) else { return false }
        let count = unsafe Int(sqlite3_column_bytes(pointer, column))
        guard count == bytes.count else { return false }
        return unsafe UnsafeBufferPointer(start: text, count: count).elementsEqual(bytes)
    }

    private func bindNull() throws(SQLiteError) {
        bound += 1
        try Self.check(unsafe sqlite3_bind_null(pointer, bound))
    }

    private static func check(_ status: Int32) throws(SQLiteError) {
        guard status == SQLITE_OK else { throw SQLiteError(code: status) }
    }
}
