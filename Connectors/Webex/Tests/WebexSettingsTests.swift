import RecordingKit
import RecordingTestKit
import Testing

@testable import WebexConnector

@Suite("Webex settings")
struct WebexSettingsTests {
    @Test(
        "settings that contradict each other are refused",
        arguments: [
            ["sites": ["all", "a.webex.com"]],
            ["sites": ["preferred", "a.webex.com"]],
            ["sites": "https://a.webex.com/"],
            ["sites": "a.webex.com, b.webex.com"],
            ["hostEmail": ["all", "x@example.com"]],
            ["hostEmail": "x"],
        ] as [[String: SettingValue]]
    )
    func contradictions(settings: [String: SettingValue]) {
        #expect(throws: TapedeckError(.configurationInvalid, "")) { try webexSource(settings) }
    }

    @Test("without credentials the configuration is wrong and with both kinds too, with either kind it is not")
    func credentials() {
        let connector = WebexSource.connector
        let none = connector.settings.parse([:])
        #expect(connector.authentication.problems(in: none).map(\.path) == [["accessToken"]])
        let token = connector.settings.parse(["accessToken": "t"])
        #expect(token.problems.isEmpty && connector.authentication.problems(in: token).isEmpty)
        let oauth = connector.settings.parse([
            "oauth": ["clientID": "c", "clientSecret": "s", "refreshToken": "r"]
        ])
        #expect(oauth.problems.isEmpty && connector.authentication.problems(in: oauth).isEmpty)
        let both = connector.settings.parse([
            "accessToken": "t", "oauth": ["clientID": "c", "clientSecret": "s", "refreshToken": "r"],
        ])
        #expect(connector.authentication.problems(in: both).map(\.path) == [["oauth"]])
        #expect(Set(oauth.secrets.keys) == ["oauth.clientSecret", "oauth.refreshToken"])
    }

    @Test("the check asks for one row of what is configured and names no range of time")
    func check() async throws {
        let api = ScriptedAPI(["/recordingReport/accessSummary": .json(["items": []])])
        try await webexSource(["sites": ["a.webex.com", "b.webex.com"], "hostEmail": "all"]).check(api: api.client)
        #expect(
            api.calls.map(\.request.query) == [
                [QueryItem("siteUrl", "a.webex.com"), QueryItem("hostEmail", "all"), QueryItem("max", "1")]
            ]
        )
    }
}
