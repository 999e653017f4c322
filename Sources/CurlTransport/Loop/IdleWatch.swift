/// When a transfer has been without a byte for too long.
///
/// libcurl's own `LOW_SPEED_TIME` counts whole seconds only. Connecting has its own limit, so the watch begins when there is
/// a connection.
struct IdleWatch {
    private let timeout: Duration
    private var lastActivity: ContinuousClock.Instant?
    private var bytes = 0

    init(timeout: Duration) { self.timeout = timeout }

    /// Something was received, or the connection is there.
    mutating func noteActivity(at now: ContinuousClock.Instant) {
        lastActivity = now
    }

    /// Takes libcurl's count of all bytes so far, which also has those that no callback tells of.
    mutating func note(bytes total: Int, at now: ContinuousClock.Instant) {
        guard total != bytes else { return }
        bytes = total
        noteActivity(at: now)
    }

    /// Leaves out a time in which nothing could come.
    mutating func postpone(by pause: Duration) {
        lastActivity = lastActivity.map { $0 + pause }
    }

    func isExpired(at now: ContinuousClock.Instant) -> Bool {
        lastActivity.map { now >= $0 + timeout } ?? false
    }

    /// The earliest time at which it can expire.
    func deadline(from now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        (lastActivity ?? now) + timeout
    }
}
