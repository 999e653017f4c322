import RawJSON
import RecordingKit
import Testing

@testable import PluginProtocol

@Suite("What a connector says of itself, as JSON")
struct DescriptionTests {
    static let full = ConnectorDescriptor(
        id: "archive",
        name: "Archive",
        summary: "All of it.",
        baseURL: "https://archive.example/api",
        authentication: .firstConfigured([
            .bearer(setting: "token"),
            .oauthRefreshToken(
                OAuthSettings(tokenEndpoint: "/token", clientID: "oauth.id", clientSecret: "oauth.secret"),
                refreshToken: "oauth.refresh"
            ),
        ]),
        settings: [
            SettingField("token", .string, help: "Token.", isSecret: true),
            SettingField(
                "oauth",
                .object([
                    SettingField("id", .string, help: "Id.", isRequired: true),
                    SettingField("secret", .string, help: "Secret.", isRequired: true, isSecret: true),
                ]),
                help: "OAuth."
            ),
            SettingField("size", .integer(1...500), help: "Size.", default: 100),
            SettingField("any", .integer(.min ... .max), help: "Any."),
            SettingField("sites", .oneOrMore(.choice(["all", "some"])), help: "Sites.", default: "all"),
            SettingField("calls", .list(.object([SettingField("callID", .identifier, help: "Call.")])), help: "Calls."),
            SettingField("from", .timestamp, help: "From."),
            SettingField("flag", .boolean, help: "Flag.", default: true),
            SettingField("link", .url, help: "Link."),
        ],
        produces: [.recordings, .accessEvents, .media],
        credentialAdvice: "Ask.",
        limits: ConnectorLimits(concurrency: 3, requestsPerSecond: 2.5, maximumWait: .seconds(90)),
        windowRules: WindowRules(
            longestSpan: .seconds(30 * 86_400),
            horizon: .seconds(180 * 86_400),
            horizonMargin: .seconds(1_200),
            unit: .dayInUnknownZone,
            includesEnd: true,
            settlesAfter: .seconds(86_400)
        ),
        startSetting: "from",
        responseRules: [
            ResponseRule(status: 420, meaning: .rateLimited),
            ResponseRule(status: 200, at: "/errors/0/code", equals: "40", meaning: .failure(.forbidden)),
            ResponseRule(
                statuses: ResponseRule.anyStatus,
                at: "/throttled",
                equals: "true",
                wait: .body(at: "/wait", as: .milliseconds),
                meaning: .retry
            ),
            ResponseRule(status: 503, wait: .header("X-Wait"), meaning: .unauthorized),
        ],
        rateSignals: RateSignals(
            limit: ["X-Limit"],
            remaining: ["X-Left", "X-Remaining"],
            reset: ["X-Reset"],
            resetUnit: .unixMilliseconds,
            retryAfter: ["X-Retry"],
            retryAfterUnit: .httpDate
        ),
        credentialOrigins: ["https://files.example", "https://*.example.com"],
        requestIDHeader: "X-Request-Id",
        media: MediaOffer(mainRendition: "audio", auditCost: 1, moreRenditionsWithin: .seconds(3_600)),
        completeness: .reconciled
    )

    private func again(_ descriptor: ConnectorDescriptor, version: String?) throws -> ConnectorDescription {
        let description = ConnectorDescription(descriptor: descriptor, version: version)
        guard case .hello(1, let read) = try PluginProtocolTests.again(.hello(version: 1, description)) else {
            throw ProtocolViolation("no hello")
        }
        return read
    }

    @Test("survives the wire with all it has")
    func full() throws {
        let read = try again(Self.full, version: "2.1")
        #expect(read.version == "2.1")
        #expect(read.descriptor.settings.markdownTable == Self.full.settings.markdownTable)
        #expect(read.descriptor.settings.jsonSchema == Self.full.settings.jsonSchema)
        #expect(read.descriptor.limits == Self.full.limits)
        #expect(read.descriptor.windowRules == Self.full.windowRules)
        #expect(read.descriptor.media == Self.full.media)
        #expect(read.descriptor.completeness == Self.full.completeness)
        #expect("\(read.descriptor.authentication)" == "\(Self.full.authentication)")
        #expect("\(read.descriptor.responseRules)" == "\(Self.full.responseRules)")
        #expect(read.descriptor.produces == Self.full.produces)
        #expect(read.descriptor.rateSignals == Self.full.rateSignals)
        #expect(read.descriptor.credentialOrigins == Self.full.credentialOrigins)
        #expect(read.descriptor.startSetting == "from")
        #expect(read.descriptor.requestIDHeader == "X-Request-Id")
        #expect(read.descriptor.credentialAdvice == "Ask.")
        #expect(read.descriptor.name == "Archive")
        #expect(read.descriptor.summary == "All of it.")
    }

