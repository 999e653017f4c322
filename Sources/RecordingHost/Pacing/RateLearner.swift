/// Learns from a server's refusals how fast it may be asked, and spaces requests evenly at that rate: a pure state machine.
///
/// Until the first refusal requests go as they come. The first refusal gives a first guess: what was accepted, divided by the
/// time it took and the wait. From there the rate climbs in large steps, each kept up long enough to empty a bucket as large as
/// the first burst. The refusal that ends the climb tells the rate where a bucket of some size was emptied (``BucketFit``);
/// where the bucket holds next to nothing, the rate is closed in on between the highest that worked and the lowest that did
/// not. Once settled, the learner tries a little more now and then, in growing steps while that works, and goes a little lower
/// at each refusal.
///
/// All times are on one monotonic scale. A request counts as evidence for a rate only when pacing held it back: a caller that
/// is slower than the rate proves nothing.
package struct RateLearner: Sendable {
    /// When the next request may go out, and under what terms that was decided.
    package struct Slot: Sendable, Hashable {
        /// When the request may go out; after ``depart(_:at:)``, when it did.
        package fileprivate(set) var time: Duration
        /// How often the gate had closed.
        package let epoch: Int
        /// Which of the rates it was spaced by, counted from 0, and that rate.
        fileprivate let run: Int
        fileprivate let rate: Double?
        /// Whether it has to wait.
        fileprivate let isPaced: Bool
        /// When the next request could have gone out before this slot was taken.
        fileprivate let previous: Duration
    }

    private enum Phase {
        /// Nothing was refused yet: requests go out as they come, or at the configured rate.
        case free
        /// Looking for the rate between what is known to work and what is known to fail.
        case searching
        /// Close to the rate.
        case settled
        /// The refusals are not about the rate: going for what brings most.
        case unruly
    }

    private let configuredRate: Double?
    private var phase = Phase.free
    private var fit = BucketFit()

    private var rate: Double?
    private var run = 0
    private var runStart: Duration = .zero
    private var acceptedInRun = 0
    /// How many requests may make up for having left late.
    private var allowance = 0.0

    private var epoch = 0
    private var nextSlot: Duration = .zero
    private var latestSlot: Duration = .zero
    private var gateOpensAt: Duration = .zero

    private var low = 0.0
    private var isLowProven = false
    private var high = Double.infinity
    private var step = 1.0
    private var failuresInARow = 0
    private var closeEnough = 0.1

    private var probe = RateProbe()
    private var quickRefusals = 0
    private var history = RefusalHistory()
    private var bestThroughput = 0.0
    /// The rate that the server seemed to allow when its refusals began to look as if they were not about it.
    private var fallback = 0.0
    private var lastWait = 0.0
    private var defiances = 0
    private var fruitless = 0

    /// Starts without knowledge.
    ///
    /// - Parameter requestsPerSecond: a rate never to exceed, or nil; a rate that is not above zero counts as nil.
    package init(requestsPerSecond: Double? = nil) {
        configuredRate = requestsPerSecond.flatMap { $0 > 0 ? max($0, RateLearner.lowestRate) : nil }
        rate = configuredRate
    }

    /// Requests a second that are sent now at most, or nil while nothing limits them.
    package var currentRate: Double? { rate }

    /// When the gate opens, on the same scale; in the past while it is open.
    package var closedUntil: Duration { gateOpensAt }

    // MARK: - Slots

    /// Takes the next free slot for one request.
    package mutating func reserve(at now: Duration) -> Slot {
        if phase == .free, now - latestSlot > RateLearner.pause { fit.restartBurst() }
        let time = max(now, nextSlot, gateOpensAt)
        let slot = Slot(
            time: time,
            epoch: epoch,
            run: run,
            rate: rate,
            isPaced: time > now,
            previous: nextSlot
        )
        if let rate { nextSlot = max(nextSlot, time - .seconds(allowance / rate)) + .seconds(1 / rate) }
        latestSlot = time
        return slot
    }

    /// Notes that the request of the latest slot leaves, as a rule a little later than it might have.
    ///
    /// The next one keeps its distance from when this one left, not from when it was to leave: a bucket of one request has no
    /// room for two that come closer together.
    ///
    /// - Returns: the slot as it was used; nil when the gate was closed since it was taken, so that it does not hold any more.
    package mutating func depart(_ slot: Slot, at now: Duration) -> Slot? {
        guard isValid(slot) else { return nil }
        guard now > slot.time else { return slot }
        var slot = slot
        slot.time = now
        latestSlot = now
        if let rate { nextSlot = max(nextSlot, now + .seconds((1 - allowance) / rate)) }
        return slot
    }

    /// Whether a slot that was taken earlier still holds: the gate was not closed since.
    package func isValid(_ slot: Slot) -> Bool { slot.epoch == epoch }

    /// Gives the latest slot back: its request is not sent.
    package mutating func giveBack(_ slot: Slot) {
        guard isValid(slot), slot.time == latestSlot else { return }
        nextSlot = slot.previous
    }

    // MARK: - What happened

    /// Notes that the server answered a request without refusing it.
    package mutating func accepted(_ slot: Slot, at now: Duration) {
        history.noteAccepted()
        guard phase != .free else { return fit.addToBurst(slot.time.inSeconds) }
        fit.add(slot.time.inSeconds)
        guard slot.run == run, slot.isPaced, let rate else { return }
        acceptedInRun += 1
        switch phase {
        case .free: break
        case .searching: climb(from: rate, at: now)
        case .settled: tryMore(than: rate, at: now)
        case .unruly: if Double(acceptedInRun) >= max(20, rate) { change(to: rate * 2, at: now) }
        }
    }

    /// Notes that the server refused a request because there were too many, and closes the gate.
    ///
    /// - Parameters:
    ///   - slot: the refused request's slot; one from before the gate closed says nothing new about the rate.
    ///   - now: when the refusal came.
    ///   - wait: for how long the gate stays closed.
    package mutating func refused(_ slot: Slot, at now: Duration, wait: Duration) {
        let wait = max(wait, .zero)
        lastWait = wait.inSeconds
        if isValid(slot) {
            let stretch = history.noteRefusal(at: now.inSeconds, rate: slot.rate ?? rate ?? 1)
            if phase != .unruly, let better = history.betterRate { defy(slot, from: better) }
            switch phase {
            case .free: begin(slot, at: now, wait: wait)
            case .searching: narrow(slot, at: now)
            case .settled: fallBack(slot, at: now, wait: wait)
            case .unruly: seek(stretch, at: now)
            }
            epoch += 1
            nextSlot = max(nextSlot, now)
        }
        fit.empty(at: slot.time.inSeconds)
        close(until: now + wait)
    }

    /// Closes the gate for everyone without drawing a conclusion about the rate.
    package mutating func close(until time: Duration) {
        guard time > gateOpensAt else { return }
        gateOpensAt = time
        nextSlot = time
        epoch += 1
    }

    // MARK: - Searching

    /// One request in ten minutes: no server that answers at all is slower.
    private static let lowestRate = 1.0 / 600
    /// A pause after which a bucket counts as full again.
    private static let pause: Duration = .seconds(5)
    /// A bucket of at least so many requests tells the rate at a refusal; below, one token more or less decides.
    private static let tellingCapacity = 4.0
    /// A bucket of at least so many requests makes a refusal cheap.
    private static let ampleCapacity = 16.0

    private mutating func begin(_ slot: Slot, at now: Duration, wait: Duration) {
        let count = Double(max(fit.burstCount, 1))
        let elapsed = max(slot.time.inSeconds - (fit.burstStart ?? slot.time.inSeconds), 0)
        // A long wait says more about the server's trouble than about its rate.
        let wait = min(max(wait.inSeconds, 0.02), 2)
        // After a long burst the wait is a small part, and rounded up: half of it is the better guess.
        let guess = count / (elapsed + wait - 0.5 * min(elapsed, wait))
        // A short burst says that the bucket is small, and that the wait was long enough to waste most of the rate. Rounding
        // adds less than a second to a wait, which bounds that.
        let highest = wait > 1 ? count / (elapsed + wait - 1) : .infinity
        low = guess / 2
        step = fit.capacity(at: low) < 10 ? 1 : 0.4
        // A refusal costs its wait: what remains to be gained must be worth another.
        closeEnough = min(max(wait / 8, 0.06), 0.125)
        probe = RateProbe(wait: wait)
        phase = .searching
        change(to: min(guess * max(1, min(8, 16 / count)), highest), at: now)
    }

    private mutating func climb(from rate: Double, at now: Duration) {
        // Where nothing limits the rate, every moment at a low one is lost.
        let patience = max(3, rate * 3)
        guard Double(acceptedInRun) >= min(enough(at: rate, over: isLowProven ? low : rate), patience) else { return }
        low = rate
        isLowProven = true
        failuresInARow = 0
        guard high == .infinity else { return closeIn(at: now) }
        change(to: rate * (1 + step), at: now)
        step = min(1, step * 2)
    }

    private mutating func narrow(_ slot: Slot, at now: Duration) {
        let failed = slot.rate ?? rate ?? 1
        high = failed
        failuresInARow += 1
        let fitted = fit.leastRate(upTo: failed)
        let capacity = fit.capacity(at: fitted ?? failed)
        if let fitted, capacity >= RateLearner.tellingCapacity {
            guard fit.count >= 4 else { return change(to: (max(fitted, failed / 4) * failed).squareRoot(), at: now) }
            // With an ample bucket a rate that worked for long is good enough, even where the server counts in another way.
            if capacity >= RateLearner.ampleCapacity {
                return settle(at: isLowProven ? max(low * 0.99, fitted) : fitted, at: now)
            }
            if !isLowProven || fitted >= 0.7 * low { return settle(at: fitted, at: now) }
        }
        let sustained = min(fitted ?? failed, failed * 0.85)
        if !isLowProven {
            low = sustained
        } else if failed <= low {
            low = failed * 0.85
        } else if failuresInARow >= 2 {
            low *= 0.9
        }
        low = max(low, sustained)
        isLowProven = true
        closeIn(at: now)
    }

    private mutating func closeIn(at now: Duration) {
        if high - low <= closeEnough * low {
            settle(at: low, at: now)
        } else {
            change(to: low + 0.4 * (high - low), at: now)
        }
    }

    /// How many requests a rate must bear before it counts as one that works: as many as empty a bucket like the first burst's
    /// if `good` were the server's rate.
    private func enough(at rate: Double, over good: Double) -> Double {
        let burst = fit.capacity(at: low)
        return rate > good ? min(max(burst * rate / (rate - good), 3), 300) : min(max(2 * burst, 3), 60)
    }

    // MARK: - Settled

    private mutating func settle(at newRate: Double, at now: Duration) {
        phase = .settled
        quickRefusals = 0
        probe.end()
        change(to: newRate, at: now)
    }

    private mutating func tryMore(than rate: Double, at now: Duration) {
        if let base = probe.base {
            guard Double(acceptedInRun) >= min(enough(at: rate, over: base), max(10, 3 * rate)) else { return }
        } else {
            guard acceptedInRun >= 10, now - runStart >= probe.interval else { return }
        }
        change(to: probe.next(after: rate), at: now)
    }

    private mutating func fallBack(_ slot: Slot, at now: Duration, wait: Duration) {
        let failed = slot.rate ?? rate ?? 1
        let fitted = fit.leastRate(upTo: failed)
        let telling = fitted.flatMap { fit.capacity(at: $0) >= RateLearner.tellingCapacity ? $0 : nil }
        if let base = probe.base {
            probe.failed()
            settle(at: max(base * 0.99, min(telling ?? 0, failed * 0.98)), at: now)
        } else if now - runStart >= .seconds(2) + wait {
            quickRefusals = 0
            change(to: telling.map { min(max($0, failed * 0.85), failed * 0.98) } ?? failed * 0.97, at: now)
        } else if let telling, fit.count >= 4 {
            change(to: min(max(telling, failed * 0.5), failed * 0.96), at: now)
        } else if quickRefusals == 0 {
            quickRefusals = 1
            change(to: failed * 0.96, at: now)
        } else {
            // Refused again and again at once: the limit is another one now.
            quickRefusals = 0
            phase = .searching
            low = max(min(fitted ?? 0, failed * 0.85), failed / 8)
            high = failed
            isLowProven = true
            change(to: (low * high).squareRoot(), at: now)
        }
    }

    // MARK: - Refusals that are not about the rate

    private mutating func defy(_ slot: Slot, from better: Double) {
        let failed = slot.rate ?? rate ?? 1
        fallback = min(fit.leastRate(upTo: failed) ?? 0, failed * 0.85)
        phase = .unruly
        defiances += 1
        bestThroughput = 0
        fruitless = 0
        rate = max(better, rate ?? better)
        // What the server did before may no longer hold.
        history.restart()
    }

    /// Doubles the rate as long as that brings more.
    ///
    /// When it does not, a limit on the rate would bring as much without refusals, so that is tried, twice at most: what was
    /// brought, or what the limit seemed to be before.
    private mutating func seek(_ stretch: RefusalHistory.Stretch?, at now: Duration) {
        guard let stretch, let rate else { return }
        if stretch.accepted < 4 {
            history.restart()
            settle(at: max(stretch.throughput, fallback > 0 ? fallback : rate / 4), at: now)
        } else if stretch.throughput > 1.03 * bestThroughput {
            bestThroughput = stretch.throughput
            fruitless = 0
            change(to: rate * 2, at: now)
        } else {
            fruitless += 1
            if fruitless >= 2, defiances <= 2 { settle(at: max(bestThroughput, fallback), at: now) }
        }
    }

    private mutating func change(to newRate: Double, at now: Duration) {
        // A server that asks to come back after a wait takes about one request after each such wait.
        let floor = max(RateLearner.lowestRate, lastWait > 0 ? min(0.8 / lastWait, 0.8) : 0)
        let bounded = min(max(newRate, floor), configuredRate ?? .infinity)
        rate = bounded
        run += 1
        runStart = now
        acceptedInRun = 0
        allowance = min((fit.capacity(at: bounded) - 1) / 4, 2)
    }
}

extension Duration {
    /// The duration in seconds, for arithmetic with rates.
    package var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
