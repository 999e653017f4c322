/// When too few bytes have come in a period; the periods follow one another from the moment there is a connection.
///
/// libcurl's own `LOW_SPEED_LIMIT` compares with an average over some seconds, and counts the time that a transfer is paused.
struct SlowWatch {
    private let minimum: Int
    private let period: Duration
    private var start: ContinuousClock.Instant?
    private var bytes = 0

    init(minimum: Int, period: Duration) {
        self.minimum = minimum
        self.period = period
    }

    /// The connection is there: the first period begins.
    mutating func begin(at now: ContinuousClock.Instant) {
        start = now
        bytes = 0
    }

    mutating func note(bytes count: Int) {
        bytes += count
    }

    /// Leaves out a time in which nothing could come.
    mutating func postpone(by pause: Duration) {
        start = start.map { $0 + pause }
    }

    /// Whether the period is over and had too few bytes; if it is over and had enough, the next begins.
    mutating func isExpired(at now: ContinuousClock.Instant) -> Bool {
        guard let start, now >= start + period else { return false }
        guard bytes >= minimum else { return true }
        begin(at: now)
        return false
    }

    /// The earliest time at which it can expire.
    func deadline(from now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        (start ?? now) + period
    }
}
