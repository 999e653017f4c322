/// Learns from a server's refusals how fast it may be asked, and spaces requests evenly at that rate: a pure state machine.
///
/// Between two refusals a token bucket is empty at both ends, so the number of requests accepted between them divided by the
/// time is never above the true rate, and equals it unless the bucket overflowed while nothing was sent. The rate at which
/// evenly spaced requests are refused is never below the true rate, up to the bucket's content. The learner keeps both bounds: it
/// starts from the lower one, climbs while nothing is refused (twice as fast while no upper bound is known, half-way towards it
/// afterwards), and settles when a refusal confirms the lower bound or the bounds have met. Settled, it tries a little more now
/// and then, and falls back at a refusal.
///
/// All times are on one monotonic scale.
package struct RateLearner: Sendable {
    /// When the next request may go out, and which closing of the gate that was decided after.
    package struct Slot: Sendable, Hashable {
        package let time: Duration
        package let epoch: Int
    }

    private enum Phase {
        /// Nothing was refused yet: requests go out as they come, or at the configured rate.
        case free
        /// Looking for the rate between what is known to work and what is known to fail.
        case climbing
        /// Close to the rate.
        case settled
    }

    private let configuredRate: Double?
    private var phase = Phase.free
    private var rate: Double?
    private var lowerBound: Double?
    private var upperBound: Double?
    private var epoch = 0
    private var nextSlot: Duration = .zero
    private var gateOpensAt: Duration = .zero
    private var lastRefusal: Duration?
    private var firstRequest: Duration?
    private var acceptedSinceRefusal = 0
    private var acceptedAtThisRate = 0
    private var rateSince: Duration = .zero

    /// Starts without knowledge.
    ///
    /// - Parameter requestsPerSecond: a rate never to exceed, or nil.
    package init(requestsPerSecond: Double? = nil) {
        configuredRate = requestsPerSecond
        rate = requestsPerSecond
    }

    /// Requests a second that are sent now at most, or nil while nothing limits them.
    package var currentRate: Double? { rate }

    /// When the gate opens, on the same scale; in the past while it is open.
    package var closedUntil: Duration { gateOpensAt }

    /// Takes the next free slot for one request.
    package mutating func reserve(at now: Duration) -> Slot {
        let time = max(now, nextSlot, gateOpensAt)
        if let rate { nextSlot = time + .seconds(1 / rate) }
        if firstRequest == nil { firstRequest = time }
        return Slot(time: time, epoch: epoch)
    }

    /// Whether a slot that was taken earlier still holds: the gate was not closed since.
    package func isValid(_ slot: Slot) -> Bool { slot.epoch == epoch }

    /// Notes that the server answered a request without refusing it.
    package mutating func accepted(_ slot: Slot, at now: Duration) {
        acceptedSinceRefusal += 1
        guard slot.epoch == epoch, let rate else { return }
        acceptedAtThisRate += 1
        switch phase {
        case .free:
            break
        case .climbing:
            climb(from: rate, at: now)
        case .settled:
            probe(from: rate, at: now)
        }
    }

    /// Notes that the server refused a request because there were too many, and closes the gate.
    ///
    /// - Parameters:
    ///   - slot: the refused request's slot; one from before the gate closed says nothing new about the rate.
    ///   - now: when the refusal came.
    ///   - wait: for how long the gate stays closed.
    package mutating func refused(_ slot: Slot, at now: Duration, wait: Duration) {
        let isNews = slot.epoch == epoch
        if isNews { learn(at: now, wait: wait) }
        close(until: now + wait)
        if isNews { nextSlot = gateOpensAt }
    }

    /// Closes the gate for everyone without drawing a conclusion about the rate.
    package mutating func close(until time: Duration) {
        guard time > gateOpensAt else { return }
        gateOpensAt = time
        epoch += 1
    }

    private mutating func learn(at now: Duration, wait: Duration) {
        // Before the first refusal the bucket was full, as if it had filled while nobody asked: the wait stands in for that.
        let since = lastRefusal ?? (firstRequest ?? now) - wait
        let span = max((now - since).inSeconds, 0.001)
        let sustained = max(Double(acceptedSinceRefusal) / span, 1 / max(wait.inSeconds, 0.02) / 4)
        let confirms = lowerBound.map { abs(sustained - $0) <= 0.15 * max(sustained, $0) } ?? false
        switch phase {
        case .free:
            lowerBound = sustained
            phase = .climbing
            change(to: sustained, at: now)
        case .climbing, .settled:
            let failed = rate ?? sustained
            let lastGood = phase == .climbing ? max(goodRate, sustained) : failed * 0.94
            upperBound = min(failed, upperBound ?? failed)
            lowerBound = max(sustained, confirms ? sustained : 0)
            if confirms {
                phase = .settled
                change(to: min(sustained, failed), at: now)
            } else {
                phase = .climbing
                change(to: min(lastGood, failed * 0.94), at: now)
            }
        }
        goodRate = rate ?? goodRate
        lastRefusal = now
        acceptedSinceRefusal = 0
    }

    /// The highest rate that was kept up for a while since the learner began to climb.
    private var goodRate: Double = 0

    private mutating func climb(from rate: Double, at now: Duration) {
        guard let upperBound else {
            if acceptedAtThisRate >= 3 {
                goodRate = rate
                change(to: rate * 2, at: now)
            }
            return
        }
        guard acceptedAtThisRate >= 16 else { return }
        goodRate = rate
        let target = upperBound * 0.95
        if target <= rate * 1.04 {
            phase = .settled
            change(to: rate, at: now)
        } else {
            change(to: (rate + target) / 2, at: now)
        }
    }

    private mutating func probe(from rate: Double, at now: Duration) {
        guard now - rateSince >= .seconds(5), acceptedAtThisRate >= 10 else { return }
        change(to: rate * 1.01, at: now)
    }

    private mutating func change(to newRate: Double, at now: Duration) {
        let bounded = min(max(newRate, 1.0 / 600), configuredRate ?? .infinity)
        rate = bounded
        rateSince = now
        acceptedAtThisRate = 0
    }
}

extension Duration {
    /// The duration in seconds, for arithmetic with rates.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
