/// One step from a version of the tables to the next.
struct Migration {
    /// The version that the step leads to; the first is 1 and each is one more than the one before.
    let version: Int64
    /// Statements, separated by semicolons.
    let sql: String
}
