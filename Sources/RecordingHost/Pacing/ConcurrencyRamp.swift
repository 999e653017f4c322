/// How many requests may be under way at once while nothing is known of the server's limit: few at first, then more.
///
/// All requests that are under way when a limit is met are refused together, so the first ones go out three at a time. One
/// more is let through for every 15 accepted requests up to eight, one more for every 20 up to 17, then one for each, by when
/// the server has shown that it does not mind. With answers of 100 milliseconds eight are reached after 1.6 seconds.
struct ConcurrencyRamp: Sendable {
    /// Requests under way at once that are never exceeded.
    let ceiling: Int

    /// How many may be under way after so many accepted requests; at least 1.
    func limit(afterAccepting accepted: Int) -> Int {
        let opened =
            switch accepted {
            case ..<75: 3 + accepted / 15
            case ..<255: 8 + (accepted - 75) / 20
            default: 17 + accepted - 255
            }
        return max(1, min(opened, ceiling))
    }
}
