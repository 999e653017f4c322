import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Recording fixtures")
struct FixtureRecorderTests {
    private func recording(of exchanges: [RecordedExchange]) async throws -> FixtureRecording {
        let base = try #require(HTTPURL("https://tapes.example/api"))
        var recorder = FixtureRecorder(
            try TapeConnector().entry(),
            settings: ["login": "archivist-canary", "apiKey": "key-canary"],
            transport: ReplayTransport(exchanges, baseURL: base),
            clock: ManualClock.automatic(at: TapeFixtures.now)
        )
        recorder.since = TapeFixtures.since
        recorder.includesMedia = true
        recorder.note = "by a test"
        return try await recorder.record(key: StandInKey(1, 2))
    }

    private func text(of fixtures: Fixtures) -> String {
        fixtures.files.sorted { $0.key < $1.key }.map { String(decoding: $0.value, as: UTF8.self) }.joined(
            separator: "\n"
        )
    }

    @Test("keeps what is needed for the connector to pass every check again, without anything personal")
    func passes() async throws {
        let recording = try await recording(of: TapeFixtures.fixtures.exchanges)
        #expect(recording.failures == [])
        let report = try await ConformanceSubject(TapeConnector().entry(), fixtures: recording.fixtures).examine()
        #expect(report.problems == [])
        #expect(report.recordings == recording.recordings && report.recordings == 12)
        #expect(report.accessEvents == recording.accessEvents && report.accessEvents == 18)
        let text = text(of: recording.fixtures)
        for canary in ["canary", "Ann", "Bob", "ann@", "Quarterly", "files.example"] { #expect(!text.contains(canary)) }
        #expect(text.contains("2026-01-02T03:04:05Z") && text.contains("\"ready\"") && text.contains("12.5"))
        #expect(recording.kept["/items/*/status"] == ["ready"])
        #expect(recording.fixtures.note == "by a test")
    }

    @Test("gives other stand-ins under another key, and the same under the same")
    func keys() async throws {
        let base = try #require(HTTPURL("https://tapes.example/api"))
        var texts: [String] = []
        for key in [StandInKey(1, 2), StandInKey(1, 2), StandInKey(1, 3)] {
            var recorder = FixtureRecorder(
                try TapeConnector().entry(),
                settings: ["login": "archivist-canary", "apiKey": "key-canary"],
                transport: ReplayTransport(TapeFixtures.fixtures.exchanges, baseURL: base),
                clock: ManualClock.automatic(at: TapeFixtures.now)
            )
            recorder.since = TapeFixtures.since
            texts.append(text(of: try await recorder.record(key: key).fixtures))
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0] != texts[2])
    }

    @Test("without links to files says so, and nothing is asked of them again")
    func withoutMedia() async throws {
        let base = try #require(HTTPURL("https://tapes.example/api"))
        var recorder = FixtureRecorder(
            try TapeConnector().entry(),
            settings: ["login": "archivist-canary", "apiKey": "key-canary"],
            transport: ReplayTransport(TapeFixtures.fixtures.exchanges, baseURL: base),
            clock: ManualClock.automatic(at: TapeFixtures.now)
        )
        recorder.since = TapeFixtures.since
        recorder.extent = ReadingExtent(details: 2)
        let fixtures = try await recorder.record(key: StandInKey(1, 2)).fixtures
        #expect(!fixtures.extent.media && fixtures.extent.details == 2)
        #expect(!fixtures.exchanges.contains { $0.request.path.hasSuffix("/file") })
        let report = try await ConformanceSubject(TapeConnector().entry(), fixtures: fixtures).examine()
        #expect(report.problems == [])
        #expect(report["media_outcomes"] == .skipped("The fixtures hold no media."))
    }

    @Test("leaves out what the host adds to the query to authenticate")
    func queryKeys() async throws {
        let base = try #require(HTTPURL("https://tapes.example/api"))
        let connector = TapeConnector(
            descriptor: TapeConnector.descriptor(
                authentication: .query([(name: "account", setting: "login"), (name: "key", setting: "apiKey")])
            )
        )
        var recorder = FixtureRecorder(
            try connector.entry(),
            settings: ["login": "archivist-canary", "apiKey": "key-canary"],
            transport: KeyedTransport(base: ReplayTransport(TapeFixtures.fixtures.exchanges, baseURL: base)),
            clock: ManualClock.automatic(at: TapeFixtures.now)
        )
        recorder.since = TapeFixtures.since
        recorder.includesMedia = true
        let recording = try await recorder.record(key: StandInKey(1, 2))
        #expect(recording.failures == [])
        #expect(!text(of: recording.fixtures).contains("canary"))
        #expect(recording.fixtures.exchanges.allSatisfy { !$0.request.query.contains { $0.name == "account" } })
        let report = try await ConformanceSubject(connector.entry(), fixtures: recording.fixtures).examine()
        #expect(report.problems == [])
        #expect(report.recordings == 12)
    }

    @Test("ends with the failure when the credentials are rejected")
    func rejected() async throws {
        let exchanges = TapeFixtures.fixtures.exchanges.map { exchange in
            RecordedExchange(exchange.request, RecordedResponse(status: 401))
        }
        let error = await #expect(throws: TapedeckError.self) { try await recording(of: exchanges) }
        #expect(error?.code == .unauthorized)
    }
}

/// A platform that wants a key in every query.
private struct KeyedTransport: HTTPTransport {
    let base: ReplayTransport

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        guard request.queryValue("key") == "key-canary", request.queryValue("account") == "archivist-canary" else {
            return TransportResponse(status: 401)
        }
        var request = request
        let pairs = (request.url.query ?? "").split(separator: "&")
            .filter { !$0.hasPrefix("key=") && !$0.hasPrefix("account=") }
        request.url.query = pairs.isEmpty ? nil : pairs.joined(separator: "&")
        return try await base.send(request)
    }
}
