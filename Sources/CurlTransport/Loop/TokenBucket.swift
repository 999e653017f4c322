/// How many bytes may come in, at a steady rate.
///
/// It is charged for what has come, into debt: what a socket brings at once is not known before. Little is saved up, so that a pause is
/// not followed by a rush.
struct TokenBucket {
    private let bytesPerSecond: Double
    private let largestBalance: Double
    private var balance = 0.0
    private var updated: ContinuousClock.Instant

    /// - Parameter bytesPerSecond: at least 1; less counts as 1.
    init(bytesPerSecond: Int, at now: ContinuousClock.Instant) {
        self.bytesPerSecond = Double(max(1, bytesPerSecond))
        // Enough for a thread that is woken late.
        largestBalance = self.bytesPerSecond / 20
        updated = now
    }

    /// Takes what has come.
    mutating func charge(bytes: Int, at now: ContinuousClock.Instant) {
        balance = balance(at: now) - Double(bytes)
        updated = max(updated, now)
    }

    /// How long nothing may come any more; zero when something may.
    func debt(at now: ContinuousClock.Instant) -> Duration {
        .seconds(max(0, -balance(at: now)) / bytesPerSecond)
    }

    private func balance(at now: ContinuousClock.Instant) -> Double {
        min(largestBalance, balance + max(0, (now - updated) / .seconds(1)) * bytesPerSecond)
    }
}
