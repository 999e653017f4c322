import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

/// The expected signatures were computed with another implementation of HMAC (Python's `hmac`).
@Suite("Signed requests")
struct RequestSigningTests {
    private static let specification = SettingsSpecification(fields: [
        SettingField("key", .string, help: "Key.", isSecret: true), SettingField("account", .string, help: "Account."),
    ])
    private static let lines: CredentialTemplate = """
        {request.method}
        {request.path}
        {request.query}
        {request.bodySHA256}
        {request.timestamp}
        {request.nonce}
        {account}
        """
    private static let nonce = String(repeating: "7fffffff", count: 4)
    private static let fields = [
        CredentialField("Authorization", "HMAC {account}:{signature}"),
        CredentialField("X-Time", "{request.timestamp}"), CredentialField("X-Nonce", "{request.nonce}"),
    ]

    private func bench(
        _ settings: HMACSettings,
        key: String = "k3y",
        _ routes: [ScriptedRoute]
    ) async throws -> SenderBench {
        let clock = ManualClock.automatic(at: SenderBench.start)
        var factory = try TokenRig([], clock: clock)
            .factory(Self.specification.parse(["key": .string(key), "account": "acc-7"]))
        factory.random = { 0.5 }
        return try SenderBench(routes, authenticator: try factory.make(.hmac(settings)), clock: clock)
    }

    @Test("carry the signature of exactly what is sent, computed for each attempt anew")
    func attempts() async throws {
        let settings = HMACSettings(key: "key", message: Self.lines, fields: Self.fields, timestamp: .unixMilliseconds)
        let bench = try await bench(
            settings,
            [ScriptedRoute("GET", "/v1/things", answers: [.status(500), .json(nil)])]
        )
        try await bench.send(.get("/things", query: [QueryItem("a", "b c"), QueryItem("z", "1")]))
        let requests = bench.transport.requests
        #expect(requests.map { $0.headers["X-Time"] } == ["1800000000000", "1800000000250"])
        #expect(
            requests.map { $0.headers["Authorization"] } == [
                "HMAC acc-7:9f123ee40d158b1bb04bb8cbf61717ebcb3a471cd666aa7779b64cefa37351c9",
                "HMAC acc-7:33fc230eae064bf8c5f12a2f92e82231877dbc973ecacb0e63d24e88025581b5",
            ]
        )
        #expect(requests.allSatisfy { $0.headers["X-Nonce"] == Self.nonce })
    }

    @Test("cover the content, and can be written in base64")
    func content() async throws {
        let settings = HMACSettings(key: "key", message: Self.lines, fields: Self.fields, encoding: .base64)
        let bench = try await bench(settings, [ScriptedRoute("POST", "/v1/things", answers: [.json(nil)])])
        var request = APIRequest("POST", "/things")
        request.body = .json(Array(#"{"n":1}"#.utf8))
        try await bench.send(request)
        #expect(
            bench.transport.requests.first?.headers["Authorization"]
                == "HMAC acc-7:IjDzMrBgbEaMVfL3uhfstT24Mv2T21UxmnaBniMGnxg="
        )
    }

    @Test("take a key that is bytes", arguments: [(HMACSettings.Encoding.hex, "00FF10"), (.base64, "AP8Q")])
    func keys(encoding: HMACSettings.Encoding, key: String) async throws {
        let settings = HMACSettings(
            key: "key",
            keyEncoding: encoding,
            message: Self.lines,
            fields: Self.fields,
            timestamp: .rfc3339
        )
        let bench = try await bench(settings, key: key, [ScriptedRoute("GET", "/v1/things", answers: [.json(nil)])])
        try await bench.send(.get("/things", query: [QueryItem("a", "b c"), QueryItem("z", "1")]))
        let sent = try #require(bench.transport.requests.first)
        #expect(sent.headers["X-Time"] == "2027-01-15T08:00:00Z")
        #expect(
            sent.headers["Authorization"]
                == "HMAC acc-7:248f7dabf19da9bc96f94ed33d90964dc2fc0de2ca21b4546b6f049a6645a965"
        )
    }

    @Test(
        "with a key that is not what it should be are refused without showing it",
        arguments: [(HMACSettings.Encoding.hex, "k3y"), (.hex, "abc"), (.base64, "k3y!"), (.base64, "k3ykk")]
    )
    func brokenKeys(encoding: HMACSettings.Encoding, key: String) async {
        let settings = HMACSettings(key: "key", keyEncoding: encoding, message: "m", fields: Self.fields)
        let error = await failure { _ = try await bench(settings, key: key, []) }
        #expect(error?.code == .configurationInvalid)
        #expect(error?.description.contains(key) == false)
    }

    @Test("are signed again for a redirect's place, and carry nothing to another origin")
    func redirects() async throws {
        let settings = HMACSettings(key: "key", message: "{request.target}", fields: Self.fields)
        let bench = try await bench(
            settings,
            [
                ScriptedRoute("GET", "/v1/things", answers: [.status(302, headers: ["Location": "/v1/b?x=1"])]),
                ScriptedRoute("GET", "/v1/b", answers: [.status(302, headers: ["Location": "https://other.test/c"])]),
                ScriptedRoute("GET", "/c", answers: [.json(nil)]),
            ]
        )
        try await bench.send()
        let sent = bench.transport.requests
        #expect(sent.count == 3)
        #expect(Set(sent.prefix(2).compactMap { $0.headers["Authorization"] }).count == 2)
        for field in Self.fields { #expect(sent.last?.headers[field.name] == nil) }
    }
}
