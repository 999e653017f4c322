/// When a settled rate is tried a little higher, and by how much: additive increase with growing steps while it works.
///
/// A probe that fails costs the server's wait, so the first one comes after 20 waits (8 seconds at least, a minute at most) and
/// each failure doubles that, up to five minutes.
struct RateProbe: Sendable {
    private static let firstStep = 0.05

    /// How long a rate is kept before more is tried.
    private(set) var interval: Duration
    /// The highest rate that has worked, while more is being tried.
    private(set) var base: Double?
    private var step = RateProbe.firstStep

    /// Starts for a server that makes refused requests wait for so many seconds.
    init(wait: Double = 1) { interval = .seconds(min(max(20 * wait, 8), 60)) }

    /// The next rate to try, after one that worked.
    mutating func next(after rate: Double) -> Double {
        if base != nil { step = min(1, step * 2) }
        base = rate
        return rate * (1 + step)
    }

    /// Notes that the rate that was tried is too high.
    mutating func failed() { interval = min(interval * 2, .seconds(300)) }

    /// Stops trying for now.
    mutating func end() {
        base = nil
        step = RateProbe.firstStep
    }
}
