import RecordingKit
import Testing

@Suite("Authentication schemes tell which settings they miss")
struct AuthenticationSchemeTests {
    private let specification = SettingsSpecification(fields: [
        SettingField("accessToken", .string, help: "Token.", isSecret: true),
        SettingField(
            "oauth",
            .object([
                SettingField("clientID", .string, help: "Client.", isRequired: true),
                SettingField("clientSecret", .string, help: "Secret.", isRequired: true, isSecret: true),
                SettingField("refreshToken", .string, help: "Refresh token.", isRequired: true, isSecret: true),
            ]),
            help: "OAuth."
        ),
    ])
    private let either = AuthenticationScheme.firstConfigured([
        .bearer(setting: "accessToken"),
        .oauthRefreshToken(
            OAuthSettings(
                tokenEndpoint: "/access_token",
                clientID: "oauth.clientID",
                clientSecret: "oauth.clientSecret"
            ),
            refreshToken: "oauth.refreshToken"
        ),
    ])

    @Test("a choice without any of its settings is one problem that names them all")
    func nothingConfigured() {
        let problems = either.problems(in: specification.parse([:]))
        #expect(problems.map(\.path) == [["accessToken"]])
        #expect(
            problems.first?.message
                == "The credentials are missing: give either accessToken, "
                + "or oauth.clientID, oauth.clientSecret and oauth.refreshToken."
        )
    }

    @Test("a half configured choice is reported once, by the setting that is missing")
    func halfConfigured() {
        let parsed = specification.parse(["oauth": ["clientID": "c", "clientSecret": "s"]])
        #expect(parsed.problems.map(\.path) == [["oauth", "refreshToken"]])
        #expect(either.problems(in: parsed).isEmpty)
        #expect(either.configured(in: parsed) == nil)
    }

    @Test("two choices that are configured are one problem that says what to remove")
    func bothConfigured() {
        let oauth: SettingValue = ["clientID": "c", "clientSecret": "s", "refreshToken": "r"]
        let problems = either.problems(in: specification.parse(["accessToken": "t", "oauth": oauth]))
        #expect(problems.map(\.path) == [["oauth"]])
        #expect(problems.first?.message == "Credentials are given in two ways: remove either accessToken, or oauth.")
    }

    @Test("a choice beside one that is half configured is a problem by the setting that is missing alone")
    func halfConfiguredBesides() {
        let parsed = specification.parse(["accessToken": "t", "oauth": ["clientID": "c", "clientSecret": "s"]])
        #expect(parsed.problems.map(\.path) == [["oauth", "refreshToken"]])
        #expect(either.problems(in: parsed).isEmpty)
    }

    @Test("choices that share settings may both be configured: the first is used")
    func sharedSettings() {
        let client = OAuthSettings(tokenEndpoint: "/t", clientID: "oauth.clientID", clientSecret: "oauth.clientSecret")
        let nested = AuthenticationScheme.firstConfigured([
            .oauthRefreshToken(client, refreshToken: "oauth.refreshToken"), .oauthClientCredentials(client), .none,
        ])
        let oauth: SettingValue = ["clientID": "c", "clientSecret": "s", "refreshToken": "r"]
        let parsed = specification.parse(["oauth": oauth])
        #expect(nested.problems(in: parsed).isEmpty)
        #expect(nested.configured(in: parsed)?.settings.last == "oauth.refreshToken")
    }

    @Test("one choice that is configured is no problem")
    func oneConfigured() {
        let oauth: SettingValue = ["clientID": "c", "clientSecret": "s", "refreshToken": "r"]
        let first = specification.parse(["accessToken": "t"])
        #expect(either.problems(in: first).isEmpty)
        #expect(either.configured(in: first)?.settings == ["accessToken"])
        let second = specification.parse(["oauth": oauth])
        #expect(either.problems(in: second).isEmpty)
        #expect(
            either.configured(in: second)?.settings == ["oauth.clientID", "oauth.clientSecret", "oauth.refreshToken"]
        )
    }

    @Test("a scheme without choices names each setting that is missing")
    func headers() {
        let fields = SettingsSpecification(fields: [
            SettingField("clientID", .string, help: "Client.", isSecret: true),
            SettingField("clientSecret", .string, help: "Secret.", isSecret: true),
        ])
        let scheme = AuthenticationScheme.headers([("X-Client-ID", "clientID"), ("X-Client-Secret", "clientSecret")])
        let problems = scheme.problems(in: fields.parse(["clientID": "c"]))
        #expect(problems.map(\.path) == [["clientSecret"]])
        #expect(AuthenticationScheme.none.problems(in: fields.parse([:])).isEmpty)
    }

    @Test("a missing setting that checking has reported already is not reported again")
    func requiredSettingIsReportedOnce() {
        let fields = SettingsSpecification(fields: [
            SettingField("token", .string, help: "Token.", isRequired: true, isSecret: true)
        ])
        let parsed = fields.parse([:])
        #expect(parsed.problems.count == 1)
        #expect(AuthenticationScheme.bearer(setting: "token").problems(in: parsed).isEmpty)
    }
}
