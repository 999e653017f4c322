/// What the accepted requests say about a token bucket: how large it must be, and how fast it must fill.
///
/// Two observations are kept. The first burst began with a full bucket and ended with a refusal, so for any rate it gives the
/// smallest bucket that could have served it. The requests since the latest refusal began with an empty bucket, and with that
/// bucket they need at least a certain rate. When they end with a refusal too, nothing was left over and that rate is the
/// server's.
struct BucketFit: Sendable {
    /// The times that are kept of each observation; 32 KiB a pacer at most.
    private static let longestRecord = 4_096
    /// Requests leave and arrive a little early or late: half a token is not held against a rate.
    private static let slack = 0.5

    private var burst: [Double] = []
    private var since: [Double] = []
    private var start = 0.0
    private var startsEmpty = true

    /// How many requests of the first burst are kept.
    var burstCount: Int { burst.count }

    /// How many accepted requests since the latest refusal are kept.
    var count: Int { since.count }

    /// When the first burst began, in seconds, or nil before anything was accepted.
    var burstStart: Double? { burst.first }

    /// Notes an accepted request of the first burst, by the time in seconds when it went out.
    mutating func addToBurst(_ time: Double) {
        if burst.count == Self.longestRecord { burst.removeFirst(Self.longestRecord / 2) }
        burst.append(time)
    }

    /// Forgets the first burst, which was none: there was a pause in which a bucket fills.
    mutating func restartBurst() { burst = [] }

    /// Notes an accepted request after the first refusal.
    mutating func add(_ time: Double) {
        guard time > start else { return }
        if since.count == Self.longestRecord {
            start = since[Self.longestRecord / 2 - 1]
            startsEmpty = false
            since.removeFirst(Self.longestRecord / 2)
        }
        since.append(time)
    }

    /// Notes a refusal: the bucket is empty now.
    mutating func empty(at time: Double) {
        start = max(start, time)
        startsEmpty = true
        since.removeAll(keepingCapacity: true)
    }

    /// The smallest bucket, in requests, that could have served the first burst while filling at `rate` a second; at least 1.
    func capacity(at rate: Double) -> Double {
        var used = 0.0
        var mostUsed = 1.0
        var last = burst.first ?? 0
        for time in burst {
            used = max(0, used - rate * max(0, time - last)) + 1
            mostUsed = max(mostUsed, used)
            last = max(last, time)
        }
        return mostUsed
    }

    /// The lowest rate that explains what was accepted since the latest refusal, or nil when even `highest` does not.
    ///
    /// Costs 30 passes over both observations: microseconds usually, a millisecond at most, and only after a refusal.
    func leastRate(upTo highest: Double) -> Double? {
        guard explains(highest) else { return nil }
        var below = 0.0
        var above = highest
        for _ in 0..<30 {
            let middle = (below + above) / 2
            if explains(middle) { above = middle } else { below = middle }
        }
        return above
    }

    private func explains(_ rate: Double) -> Bool {
        let capacity = capacity(at: rate)
        var tokens = startsEmpty ? 0 : capacity
        var last = start
        for time in since {
            tokens = min(capacity, tokens + max(0, time - last) * rate) - 1
            if tokens < -Self.slack { return false }
            last = max(last, time)
        }
        return true
    }
}
