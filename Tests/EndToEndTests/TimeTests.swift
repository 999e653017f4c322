import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Time")
struct TimeTests {
    private static let year: Int64 = 365 * 86_400

    @Test(
        "differs between both sides by minutes, and no window is too long or begins too early",
        arguments: [-8, -1, 0, 1, 8]
    )
    func skew(minutes: Int) async throws {
        try await Scenario.with(.small(), skew: .seconds(60 * minutes)) { scenario in
            let tap = TapTransport()
            let report = try await scenario.sync([scenario.simulator.webexSource()], through: tap.before)
            #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
            #expect(try scenario.differences(kismet: false) == [])
            #expect(scenario.simulator.statistics.clientErrors == 0)
            let windows = tap.urls.compactMap(Self.window)
            #expect(windows.count == 10)
            #expect(windows.allSatisfy { $0.to.seconds - $0.from.seconds <= 90 * 86_400 })
        }
    }

    @Test(
        "differs between both sides by more than a day: nothing is read or claimed, and the next run needs no repair",
        arguments: [365, -365]
    )
    func wrongClock(days: Int64) async throws {
        try await Scenario.with(.small()) { scenario in
            // With a clock that went back, an archive that holds something refuses the run before anything is asked.
            if days > 0 { _ = try await scenario.sync() }
            let before = scenario.clock.now
            let wrong = ManualClock.automatic(at: before.advanced(by: .seconds(days * 86_400)))
            let report = try await scenario.archive.sync(scenario.sources, clock: wrong)
            #expect(report.outcomes.map(\.state) == [.failed, .failed])
            #expect(report.outcomes.allSatisfy { $0.failures.map(\.code) == ["clock_wrong"] })
            #expect(report.outcomes.allSatisfy { $0.complete.allSatisfy { $0.to <= before } })
            #expect(report.outcomes.allSatisfy { $0.counts.written.isEmpty })
            scenario.clock.advance(by: .seconds(60))
            let right = try await scenario.sync()
            #expect(right.outcomes.map(\.state) == [.complete, .complete])
            #expect(right.outcomes.allSatisfy { $0.complete.allSatisfy { $0.to <= scenario.clock.now } })
            #expect(try await scenario.archive.gaps(at: scenario.clock.now).isEmpty)
        }
    }

    @Test(
        "passes while the platform asks to wait, and still no window begins before what it allows",
        arguments: [60, 599, 700, 890],
        [1, 2, 3]
    )
    func waiting(seconds: Int, request: Int) async throws {
        let faults = [
            Fault(.tooManyRequests(.seconds(seconds)), on: .endpoint(.webexAccessSummary), .nth(request)),
            Fault(.tooManyRequests(.seconds(seconds)), on: .endpoint(.webexAccessSummary), .nth(request + 2)),
        ]
        try await Scenario.with(.small(faults: faults)) { scenario in
            // One at a time: the clock jumps over a wait at once, and would do so while another request is on its way.
            let limits = LimitOverrides(concurrency: 1)
            let report = try await scenario.sync([scenario.simulator.webexSource(limits: limits)])
            #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
            #expect(try scenario.differences(kismet: false) == [])
            #expect(scenario.simulator.statistics.clientErrors == 2)
            #expect(scenario.simulator.statistics.requestsWhileRetryAfter <= 2)
        }
    }

    @Test(
        "passes between two pages of the oldest window, whose next link carries a start from before",
        arguments: [60, 890]
    )
    func waitingBetweenPages(seconds: Int) async throws {
        let faults = [
            Fault(.serverError(504), on: .endpoint(.webexAccessSummary), .maxAbove(7)),
            Fault(.tooManyRequests(.seconds(seconds)), on: .endpoint(.webexAccessSummary), .nth(3)),
            Fault(.tooManyRequests(.seconds(seconds)), on: .endpoint(.webexAccessSummary), .nth(5)),
        ]
        try await Scenario.with(.webex(recordings: 90, faults: faults)) { scenario in
            let limits = LimitOverrides(concurrency: 1)
            let report = try await scenario.sync([scenario.simulator.webexSource(limits: limits)])
            #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
            #expect(try scenario.differences(kismet: false) == [])
        }
    }

    @Test("of a recording at the very edge of the year is no reason to miss it or to fail")
    func edge() async throws {
        try await Scenario.with(.webex(recordings: 5)) { scenario in
            let now = Scenario.start.seconds
            let inside = scenario.simulator.addLateRecording(startedAt: now - Self.year + 700)
            let midnight = scenario.simulator.addLateRecording(startedAt: now - Self.year + 90 * 86_400 + 600)
            let report = try await scenario.sync([scenario.simulator.webexSource()])
            #expect(report.outcomes.map(\.state) == [.complete])
            let ids = try scenario.archive.records(.recordings).compactMap { $0["id"]?.string }
            #expect(ids.count { $0 == inside } == 1 && ids.count { $0 == midnight } == 1)
            let complete = try #require(report.outcomes.first?.complete)
            #expect(complete.count == 1)
            #expect(complete.first.flatMap(\.from).map { $0.seconds <= now - Self.year + 700 } == true)
            #expect(complete.first?.to == Scenario.start)
        }
    }

    @Test("of the accesses comes in UTC, whatever the clocks say")
    func zones() async throws {
        try await Scenario.with(.small()) { scenario in
            let tap = TapTransport()
            _ = try await scenario.sync([scenario.simulator.webexSource()], through: tap.before)
            #expect(tap.urls.allSatisfy { $0.query?.contains("+") != true })
            let times = try scenario.archive.records(.accessEvents).compactMap { $0["occurred_at"]?.string }
            #expect(times.isEmpty == false && times.allSatisfy { $0.hasSuffix("Z") })
        }
    }

    private static func window(_ url: HTTPURL) -> TimeWindow? {
        guard url.path.hasSuffix("accessSummary"), let query = url.query else { return nil }
        let values = query.split(separator: "&").reduce(into: [String: Timestamp]()) { values, pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map { String($0) }
            guard parts.count == 2 else { return }
            values[parts[0]] = Timestamp(parts[1].split(separator: "%3A").joined(separator: ":"))
        }
        guard let from = values["from"], let to = values["to"] else { return nil }
        return TimeWindow(from: from, to: to)
    }
}
