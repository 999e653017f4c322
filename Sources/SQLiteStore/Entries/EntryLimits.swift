/// When entries that wait go to their tables, and in which steps.
struct EntryLimits: Sendable {
    /// How many may wait.
    var entries = 32_000
    /// How many bytes they may have in memory.
    var bytes = 4 << 20
    /// How many go into their tables in one transaction, so that the write-ahead log stays small.
    var step = 4_000
}
