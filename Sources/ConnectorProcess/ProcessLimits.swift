/// What a connector's processes may use before they are ended, and how many there are.
public struct ProcessLimits: Sendable, Hashable {
    /// The longest line that it may send, in bytes, at most 64 MiB; default 64 MiB.
    public var longestLine = 64 << 20
    /// How many lines it may send in one call; default 4 000 000.
    public var linesPerCall = 4_000_000
    /// How many pages it may ask for in one call; default 1 000 000.
    public var pagesPerCall = 1_000_000
    /// How many lists it may page through at the same time in one call; default 64.
    public var openPagings = 64
    /// The longest time from its start until it has taken its settings; default 10 seconds.
    public var startUp: Duration = .seconds(10)
    /// The longest time without a line while the host waits for one; default 60 seconds.
    ///
    /// The time in which the host sends requests or writes records does not count. Ten times as long it may wait for lines that only
    /// tell of progress.
    public var silence: Duration = .seconds(60)
    /// How long it may take to end by itself when it is told to, before it is killed; default 2 seconds.
    public var grace: Duration = .seconds(2)
    /// How much of what it wrote to standard output and standard error is kept, in bytes, the last of it; default 8 KiB.
    public var diagnosticBytes = 8 << 10
    /// How many processes read recordings, access events and media of one source at once, at least one for each of the three
    /// that it has; default 8, and never more than the source's concurrency.
    ///
    /// One more finds its listings.
    public var processes = 8
    /// After how many deaths in a row, without a call that was done in between, it is not started again; default 5.
    public var deathsInARow = 5

    /// The longest wait for a line that brings a call on.
    var idleness: Duration { silence * 10 }

    /// The default limits.
    public init() {}
}
