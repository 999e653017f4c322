import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("One thing goes wrong")
struct FaultTests {
    private static let endpoints: [SimulatorEndpoint] = [
        .kismetOrganizationUsers, .kismetCalls, .kismetEgresses, .kismetAuditLogs, .webexSites, .webexAccessSummary,
        .webexAccessDetail, .webexAccessToken,
    ]

    private static let passing: [FaultEffect] = [
        .tooManyRequests(.seconds(2)), .tooManyRequests(.fraction(0.25)), .tooManyRequests(.date(secondsAhead: 2)),
        .tooManyRequests(.none), .tooManyRequests(.garbage), .tooManyRequests(.seconds(0)),
        .tooManyRequests(.seconds(-5)), .locked(.seconds(1)), .serverError(500, body: .html),
        .serverError(502, body: .empty), .serverError(503, retryAfter: .seconds(3)), .serverError(504), .latency(20),
        .resetBeforeResponse, .resetInBody, .shortBody, .truncatedJSON, .emptyBody, .tokenDeath, .duplicateHeaders,
    ]

    @Test("and passes: the archive is complete after a few requests more", arguments: endpoints)
    func passes(endpoint: SimulatorEndpoint) async throws {
        for effect in Self.passing {
            var plan = SimulatorPlan.small(faults: [Fault(effect, on: .endpoint(endpoint), .nth(1))])
            // A new refresh token that is lost on the way cannot be had again once the old one is dead.
            plan.webex.authorization.rotation = .newOldLives
            try await Scenario.with(plan) { scenario in
                let report = try await scenario.sync(scenario.sources(of: endpoint))
                let failures = report.outcomes.flatMap(\.failures).map(\.code)
                #expect(report.outcomes.map(\.state) == [.complete], "\(effect.kind) \(failures)")
                let (isKismet, isWebex) = (endpoint.platform == .kismet, endpoint.platform == .webex)
                #expect(try scenario.differences(kismet: isKismet, webex: isWebex) == [], "\(effect.kind)")
                #expect(try scenario.archive.repeats() == 0)
                #expect(scenario.simulator.statistics.faults[effect.kind] == 1)
                #expect(scenario.simulator.statistics.requestsWhileRetryAfter <= 2)
                // A token that dies is found out by all that are under way, and each of them is sent once more.
                #expect(report.outcomes.allSatisfy { $0.counts.retries <= 16 })
            }
        }
    }

    @Test("and an answer that stalls is given up and asked for again", arguments: endpoints)
    func stalls(endpoint: SimulatorEndpoint) async throws {
        for effect in [FaultEffect.stallAfterHead, .stallInBody] {
            var plan = SimulatorPlan.small(faults: [Fault(effect, on: .endpoint(endpoint), .nth(1))])
            plan.webex.authorization.rotation = .newOldLives
            try await Scenario.with(plan) { scenario in
                let tap = TapTransport(idleTimeout: .milliseconds(300))
                let report = try await scenario.sync(scenario.sources(of: endpoint), through: tap.before)
                #expect(report.outcomes.map(\.state) == [.complete])
                let (isKismet, isWebex) = (endpoint.platform == .kismet, endpoint.platform == .webex)
                #expect(try scenario.differences(kismet: isKismet, webex: isWebex) == [])
            }
        }
    }

    /// What does not pass by itself, with the code under which it is reported.
    private static let lasting: [(effect: FaultEffect, codes: Set<String>)] = [
        (.htmlPage, ["not_json"]), (.emptyBody, ["truncated_response"]), (.truncatedJSON, ["truncated_response"]),
        (.shortBody, ["truncated_response"]), (.resetInBody, ["connection_failed", "truncated_response"]),
        (.resetBeforeResponse, ["connection_failed"]), (.serverError(500, body: .html), ["server_error"]),
        (.serverError(503, retryAfter: .seconds(1)), ["server_error"]), (.serverError(504), ["server_error"]),
        (.serverError(400), ["unexpected_status"]), (.serverError(404), ["not_found"]), (.serverError(410), ["gone"]),
        (.serverError(428), ["confirmation_required"]), (.tooManyRequests(.none), ["rate_limited"]),
        (.tooManyRequests(.garbage), ["rate_limited"]), (.locked(.seconds(1)), ["rate_limited"]),
    ]

