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
}
