import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Credentials")
struct CredentialTests {
    @Test("that Kismet rejects end its source, with the endpoint and the platform's request id, and not the other")
    func wrongSecret() async throws {
        try await Scenario.with(.small()) { scenario in
            var kismet = scenario.simulator.kismetSource()
            kismet.settings["clientSecret"] = "wrong-secret"
            let report = try await scenario.sync([kismet, scenario.simulator.webexSource()])
            #expect(report.outcomes.map(\.state) == [.credentialsRejected, .complete])
            let failure = try #require(report.outcomes[0].failures.first)
            #expect(failure.code == "unauthorized")
            #expect(failure.reason.contains("GET /organization_users"))
            #expect(failure.reason.contains("request id"))
            #expect(!failure.reason.contains("wrong-secret"))
            #expect(scenario.requests(.kismetOrganizationUsers) == 1)
            #expect(try scenario.differences(kismet: false) == [])
        }
    }

    @Test("that Webex has retired are renewed once for all that wait")
    func deadAccessToken() async throws {
        let faults = [
            Fault(.tokenDeath, on: .endpoint(.webexAccessDetail), .nth(7)),
            Fault(.tokenDeath, on: .endpoint(.webexAccessDetail), .nth(19)),
        ]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let report = try await scenario.sync([scenario.simulator.webexSource()])
            #expect(report.outcomes.map(\.state) == [.complete])
            #expect(try scenario.differences(kismet: false) == [])
            #expect(scenario.simulator.statistics.tokenRefreshes == 3)
        }
    }

    @Test("of a refresh token that is dead are rejected, and nothing else is asked for")
    func deadRefreshToken() async throws {
        try await Scenario.with(.small()) { scenario in
            scenario.simulator.killRefreshTokens()
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .credentialsRejected])
            let failure = try #require(report.outcomes[1].failures.first)
            #expect(failure.code == "unauthorized")
            #expect(failure.reason.contains("token endpoint") && failure.reason.contains("request id"))
            #expect(scenario.requests(.webexSites) == 0)
            #expect(scenario.requests(.webexAccessToken) == 1)
        }
    }

    @Test("that die half-way with no new ones to be had end the source, and what was read is kept")
    func deathHalfWay() async throws {
        try await Scenario.with(.small()) { scenario in
            let source = [scenario.simulator.webexSource()]
            let kill: @Sendable (SourceProgress) -> Void = { progress in
                guard progress.pages == 9 else { return }
                scenario.simulator.killAccessTokens()
                scenario.simulator.killRefreshTokens()
            }
            let report = try await scenario.sync(source, onProgress: kill)
            #expect(report.outcomes.map(\.state) == [.credentialsRejected])
            #expect(report.outcomes[0].failures.first?.code == "unauthorized")
            let records = try scenario.archive.records(.recordings)
            #expect(records.count == report.outcomes[0].counts.written[.recordings] && records.count > 0)
            #expect(scenario.simulator.statistics.requests < 60)
        }
    }

    @Test("that were rotated are used by the next run", arguments: [WebexAuthorizationPlan.Rotation.newOldDies, .same])
    func rotation(rotation: WebexAuthorizationPlan.Rotation) async throws {
        var plan = SimulatorPlan.small()
        plan.webex.authorization.rotation = rotation
        plan.webex.authorization.expiresIn = 3_600
        try await Scenario.with(plan) { scenario in
            let source = [scenario.simulator.webexSource()]
            for run in 1...3 {
                let report = try await scenario.sync(source)
                #expect(report.outcomes.map(\.state) == [.complete])
                #expect(scenario.simulator.statistics.tokenRefreshes == run)
                scenario.clock.advance(by: .seconds(7_200))
            }
            #expect(try scenario.differences(kismet: false) == [])
        }
    }

    @Test("that still work are not renewed")
    func stillFresh() async throws {
        try await Scenario.with(.small()) { scenario in
            let source = [scenario.simulator.webexSource()]
            for _ in 0..<2 { _ = try await scenario.sync(source) }
            #expect(scenario.simulator.statistics.tokenRefreshes == 1)
        }
    }

    @Test("without the scope are told from wrong ones")
    func missingScope() async throws {
        var plan = SimulatorPlan.small()
        plan.webex.authorization.scopes = ["meeting:admin_preferences_read"]
        try await Scenario.with(plan) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .credentialsRejected])
            let failure = try #require(report.outcomes[1].failures.first)
            #expect(failure.code == "forbidden")
            #expect(failure.reason.contains("status 403") && failure.reason.contains("request id"))
            #expect(scenario.requests(.webexAccessSummary) <= 8)
        }
    }

    @Test("of one host see that host's recordings, with an access token alone")
    func ownRecordings() async throws {
        var plan = SimulatorPlan.small()
        plan.webex.authorization.scopes = WebexAuthorizationPlan.userScopes
        try await Scenario.with(plan) { scenario in
            let source = SourceConfiguration(
                id: "acme",
                connector: "webex",
                settings: [
                    "baseURL": .string(scenario.simulator.webexBaseURL),
                    "accessToken": .string(plan.webex.authorization.accessToken),
                ]
            )
            let report = try await scenario.sync([source])
            #expect(report.outcomes.map(\.state) == [.complete])
            let hosts = try scenario.archive.records(.recordings).compactMap { $0["host"]?["email"]?.string }
            let expected = scenario.simulator.webexTruth().summaries
                .filter { $0.siteURL == "site4-example.webex.com" && $0.hostEmail == "john.andersen@example.com" }
            #expect(hosts.count == expected.count && hosts.count > 0)
            #expect(Set(hosts) == ["john.andersen@example.com"])
        }
    }

    @Test("do not follow a redirect to another origin", arguments: [302, 307])
    func redirects(status: Int) async throws {
        let stranger = try PlatformSimulator(plan: .small())
        try stranger.start()
        defer { stranger.stop() }
        let redirect = FaultEffect.redirect(status: status, origin: stranger.origin)
        let faults = [
            Fault(redirect, on: .endpoint(.kismetEgresses), .nth(2)),
            Fault(redirect, on: .endpoint(.webexAccessSummary), .nth(2)),
        ]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.incomplete, .incomplete])
            #expect(report.outcomes.allSatisfy { $0.failures.map(\.code) == ["redirect_refused"] })
            #expect(scenario.simulator.statistics.tokenRefreshes == 1)
            // The stranger has the same credentials, so what it refused came without them.
            #expect(stranger.statistics.requests == stranger.statistics.clientErrors)
        }
    }
}
