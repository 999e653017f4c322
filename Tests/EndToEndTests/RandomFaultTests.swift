import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Whatever goes wrong")
struct RandomFaultTests {
    private static let effects: [FaultEffect] = [
        .tooManyRequests(.seconds(3)), .tooManyRequests(.garbage), .tooManyRequests(.seconds(7_200)),
        .locked(.none), .serverError(500, body: .html), .serverError(503, retryAfter: .seconds(2)), .serverError(504),
        .serverError(404), .serverError(400), .resetBeforeResponse, .resetInBody, .shortBody, .truncatedJSON,
        .htmlPage, .emptyBody, .linkToSelf, .linkToStart, .garbageLink, .foreignLink(origin: "https://x.example"),
        .tokenDeath, .duplicateHeaders,
    ]
    private static let endpoints: [SimulatorEndpoint] = [
        .kismetOrganizationUsers, .kismetCalls, .kismetEgresses, .kismetAuditLogs, .webexSites, .webexAccessSummary,
        .webexAccessDetail,
    ]

    @Test(
        "the runs after it bring the archive to the truth, with no line too many",
        arguments: 1...6 as ClosedRange<UInt64>
    )
    func healing(seed: UInt64) async throws {
        var state = seed &* 0x9e37_79b9_7f4a_7c15
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var plan = SimulatorPlan.small(seed: seed)
        plan.faults = (0..<60).map { _ in
            let effect = Self.effects[below(Self.effects.count)]
            return Fault(effect, on: .endpoint(Self.endpoints[below(Self.endpoints.count)]), .nth(1 + below(60)))
        }
        plan.faults.append(.smallSummaryPages(5))
        try await Scenario.with(plan) { scenario in
            var states: [SourceState] = []
            var runs = 0
            while runs < 4 || (runs < 60 && states != [.complete, .complete]) {
                let report = try await scenario.sync()
                states = report.outcomes.map(\.state)
                #expect(report.failure == nil && !states.contains(.credentialsRejected))
                #expect(report.outcomes.allSatisfy { ($0.state == .complete) == $0.failures.isEmpty })
                scenario.clock.advance(by: .seconds(7_300))
                runs += 1
            }
            #expect(states == [.complete, .complete])
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
            let gaps = try await scenario.archive.gaps(at: scenario.clock.now)
            #expect(gaps == [])
        }
    }
}
