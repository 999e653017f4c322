import RecordingHost
import RecordingKit
import Synchronization
import Testing

@Suite("The pacer", .timeLimit(.minutes(5)))
struct PacerTests {
    /// Lists what happened, from any task.
    private final class Journal<Entry: Sendable>: Sendable {
        private let entries = Mutex<[Entry]>([])

        var all: [Entry] { entries.withLock { $0 } }

        func add(_ entry: Entry) { entries.withLock { $0.append(entry) } }
    }

    /// Counts, from any task.
    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        @discardableResult
        func add(_ change: Int) -> Int {
            count.withLock { count in
                count += change
                return count
            }
        }
    }

    private func limits(_ concurrency: Int, _ rate: Double? = nil) -> ConnectorLimits {
        ConnectorLimits(concurrency: concurrency, requestsPerSecond: rate)
    }

    /// Waits, by yielding, until `condition` holds.
    private func eventually(_ condition: () -> Bool) async {
        for _ in 0..<100_000 where !condition() { await Task.yield() }
        #expect(condition())
    }

    @Test("no more requests are under way than allowed", arguments: [1, 2, 3, 8])
    func concurrency(ceiling: Int) async throws {
        let pacer = Pacer(limits: limits(ceiling), clock: AutoAdvancingClock())
        let underWay = Journal<Int>()
        let count = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<400 {
                group.addTask {
                    let permit = try await pacer.acquire()
                    underWay.add(count.add(1))
                    for _ in 0..<5 { await Task.yield() }
                    count.add(-1)
                    pacer.finish(permit, .answered)
                }
            }
            try await group.waitForAll()
        }
        #expect(underWay.all.count == 400)
        #expect(underWay.all.max() ?? 0 <= ceiling)
    }

    @Test("a configured rate spaces the requests on the clock")
    func spacing() async throws {
        let clock = AutoAdvancingClock()
        let pacer = Pacer(limits: limits(4, 10), clock: clock)
        for _ in 0..<11 { pacer.finish(try await pacer.acquire(), .answered) }
        #expect(clock.uptime == .seconds(1))
    }

    @Test("requests go in the order in which they came")
    func order() async throws {
        let pacer = Pacer(limits: limits(1), clock: AutoAdvancingClock())
        let journal = Journal<Int>()
        let entered = Journal<Int>()
        let first = try await pacer.acquire()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    entered.add(number)
                    let permit = try await pacer.acquire()
                    journal.add(number)
                    pacer.finish(permit, .answered)
                }
                await eventually { entered.all.count == number + 1 }
                // The task is past its note; let it reach the queue.
                for _ in 0..<50 { await Task.yield() }
            }
            pacer.finish(first, .answered)
            try await group.waitForAll()
        }
        #expect(journal.all == Array(0..<50))
    }

    @Test("a refusal holds back everyone until the gate opens, also who waits for a moment already")
    func gate() async throws {
        let clock = AutoAdvancingClock()
        let pacer = Pacer(limits: limits(8), clock: clock)
        let refused = try await pacer.acquire()
        pacer.finish(refused, .refused(wait: .seconds(30)))
        let permit = try await pacer.acquire()
        #expect(clock.uptime == .seconds(30))
        pacer.finish(permit, .postponed(wait: .seconds(10)))
        pacer.finish(try await pacer.acquire(), .answered)
        #expect(clock.uptime == .seconds(40))
        pacer.close(for: .seconds(5))
        pacer.finish(try await pacer.acquire(), .answered)
        #expect(clock.uptime == .seconds(45))
    }

    @Test("waits that overlap are reported once")
    func reportedWaits() async throws {
        let clock = AutoAdvancingClock()
        let journal = Journal<[Duration]>()
        let pacer = Pacer(limits: limits(3), clock: clock) { journal.add([$0, $1]) }
        let permits = [try await pacer.acquire(), try await pacer.acquire(), try await pacer.acquire()]
        pacer.finish(permits[0], .refused(wait: .seconds(2)))
        pacer.finish(permits[1], .refused(wait: .seconds(1)))
        pacer.finish(permits[2], .refused(wait: .seconds(5)))
        #expect(journal.all == [[.zero, .seconds(2)], [.seconds(2), .seconds(5)]])
    }

    @Test("a cancelled wait ends at once and leaves the queue to the others")
    func cancelledInQueue() async throws {
        let pacer = Pacer(limits: limits(1), clock: AutoAdvancingClock())
        let first = try await pacer.acquire()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { _ = try await pacer.acquire() }
            }
            for _ in 0..<50 { await Task.yield() }
            group.cancelAll()
            try await group.waitForAll()
        }
        pacer.finish(first, .answered)
        pacer.finish(try await pacer.acquire(), .answered)
    }

    @Test("a request that is cancelled while it waits for its moment gives back its moment")
    func cancelledAsleep() async throws {
        let clock = AutoAdvancingClock()
        let pacer = Pacer(limits: limits(1, 1), clock: clock)
        pacer.finish(try await pacer.acquire(), .answered)
        for _ in 0..<20 {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await pacer.acquire() }
                group.cancelAll()
            }
        }
        pacer.finish(try await pacer.acquire(), .answered)
        #expect(clock.uptime == .seconds(1))
    }

    @Test("a task that was cancelled before gets no permit")
    func cancelledBefore() async throws {
        let pacer = Pacer(limits: limits(1), clock: AutoAdvancingClock())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await #expect(throws: CancellationError.self) { _ = try await pacer.acquire() }
            }
            try await group.waitForAll()
        }
    }

    @Test("no place is lost, however many waits are cancelled at any moment", arguments: 1...4 as ClosedRange<UInt64>)
    func noLeaks(seed: UInt64) async throws {
        let clock = AutoAdvancingClock()
        let pacer = Pacer(limits: limits(3), clock: clock)
        let finished = Counter()
        let cancelled = Counter()
        var random = RandomSequence(seed: seed)
        for _ in 0..<40 {
            let patience = (0..<40).map { _ in Int.random(in: 0..<60, using: &random) }
            let outcomes = (0..<40).map { _ in Int.random(in: 0..<8, using: &random) }
            await withTaskGroup(of: Void.self) { group in
                for (patience, outcome) in zip(patience, outcomes) {
                    group.addTask {
                        await withTaskGroup(of: Void.self) { attempt in
                            attempt.addTask {
                                do {
                                    let permit = try await pacer.acquire()
                                    await Task.yield()
                                    switch outcome {
                                    case 0: pacer.finish(permit, .refused(wait: .milliseconds(5)))
                                    case 1: pacer.finish(permit, .postponed(wait: .milliseconds(1)))
                                    case 2: pacer.finish(permit, .failed)
                                    default: pacer.finish(permit, .answered)
                                    }
                                    finished.add(1)
                                } catch {
                                    cancelled.add(1)
                                }
                            }
                            for _ in 0..<patience { await Task.yield() }
                            attempt.cancelAll()
                        }
                    }
                }
            }
        }
        #expect(finished.value + cancelled.value == 1_600)
        #expect(finished.value > 0)
        #expect(cancelled.value > 0)
        // All three places are still there, at the same time; a lost one would be waited for without end.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let permits = [try await pacer.acquire(), try await pacer.acquire(), try await pacer.acquire()]
                for permit in permits { pacer.finish(permit, .answered) }
            }
            group.addTask {
                for _ in 0..<50_000 {
                    await Task.yield()
                    try Task.checkCancellation()
                }
                throw CancellationError()
            }
            try await group.next()
            group.cancelAll()
        }
    }
}