    @Test(
        "and stays: the listing is incomplete with the reason, and what can be had is there",
        arguments: [
            SimulatorEndpoint.kismetCalls, .kismetEgresses, .kismetAuditLogs, .webexAccessSummary, .webexAccessDetail,
        ]
    )
    func lasts(endpoint: SimulatorEndpoint) async throws {
        for (effect, codes) in Self.lasting {
            let plan = SimulatorPlan.small(faults: [Fault(effect, on: .endpoint(endpoint), .always)])
            try await Scenario.with(plan) { scenario in
                let report = try await scenario.sync(scenario.sources(of: endpoint))
                let outcome = try #require(report.outcomes.first)
                #expect([.incomplete, .failed].contains(outcome.state), "\(effect.kind)")
                #expect(!outcome.failures.isEmpty)
                #expect(
                    outcome.failures.allSatisfy { codes.contains($0.code) || $0.code == "stopped" },
                    "\(effect.kind)"
                )
                #expect(outcome.failures.first.map { codes.contains($0.code) } == true, "\(effect.kind)")
                let covered = scenario.simulator.webexTruth().summaries.filter { summary in
                    outcome.complete.contains { range in
                        summary.timeRecorded < range.to.seconds
                            && summary.timeRecorded >= range.from?.seconds ?? .min
                    }
                }
                #expect(covered.isEmpty)
                #expect(scenario.simulator.statistics.requests < 600, "\(effect.kind)")
                #expect(scenario.simulator.statistics.requestsWhileRetryAfter <= 8)
                for kind in [RecordKind.recordings, .accessEvents] {
                    #expect(Vocabulary.violations(try scenario.archive.records(kind), of: kind) == [])
                }
            }
        }
    }

    @Test("in a single part, and only that part is missing", arguments: [FaultEffect.htmlPage, .serverError(400)])
    func onePart(effect: FaultEffect) async throws {
        for endpoint in [SimulatorEndpoint.kismetEgresses, .kismetAuditLogs, .webexAccessSummary, .webexAccessDetail] {
            let plan = SimulatorPlan.small(faults: [Fault(effect, on: .endpoint(endpoint), .nth(3))])
            try await Scenario.with(plan) { scenario in
                let report = try await scenario.sync(scenario.sources(of: endpoint))
                let outcome = try #require(report.outcomes.first)
                #expect(outcome.state == .incomplete)
                // A recording whose accesses are missing can stand in two listings, and then it is missing in both.
                let parts = [.kismetAuditLogs, .webexAccessDetail].contains(endpoint) ? 1...2 : 1...1
                #expect(parts.contains(outcome.counts.listingsIncomplete))
                #expect(outcome.failures.count == 1)
                #expect(outcome.failures.first?.reason.contains("GET /") == true)
                #expect(parts.contains(try await scenario.archive.gaps(at: scenario.clock.now).count))
                _ = try await scenario.sync(scenario.sources(of: endpoint))
                let (isKismet, isWebex) = (endpoint.platform == .kismet, endpoint.platform == .webex)
                #expect(try scenario.differences(kismet: isKismet, webex: isWebex) == [])
                #expect(try scenario.archive.repeats() == 0)
            }
        }
    }

    @Test("before anything was found: the source failed, and the other is complete")
    func discovery() async throws {
        let faults = [Fault(.htmlPage, on: .endpoint(.kismetOrganizationUsers))]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.failed, .complete])
            #expect(report.outcomes[0].failures.map(\.code) == ["not_json"])
            #expect(try scenario.differences(kismet: false) == [])
        }
        try await Scenario.with(.small(faults: [Fault(.htmlPage, on: .endpoint(.webexSites))])) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .failed])
            #expect(try scenario.differences(webex: false) == [])
        }
    }

    @Test("and nobody asks while the platform wants quiet", arguments: [1, 8])
    func quiet(concurrency: Int) async throws {
        let faults = [
            Fault(.tooManyRequests(.seconds(5)), on: .platform(.kismet), .every(9)),
            Fault(.tooManyRequests(.date(secondsAhead: 4)), on: .platform(.webex), .every(11)),
            Fault(.locked(.seconds(3)), on: .endpoint(.webexAccessDetail), .nth(6)),
        ]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let limits = LimitOverrides(concurrency: concurrency)
            let report = try await scenario.sync([
                scenario.simulator.kismetSource(limits: limits), scenario.simulator.webexSource(limits: limits),
            ])
            #expect(report.outcomes.map(\.state) == [.complete, .complete])
            #expect(try scenario.differences() == [])
            let statistics = scenario.simulator.statistics
            #expect(statistics.tooManyRequests > 5)
            let allowed = concurrency == 1 ? 0 : statistics.tooManyRequests
            #expect(statistics.requestsWhileRetryAfter <= allowed)
        }
    }
}

extension Scenario {
    /// The source that an endpoint belongs to.
    func sources(of endpoint: SimulatorEndpoint) -> [SourceConfiguration] {
        [endpoint.platform == .kismet ? simulator.kismetSource() : simulator.webexSource()]
    }
}
