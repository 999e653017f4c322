/// Counts requests of each credential against the plan's limit.
struct RateLimiter: Sendable {
    private struct Account: Sendable {
        var tokens: Double
        /// When the tokens were counted, or when the window began.
        var since: Int64
        var used = 0
    }

    private let kind: RateLimitPlan.Kind
    private var accounts: [String: Account] = [:]

    init(_ kind: RateLimitPlan.Kind) {
        self.kind = kind
    }

    /// Takes one request.
    /// - Parameter now: nanoseconds of the monotonic clock.
    /// - Returns: `nil` when it may pass, or the nanoseconds until the next one may.
    mutating func take(_ credential: String, now: Int64) -> Int64? {
        switch kind {
        case .tokenBucket(let rate, let capacity):
            var account = accounts[credential] ?? Account(tokens: Double(capacity), since: now)
            account.tokens = min(Double(capacity), account.tokens + Double(now - account.since) / 1e9 * rate)
            account.since = now
            let passes = account.tokens >= 1
            if passes { account.tokens -= 1 }
            accounts[credential] = account
            return passes ? nil : Int64(((1 - account.tokens) / rate * 1e9).rounded(.up))
        case .fixedWindow(let limit, let seconds):
            let length = Int64(seconds * 1e9)
            var account = accounts[credential] ?? Account(tokens: 0, since: now)
            if now - account.since >= length { account = Account(tokens: 0, since: now) }
            let passes = account.used < limit
            if passes { account.used += 1 }
            accounts[credential] = account
            return passes ? nil : account.since + length - now
        }
    }
}
