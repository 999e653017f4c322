/// A server that refuses requests above a rate, in virtual time.
struct SimulatedLimiter {
    /// How it counts, and what its refusals say.
    enum Style: Sendable {
        /// A token bucket; the wait is rounded up to whole seconds.
        case wholeSeconds
        /// A token bucket; the wait is exact.
        case exact
        /// A token bucket; the wait ends at a whole second, as an HTTP date does.
        case date
        /// A token bucket that does not say how long to wait.
        case silent
        /// So many requests in each whole second; the wait is one second.
        case window
        /// Every so many-th request, however fast they come; the wait is one second.
        case sprinkled(every: Int)
        /// One request in all, whatever the rate, with this wait.
        case once(number: Int, wait: Double)
    }

    var rate: Double
    var bucket: Double
    let style: Style
    private var tokens: Double
    private var last = 0.0
    private var window = -1.0
    private var usedInWindow = 0
    private var taken = 0

    init(rate: Double, bucket: Double, style: Style) {
        self.rate = rate
        self.bucket = bucket
        self.style = style
        tokens = bucket
    }

    /// Takes one request at `time` in seconds: nil when it is accepted, else the wait that the refusal names.
    mutating func take(at time: Double) -> Double? {
        if case .window = style { return takeFromWindow(at: time) }
        if case .once(let number, let wait) = style {
            taken += 1
            return taken == number ? wait : nil
        }
        if case .sprinkled(let every) = style {
            taken += 1
            return taken % every == every / 2 ? 1 : nil
        }
        tokens = min(bucket, tokens + (time - last) * rate)
        last = time
        if tokens >= 1 - 1e-9 {
            tokens -= 1
            return nil
        }
        let missing = (1 - tokens) / rate
        return switch style {
        case .wholeSeconds, .window, .sprinkled, .once: max(1, missing.rounded(.up))
        case .exact: missing
        case .date: (time + missing).rounded(.up) - time
        case .silent: 0
        }
    }

    private mutating func takeFromWindow(at time: Double) -> Double? {
        if time.rounded(.down) != window {
            window = time.rounded(.down)
            usedInWindow = 0
        }
        guard usedInWindow < Int(rate) else { return 1 }
        usedInWindow += 1
        return nil
    }
}
