import RecordingHost

/// Whether a transfer goes on as it must.
struct ProgressWatch {
    private var idle: IdleWatch
    private var slow: SlowWatch?
    private var heldSince: ContinuousClock.Instant?

    init(idleTimeout: Duration, slow: SlowWatch? = nil) {
        idle = IdleWatch(timeout: idleTimeout)
        self.slow = slow
    }

    /// There is a connection, and the request is about to be written.
    mutating func begin(at now: ContinuousClock.Instant) {
        idle.noteActivity(at: now)
        slow?.begin(at: now)
    }

    /// Something was received.
    mutating func note(bytes count: Int, at now: ContinuousClock.Instant) {
        idle.noteActivity(at: now)
        slow?.note(bytes: count)
    }

    /// The transfer is held back from now on.
    mutating func hold(at now: ContinuousClock.Instant) {
        heldSince = now
    }

    /// The transfer is not held back any more.
    mutating func release(at now: ContinuousClock.Instant) {
        guard let since = heldSince else { return }
        heldSince = nil
        idle.postpone(by: now - since)
        slow?.postpone(by: now - since)
    }

    /// Why the transfer must end, or nil; `total` is asked for libcurl's count of all bytes if that can make a difference.
    mutating func verdict(at now: ContinuousClock.Instant, total: () -> Int) -> TransportError? {
        guard heldSince == nil else { return nil }
        if idle.isExpired(at: now) {
            idle.note(bytes: total(), at: now)
            if idle.isExpired(at: now) {
                return TransportError(.timedOut, "no byte came for the whole idle time-out")
            }
        }
        if slow?.isExpired(at: now) == true {
            return TransportError(.timedOut, "fewer bytes came than the slow period asks for")
        }
        return nil
    }

    /// The earliest time at which there can be a verdict.
    func deadline(from now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        // Held back, nothing expires for as long as it takes from the release on.
        let pause = heldSince.map { now - $0 } ?? .zero
        let idleDeadline = idle.deadline(from: now)
        return min(idleDeadline, slow?.deadline(from: now) ?? idleDeadline) + pause
    }
}
