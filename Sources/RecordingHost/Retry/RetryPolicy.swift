/// Decides how long to wait before a request is sent again, or that it is not: a pure value.
///
/// The wait is the larger of a back-off with full jitter (uniform between 0 and `base` × 2^(attempt − 1), at most `ceiling`)
/// and what the server asks for. With the defaults the upper ends are 0.5, 1, 2, 4, 8, 16 and 32 seconds.
package struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent in all; default 8.
    package var maximumAttempts: Int
    /// The upper end of the first back-off; default half a second.
    package var base: Duration
    /// The longest back-off of its own; default 60 seconds.
    package var ceiling: Duration
    /// The longest wait that a server may ask for; default 15 minutes.
    package var maximumWait: Duration

    /// Sets a policy.
    package init(
        maximumAttempts: Int = 8,
        base: Duration = .milliseconds(500),
        ceiling: Duration = .seconds(60),
        maximumWait: Duration = .seconds(900)
    ) {
        self.maximumAttempts = maximumAttempts
        self.base = base
        self.ceiling = ceiling
        self.maximumWait = maximumWait
    }

    /// What to do after a failure that may pass.
    package enum Decision: Sendable, Hashable {
        /// Wait this long, then send again.
        case wait(Duration)
        /// The attempts are used up.
        case giveUp
        /// The server asks for more than ``maximumWait``: stop, and come back after this long.
        case comeBack(after: Duration)
    }

    /// Decides after an attempt that failed.
    ///
    /// - Parameters:
    ///   - attempt: how often the request was sent, 1 after the first time.
    ///   - serverWish: what the server asked for, or nil.
    ///   - jitter: a random number, 0 ..< 1.
    package func decide(attempt: Int, serverWish: Duration?, jitter: Double) -> Decision {
        if let serverWish, serverWish > maximumWait { return .comeBack(after: serverWish) }
        guard attempt < maximumAttempts else { return .giveUp }
        return .wait(max(backOff(attempt: attempt, jitter: jitter), serverWish ?? .zero))
    }

    /// The back-off without regard to the server.
    package func backOff(attempt: Int, jitter: Double) -> Duration {
        let doubled = base * (1 << min(max(attempt - 1, 0), 30))
        return min(doubled, ceiling) * min(max(jitter, 0), 1)
    }
}
