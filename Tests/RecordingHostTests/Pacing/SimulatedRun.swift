import RecordingHost

@testable import struct RecordingHost.ConcurrencyRamp

/// Sends requests to a ``SimulatedLimiter`` as the pacer does, event by event in virtual time, and counts what it took.
struct SimulatedRun {
    /// A change of the server's limit at a time.
    struct Change: Sendable {
        let time: Double
        let rate: Double
        let bucket: Double
    }

    private enum Event {
        case mayGo(RateLearner.Slot)
        case arrives(RateLearner.Slot)
        case isAnswered(RateLearner.Slot, wait: Double?)
        case comesBack
    }

    private(set) var wall = 0.0
    private(set) var refusals = 0

    private var server: SimulatedLimiter
    private var changes: ArraySlice<Change>
    private let ramp: ConcurrencyRamp
    private let latency: Double
    private let jitter: Double
    private let lateness: Double
    private var random: RandomSequence

    private var learner = RateLearner()
    private var events: [(time: Double, event: Event)] = []
    private var waiting: Int
    private var underWay = 0
    private var accepted = 0
    private var isTurnTaken = false

    /// - Parameter lateness: by how many seconds at most a busy machine wakes a sleeper late; mostly it is a small part of that.
    init(
        _ server: SimulatedLimiter,
        requests: Int,
        concurrency: Int,
        latency: Double,
        jitter: Double = 0.001,
        lateness: Double = 0,
        changes: [Change] = [],
        seed: UInt64 = 1
    ) {
        self.server = server
        self.changes = changes[...]
        self.latency = latency
        self.jitter = jitter
        self.lateness = lateness
        ramp = ConcurrencyRamp(ceiling: concurrency)
        random = RandomSequence(seed: seed)
        waiting = requests
        start()
        while accepted < requests, let (time, event) = events.popLast() {
            wall = time
            handle(event)
        }
    }

    private mutating func handle(_ event: Event) {
        if let change = changes.first, wall >= change.time {
            changes.removeFirst()
            server.rate = change.rate
            server.bucket = change.bucket
        }
        switch event {
        case .mayGo(let slot):
            guard let slot = learner.depart(slot, at: .seconds(wall)) else { return takeSlot() }
            isTurnTaken = false
            schedule(.arrives(slot), in: latency / 2 + random.fraction() * jitter)
            start()
        case .arrives(let slot):
            schedule(.isAnswered(slot, wait: server.take(at: wall)), in: latency / 2 + random.fraction() * jitter)
        case .isAnswered(let slot, nil):
            underWay -= 1
            accepted += 1
            learner.accepted(slot, at: .seconds(wall))
            start()
        case .isAnswered(let slot, let wait?):
            underWay -= 1
            refusals += 1
            let longer = max(wait, 0.5 * random.fraction())
            learner.refused(slot, at: .seconds(wall), wait: .seconds(longer))
            schedule(.comesBack, in: longer)
            start()
        case .comesBack:
            waiting += 1
            start()
        }
    }

    private mutating func start() {
        guard !isTurnTaken, waiting > 0, underWay < ramp.limit(afterAccepting: accepted) else { return }
        waiting -= 1
        underWay += 1
        isTurnTaken = true
        takeSlot()
    }

    private mutating func takeSlot() {
        let slot = learner.reserve(at: .seconds(wall))
        let wait = slot.time.inSeconds - wall
        // A sleep ends a little late.
        let late = random.fraction() * jitter * 0.3 + (lateness > 0 ? lateness * mostlySmallFraction() : 0)
        schedule(.mayGo(slot), in: wait > 0 ? wait + late : 0)
    }

    /// A number in 0 ..< 1, a ninth on average, and half the time below a two hundredth.
    private mutating func mostlySmallFraction() -> Double {
        let fraction = random.fraction()
        return (0..<7).reduce(fraction) { product, _ in product * fraction }
    }

    private mutating func schedule(_ event: Event, in seconds: Double) {
        let time = wall + seconds
        // The latest comes first; of two at the same time the one that was scheduled first is the last in the list.
        var position = events.endIndex
        while position > 0, events[position - 1].time <= time { position -= 1 }
        events.insert((time, event), at: position)
    }
}
