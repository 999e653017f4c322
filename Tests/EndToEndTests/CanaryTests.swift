import CurlTransport
import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization
import Testing

@Suite("Secrets and personal data")
struct CanaryTests {
    private static let secrets = [
        "canary-kismet-id", "canary-kismet-secret", "canary-access", "canary-refresh", "canary-client-secret",
        "canary-foreign", "webex-access-", "webex-refresh-",
    ]
    private static let people = [
        "Example Topic", "All hands", "Sync\u{201d}", "Initial Consult", "Group Session", "John Andersen",
        "Brenda Song", "joeDoe", "john.andersen", "li.wei", "@example.com", "@clinic.example", "Clinician", "Dave",
    ]

    private static let effects: [FaultEffect] = [
        .htmlPage, .emptyBody, .truncatedJSON, .shortBody, .resetInBody, .serverError(500, body: .html),
        .serverError(400), .serverError(403), .serverError(404), .serverError(504), .tooManyRequests(.seconds(7_200)),
        .tooManyRequests(.garbage), .linkToSelf, .garbageLink, .foreignLink(origin: "https://x.example/canary-foreign"),
        .tokenDeath, .redirect(status: 302, origin: "http://127.0.0.1:9/canary-foreign"),
    ]

    private static let endpoints: [SimulatorEndpoint] = [
        .kismetOrganizationUsers, .kismetCalls, .kismetEgresses, .kismetAuditLogs, .webexSites, .webexAccessSummary,
        .webexAccessDetail, .webexAccessToken,
    ]

    @Test("are in no report, no progress, no status and not in the ledger, whatever goes wrong")
    func outputs() async throws {
        for (index, effect) in Self.effects.enumerated() {
            // Each fault strikes some requests of every endpoint, so that some of each are read before and after.
            var plan = Self.plan
            plan.faults = Self.endpoints.map { endpoint in
                Fault(effect, on: .endpoint(endpoint), index.isMultiple(of: 2) ? .every(3) : .always)
            }
            try await Scenario.with(plan) { scenario in
                let outputs = Outputs()
                let sources = scenario.sources
                for _ in 0..<2 {
                    do {
                        outputs.add(try await scenario.sync(sources, onProgress: { outputs.add($0) }))
                    } catch {
                        outputs.add(error)
                    }
                }
                for status in try await scenario.archive.statuses() { outputs.add(status) }
                #expect(outputs.found(Self.secrets + Self.people) == [], "\(effect.kind)")
                #expect(try scenario.ledgerHolds(Self.secrets.dropLast(2) + Self.people) == [], "\(effect.kind)")
            }
        }
    }

    @Test("are not in what rejected credentials and wrong settings bring about")
    func rejected() async throws {
        try await Scenario.with(Self.plan) { scenario in
            let outputs = Outputs()
            var kismet = scenario.simulator.kismetSource()
            kismet.settings["clientSecret"] = "canary-kismet-secret-of-yore"
            scenario.simulator.killRefreshTokens()
            outputs.add(
                try await scenario.sync(
                    [kismet, scenario.simulator.webexSource()],
                    onProgress: { outputs.add($0) }
                )
            )
            var broken = scenario.simulator.webexSource()
            broken.settings["accessToken"] = "canary-access\r\nX-Other: 1"
            var misspelt = kismet
            misspelt.settings["clientSecrets"] = "canary-kismet-secret"
            misspelt.settings["baseURL"] = "ftp://canary-foreign"
            for source in [broken, misspelt] {
                do {
                    outputs.add(try await scenario.sync([source]))
                } catch {
                    outputs.add(error)
                }
                let configuration = HostConfiguration(sources: [source])
                outputs.add(Host.problems(in: configuration, registry: try Archive.registry()))
            }
            #expect(outputs.found(Self.secrets + Self.people) == [])
            #expect(try scenario.ledgerHolds(Self.secrets + Self.people) == [])
        }
    }

    @Test("are not shown by a configuration or a host that somebody logs")
    func configuration() async throws {
        try await Scenario.with(Self.plan) { scenario in
            let outputs = Outputs()
            let configuration = HostConfiguration(sources: scenario.sources)
            outputs.add(configuration)
            outputs.add(configuration.sources)
            let transport = try CurlTransport()
            let registry = try Archive.registry()
            outputs.add(Host(registry: registry, configuration: configuration, transport: transport))
            await transport.shutdown()
            #expect(outputs.found(Self.secrets) == [])
        }
    }

    @Test("that must be kept stand in the ledger's tokens alone, and personal data in the files alone")
    func ledger() async throws {
        try await Scenario.with(Self.plan) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete])
            #expect(try scenario.ledgerHolds(Self.secrets.dropLast(2) + Self.people) == [])
            // A row of the tokens is the access token, its end, the refresh token and a hash, one after another.
            let tokens = try scenario.ledgerText().split(separator: "webex-access-").dropFirst()
            #expect(tokens.isEmpty == false)
            #expect(tokens.allSatisfy { $0.prefix(80).contains("Zwebex-refresh-") })
            let all = try [RecordKind.recordings, .accessSummaries, .accessEvents]
                .map { try scenario.archive.contents(of: $0) }.joined()
            #expect(Self.secrets.filter { all.contains($0) } == [])
            #expect(["Example Topic", "John Andersen", "joeDoe"].allSatisfy { all.contains($0) })
        }
    }

    @Test("of an access token that was configured are kept nowhere")
    func accessToken() async throws {
        try await Scenario.with(Self.plan) { scenario in
            let source = SourceConfiguration(
                id: "acme",
                connector: "webex",
                settings: [
                    "baseURL": .string(scenario.simulator.webexBaseURL), "accessToken": "canary-access", "sites": "all",
                    "hostEmail": ["john.andersen@example.com", "host1.site1@example.com"],
                ]
            )
            let outputs = Outputs()
            outputs.add(try await scenario.sync([source], onProgress: { outputs.add($0) }))
            for status in try await scenario.archive.statuses() { outputs.add(status) }
            #expect(outputs.found(Self.secrets + Self.people) == [])
            #expect(try scenario.ledgerHolds(Self.secrets + Self.people) == [])
        }
    }

    private static var plan: SimulatorPlan {
        var plan = SimulatorPlan.small()
        plan.kismet.clientID = "canary-kismet-id"
        plan.kismet.clientSecret = "canary-kismet-secret"
        plan.webex.authorization = WebexAuthorizationPlan(
            accessToken: "canary-access",
            refreshToken: "canary-refresh",
            clientSecret: "canary-client-secret"
        )
        return plan
    }
}

/// Everything that a person or a log could be shown, in every way in which Swift shows a value.
private final class Outputs: Sendable {
    private let text = Mutex("")

    func add(_ value: Any) {
        var shown = "\(String(describing: value))\n\(String(reflecting: value))\n"
        dump(value, to: &shown)
        text.withLock { $0 += shown }
    }

    func found(_ canaries: [String]) -> [String] {
        text.withLock { text in canaries.filter { text.contains($0) } }
    }
}

extension Scenario {
    /// The bytes of the ledger and of the files beside it.
    fileprivate func ledgerText() throws -> String {
        try ["tapedeck.db", "tapedeck.db-wal", "tapedeck.db.lock"].reduce("") { text, name in
            guard FileManager.default.fileExists(atPath: path(name)) else { return text }
            return text + String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
        }
    }

    /// Which of the texts the ledger holds.
    fileprivate func ledgerHolds(_ canaries: [String]) throws -> [String] {
        let text = try ledgerText()
        return canaries.filter { text.contains($0) }
    }
}
