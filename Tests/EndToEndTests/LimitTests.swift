import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Limits")
struct LimitTests {
    @Test("of fifty requests a second are kept, whatever the bucket holds", arguments: [50, 1])
    func bucket(capacity: Int) async throws {
        var plan = SimulatorPlan.webex(recordings: 200)
        plan.webex.sites[0].recordings = 230
        plan.rateLimit = RateLimitPlan(.tokenBucket(perSecond: 50, capacity: capacity), announcement: .fraction)
        let simulator = try PlatformSimulator(plan: plan)
        try simulator.start()
        defer { simulator.stop() }
        let archive = try Archive()
        defer { archive.remove() }
        let report = try await archive.sync([simulator.webexSource()])
        #expect(report.outcomes.map(\.state) == [.complete])
        #expect(try archive.records(.recordings).count == 230)
        let statistics = simulator.statistics
        #expect(statistics.requests > 170)
        #expect(statistics.tooManyRequests < 60)
        #expect(report.outcomes.first?.counts.rateLimited == statistics.tooManyRequests)
    }

    @Test("of a fixed number of requests in each second are kept")
    func fixedWindow() async throws {
        var plan = SimulatorPlan.small()
        plan.rateLimit = RateLimitPlan(.fixedWindow(limit: 20, seconds: 1), announcement: .seconds)
        try await Scenario.with(plan) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete])
            #expect(try scenario.differences() == [])
        }
    }

    @Test("that ask for a longer wait than allowed end the source with the time to come back, and nothing is lost")
    func comeBack() async throws {
        let faults = [Fault(.tooManyRequests(.seconds(7_200)), on: .endpoint(.webexAccessDetail), .nth(9))]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .tryLater])
            let outcome = report.outcomes[1]
            let retryAt = try #require(outcome.retryAt)
            #expect(retryAt.duration(since: Scenario.start) >= .seconds(7_200))
            #expect(retryAt.duration(since: scenario.clock.now) <= .seconds(7_201))
            #expect(outcome.failures.first?.code == "wait_too_long")
            #expect(try scenario.archive.records(.recordings).count >= outcome.counts.written[.recordings, default: 0])
            #expect(scenario.simulator.statistics.requestsWhileRetryAfter <= 3)
            #expect(try await scenario.archive.statuses().first?.lastOutcome?.retryAt == outcome.retryAt)
            scenario.clock.advance(by: .seconds(7_201))
            let again = try await scenario.sync()
            #expect(again.outcomes.map(\.state) == [.complete, .complete])
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    @Test("of the operator are longer than the connector's own: a wait of an hour is kept when it is allowed")
    func longWaitAllowed() async throws {
        let faults = [Fault(.tooManyRequests(.seconds(3_600)), on: .endpoint(.kismetEgresses), .nth(2))]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let limits = LimitOverrides(maximumWait: .seconds(4_000))
            let report = try await scenario.sync([scenario.simulator.kismetSource(limits: limits)])
            #expect(report.outcomes.map(\.state) == [.complete])
            #expect(scenario.clock.now.duration(since: Scenario.start) >= .seconds(3_600))
            #expect(try scenario.differences(webex: false) == [])
        }
    }

    @Test("of the token endpoint that are too long end the source in the same way")
    func tokenEndpoint() async throws {
        let faults = [Fault(.tooManyRequests(.seconds(7_200)), on: .endpoint(.webexAccessToken))]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let report = try await scenario.sync([scenario.simulator.webexSource()])
            #expect(report.outcomes.map(\.state) == [.tryLater])
            #expect(report.outcomes.first?.retryAt != nil)
            #expect(scenario.requests(.webexAccessToken) == 1)
        }
    }

    @Test("of a wait before the first answer end the source before anything was read")
    func atOnce() async throws {
        let faults = [Fault(.tooManyRequests(.date(secondsAhead: 86_400)), on: .platform(.kismet))]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let report = try await scenario.sync([scenario.simulator.kismetSource()])
            #expect(report.outcomes.map(\.state) == [.tryLater])
            #expect(scenario.requests(.kismetOrganizationUsers) == 1)
        }
    }
}
