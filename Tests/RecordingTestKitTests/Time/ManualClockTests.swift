import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The clock that tests move")
struct ManualClockTests {
    private let start = Timestamp(secondsSince1970: 1_000)

    @Test("an automatic clock jumps to the end of each sleep and remembers it")
    func automatic() async throws {
        let clock = ManualClock.automatic(at: start)
        try await clock.sleep(until: .seconds(3_600))
        try await clock.sleep(until: .seconds(3_610))
        try await clock.sleep(until: .seconds(5))
        #expect(clock.uptime == .seconds(3_610))
        #expect(clock.now == start.advanced(by: .seconds(3_610)))
        #expect(clock.sleeps == [.seconds(3_600), .seconds(10)])
    }

    @Test("a manual clock wakes the sleeps that are over, the earliest first, and no others")
    func manual() async throws {
        let clock = ManualClock.manual(at: start)
        let woken = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup { group in
            for (index, seconds) in [3, 1, 2].enumerated() {
                group.addTask {
                    try await clock.sleep(until: .seconds(seconds))
                    woken.continuation.yield(seconds)
                }
                try await clock.waitForSleepers(index + 1)
            }
            #expect(clock.nextDeadline == .seconds(1))
            var order = woken.stream.makeAsyncIterator()
            clock.advance(by: .milliseconds(1_500))
            #expect(await order.next() == 1)
            #expect(clock.sleeperCount == 2)
            #expect(clock.now == start.advanced(by: .milliseconds(1_500)))
            clock.advance(by: .milliseconds(500))
            #expect(await order.next() == 2)
            #expect(clock.sleeperCount == 1)
            try await clock.waitForSleepers(1)
            clock.advance(by: .seconds(1))
            #expect(await order.next() == 3)
            try await group.waitForAll()
        }
        #expect(clock.nextDeadline == nil)
    }

    @Test("a wait for sleepers ends when enough of them sleep")
    func waitingForSleepers() async throws {
        let clock = ManualClock.manual(at: start)
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await clock.waitForSleepers(2)
                #expect(clock.sleeperCount == 2)
                clock.advance(by: .seconds(60))
            }
            for _ in 0..<2 { group.addTask { try await clock.sleep(until: .seconds(60)) } }
            try await group.waitForAll()
        }
        #expect(clock.uptime == .seconds(60))
    }

    @Test("a cancelled sleep ends at once and is no sleep any more", arguments: [true, false])
    func cancelledSleep(isAsleepFirst: Bool) async throws {
        let clock = ManualClock.manual(at: start)
        await withTaskGroup { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await clock.sleep(until: .seconds(60)) }
            }
            if isAsleepFirst { try? await clock.waitForSleepers(1) }
            group.cancelAll()
        }
        #expect(clock.sleeperCount == 0)
        #expect(clock.uptime == .zero)
    }

    @Test("a cancelled wait for sleepers ends at once")
    func cancelledWait() async throws {
        let clock = ManualClock.manual(at: start)
        await withTaskGroup { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await clock.waitForSleepers(1) }
            }
            group.cancelAll()
        }
    }

    @Test("the wall clock may be set without the uptime moving")
    func wallClock() {
        let clock = ManualClock.manual(at: start)
        clock.setWallClock(to: Timestamp(secondsSince1970: 5))
        #expect(clock.now == Timestamp(secondsSince1970: 5))
        #expect(clock.uptime == .zero)
    }
}