    @Test("the least that it can say has the defaults of a compiled-in connector")
    func least() throws {
        let text = #"{"id":"x","name":"X","summary":"S.","baseURL":"https://x.example"}"#
        guard case .hello(_, let read) = try message(#"{"type":"hello","protocol":1,"connector":\#(text)}"#) else {
            Issue.record("no hello")
            return
        }
        let defaults = ConnectorDescriptor(
            id: "x",
            name: "X",
            summary: "S.",
            baseURL: "https://x.example",
            authentication: .none,
            settings: []
        )
        #expect("\(read.descriptor)" == "\(defaults)")
    }

    static let schemes: [AuthenticationScheme] = [
        .none, .bearer(setting: "a"), .basic(user: "a", password: "b"),
        .headers([(name: "X-A", setting: "a"), (name: "X-B", setting: "b")]),
        .oauthRefreshToken(OAuthSettings(tokenEndpoint: "/t", clientID: "a", clientSecret: "b"), refreshToken: "c"),
        .oauthClientCredentials(OAuthSettings(tokenEndpoint: "/t", clientID: "a", clientSecret: "b"), scope: "s"),
        .oauthClientCredentials(OAuthSettings(tokenEndpoint: "/t", clientID: "a", clientSecret: "b")),
        .firstConfigured([.bearer(setting: "a"), .basic(user: "a", password: "b")]),
        .headers([CredentialField("Authorization", "Token {a}")]), .query([CredentialField("api_key", "{a}")]),
        .oauthClientCredentials(
            OAuthSettings(
                tokenEndpoint: "/t",
                clientID: "a",
                clientSecret: "b",
                grantType: "account_credentials",
                scope: "x y",
                parameters: [CredentialField("account_id", "{account}"), CredentialField("mode", "full{{}}")],
                clientAuthentication: .basic
            )
        ),
        .hmac(
            HMACSettings(
                key: "k",
                keyEncoding: .base64,
                message: "{request.method}\n{request.target}",
                fields: [CredentialField("X-Signature", "v1={signature}")],
                encoding: .base64,
                timestamp: .rfc3339
            )
        ),
    ]

    @Test("every scheme of authentication survives the wire", arguments: schemes.indices)
    func authentication(index: Int) throws {
        var writer = JSONWriter()
        AuthenticationJSON.write(Self.schemes[index], to: &writer)
        let read = try AuthenticationJSON.read(JSONDocument(parsing: writer.take()).root)
        #expect("\(read)" == "\(Self.schemes[index])")
    }

    @Test(
        "a description that cannot be understood is refused",
        arguments: [
            (#""settings":{"a":{"type":"number","help":"H."}}"#, "one of text"),
            (#""settings":{"a":{"type":"text"}}"#, #"no "help""#),
            (#""settings":{"a":{"type":"text","help":"H.","secrt":true}}"#, #""secrt""#),
            (#""settings":{"a":{"type":"integer","minimum":5,"maximum":1,"help":"H."}}"#, "minimum"),
            (#""settings":[]"#, "not an object"), (#""authentication":{}"#, "names no scheme"),
            (#""authentication":{"bearer":"a","basic":{"user":"a","password":"b"}}"#, "do not go together"),
            (#""limits":{"maxWait":"soon"}"#, "span"), (#""windows":{"unit":"week"}"#, "one of second"),
            (#""responses":[{"means":"retry"}]"#, #"no "status""#),
            (#""responses":[{"status":[500,400],"means":"retry"}]"#, "status"),
            (#""responses":[{"status":500,"means":"retry","wait":{}}]"#, "neither"),
            (#""credentialOrigins":["http://x.example"]"#, "https origins"),
            (#""rateSignals":{"resetAs":"weeks"}"#, "one of seconds"),
            (#""authentication":{"headers":{"X":"{a"}}"#, "in braces"), (#""colour":"red""#, #""colour""#),
        ]
    )
    func refused(members: String, word: String) throws {
        let connector = #"{"id":"x","name":"X","summary":"S.","baseURL":"https://x.example",\#(members)}"#
        let violation = try violation(#"{"type":"hello","protocol":1,"connector":\#(connector)}"#)
        #expect(violation?.contains(word) == true, "\(violation ?? "accepted")")
    }

    @Test(
        "spans are a whole number and a unit",
        arguments: [
            ("0s", 0), ("1500ms", 1_500), ("90s", 90_000), ("15m", 900_000), ("36h", 129_600_000),
            ("30d", 2_592_000_000),
        ]
    )
    func spans(text: String, milliseconds: Int64) {
        #expect(SpanText.parse(text) == .milliseconds(milliseconds))
        #expect(SpanText.format(.milliseconds(milliseconds)) == text)
    }

    @Test("other texts are no spans", arguments: ["", "s", "5", "5 s", "-5s", "1.5h", "5w", "99999999999999999d"])
    func noSpans(text: String) {
        #expect(SpanText.parse(text) == nil)
    }
}
