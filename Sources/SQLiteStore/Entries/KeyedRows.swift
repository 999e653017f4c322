/// Statements on a table whose rows lie under the hash of what names them.
///
/// A row that has the key and another name is not the one that is meant: that one lies under the next free key. Rows are never taken
/// out by themselves, so the first free key is where the search ends.
struct KeyedRows {
    /// Does `body` with a key and those behind it until it returns true.
    static func probe(from key: UInt64, _ body: (Int64) throws -> Bool) rethrows {
        var key = key
        while try !body(Int64(bitPattern: key)) { key &+= 1 }
    }

    /// Steps a statement that reads the row of one key to the row that is meant; `isFree` says whether no row at all has the first key.
    ///
    /// The statement stands on the row when there is one; the caller resets it.
    static func find(
        _ select: SQLiteStatement,
        from key: UInt64,
        _ isMeant: () -> Bool
    ) throws(SQLiteError) -> (isFound: Bool, isFree: Bool) {
        var key = key
        var isFirst = true
        while true {
            try select.bind(Int64(bitPattern: key))
            guard try select.step() else { return (false, isFirst) }
            if isMeant() { return (true, false) }
            select.reset()
            key &+= 1
            isFirst = false
        }
    }
}
