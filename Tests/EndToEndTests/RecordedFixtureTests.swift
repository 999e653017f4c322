import CurlTransport
import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Fixtures recorded from the simulated platforms")
struct RecordedFixtureTests {
    private static let people = [
        "Example Topic", "All hands", "Sync\u{201d}", "Initial Consult", "Group Session", "John Andersen",
        "Brenda Song", "joeDoe", "john.andersen", "li.wei", "@example.com", "@clinic.example", "Clinician", "Dave",
        "example.webex.com", "127.0.0.1",
    ]

    private static var plan: SimulatorPlan {
        var plan = SimulatorPlan.small(faults: [.smallSummaryPages(5)])
        plan.kismet.clientID = "canary-kismet-id"
        plan.kismet.clientSecret = "canary-kismet-secret"
        plan.webex.authorization.clientSecret = "canary-client-secret"
        plan.webex.authorization.refreshToken = "canary-refresh"
        return plan
    }

    private func record(
        _ source: SourceConfiguration,
        _ scenario: Scenario,
        through wrap: (any HTTPTransport) -> any HTTPTransport = { $0 }
    ) async throws -> FixtureRecording {
        let entry = try #require(try Archive.registry()[source.connector])
        let transport = try CurlTransport()
        var recorder = FixtureRecorder(
            entry,
            settings: source.settings,
            transport: wrap(transport),
            clock: scenario.clock
        )
        recorder.includesMedia = true
        recorder.note = "Recorded from the simulator."
        do {
            let recording = try await recorder.record(key: StandInKey(0x1234, 0x5678))
            await transport.shutdown()
            return recording
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    @Test("hold nothing that was planted anywhere, and still pass all checks", arguments: ["kismet", "webex"])
    func canaries(connector: String) async throws {
        try await Scenario.with(Self.plan) { scenario in
            let source = try #require(scenario.sources.first { $0.connector == connector })
            let secret = connector == "kismet" ? "canary-kismet-secret" : "canary-client-secret"
            let recording = try await record(source, scenario) {
                PlantingTransport(base: $0, secret: secret)
            }
            #expect(recording.recordings > 5)
            for (name, bytes) in recording.fixtures.files {
                let found =
                    PlantingTransport.found(secret, in: bytes)
                    + Self.people.filter {
                        String(decoding: bytes, as: UTF8.self).contains($0)
                    }
                #expect(found == [], "\(name)")
            }
            let entry = try #require(try Archive.registry()[connector])
            let report = try await ConformanceSubject(entry, fixtures: recording.fixtures).examine()
            #expect(report.problems == [])
            #expect(report.recordings == recording.recordings)
            #expect(report.accessEvents == recording.accessEvents)
        }
    }

    /// To record them anew, run this with `TAPEDECK_RECORD_FIXTURES` set.
    @Test("are those that the connectors' own tests read", arguments: ["kismet", "webex"])
    func written(connector: String) async throws {
        try await Scenario.with(Self.plan) { scenario in
            let source = try #require(scenario.sources.first { $0.connector == connector })
            let fixtures = try await record(source, scenario).fixtures
            let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Connectors")
            let folder = root.appending(path: "\(connector.capitalized)/Tests/Fixtures/Recorded").standardized.path
            if ProcessInfo.processInfo.environment["TAPEDECK_RECORD_FIXTURES"] != nil {
                try fixtures.write(to: folder)
            }
            #expect(try Fixtures(folder: folder).files == fixtures.files)
        }
    }
}

/// Plants credentials and personal data wherever an answer has room for them.
private struct PlantingTransport: HTTPTransport {
    let base: any HTTPTransport
    let secret: String

    static let person = "zelda.canary@clinic.example"
    static let name = "Zelda Fitzcanary"

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        var response = try await base.send(request)
        let isToken = request.url.path.hasSuffix("access_token")
        guard !isToken, response.status == 200, response.body.first == UInt8(ascii: "{") else { return response }
        response.headers.add("Set-Cookie", "session=\(secret)")
        response.headers.add("X-Debug", Self.person)
        response.headers.set("Content-Type", "application/json; name=\"\(Self.name)\"")
        let text = String(decoding: response.body, as: UTF8.self)
        response.body = Array(text.replacing("{\"", with: "{\(members),\"").utf8)
        return response
    }

    private var members: String {
        let encoded = Data("user:\(secret)".utf8).base64EncodedString()
        let address = Data(Self.person.utf8).base64EncodedString()
        let escaped = secret.map { "\\u00" + String($0.asciiValue ?? 0, radix: 16) }.joined()
        return """
            "note":"Call \(Self.name) at \(Self.person)","whois":"\(Self.name)","internalToken":"canary-token","blob":"\(encoded)",\
            "trackId":"id-\(address)-7","state":"\(escaped)","nested":{"deep":[{"link":\
            "https://cdn.example/\(Self.person)/x.mp4?sig=canary-signature&who=Zelda%20Fitzcanary"},["\(Self.name)"]]},\
            "\(Self.person)":"by e-mail","phone":"+49 30 canary","passcode":"canary-passcode","objectId":"canary-token-1"
            """
    }

    /// What is left of it in a file, also encoded.
    static func found(_ secret: String, in bytes: [UInt8]) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        var canaries = ["canary", "Fitzcanary", "Zelda", person, "zelda", "webex-access-", "webex-refresh-"]
        for plain in [secret, person, name, "user:\(secret)"] {
            for cut in 0..<3 {
                // The middle of the base64 is the same wherever in a longer text the plain text begins.
                let encoded = Data((String(repeating: "x", count: cut) + plain).utf8).base64EncodedString()
                canaries.append(String(encoded.dropFirst(4).dropLast(4)))
            }
            canaries.append(plain.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? plain)
        }
        return canaries.filter { text.contains($0) }
    }
}
