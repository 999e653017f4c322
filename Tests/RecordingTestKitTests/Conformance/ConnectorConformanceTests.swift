import RecordingKit
import RecordingTestKit
import Testing

@Suite("Checks of what a connector promises")
struct ConnectorConformanceTests {
    @Test("a connector that keeps its promises has no problem")
    func kept() {
        #expect(ConnectorConformance.problems(in: Sound.self).isEmpty)
    }

    @Test(
        "each broken promise is named",
        arguments: [
            "The id \"Broken Tapes\" must be lower-case letters, digits and underscores.",
            "The connector has no name.",
            "The summary is not a sentence.",
            "The credential advice is not a sentence.",
            "A connector produces recordings, whatever else it does.",
            "A kind of record is named twice.",
            "No sink knows the kind tapes.",
            "Producing access_events and conforming to AccessReporting belong together.",
            "Producing media and conforming to MediaProviding belong together.",
            "The setting \"token\" is declared twice.",
            "The help of page_size is not a sentence.",
            "The start setting page_size is not declared as a time.",
            "The setting nested.Inner is not written in camelCase.",
            "Authentication reads the setting login, which is not declared.",
            "No setting that authentication reads is secret.",
            "The secret token is read by nothing: a connector never sees one.",
            "The longest wait is not above 0.",
            "A span of the window rules is not above 0.",
            "A response rule is about the status 42, which no answer has.",
        ]
    )
    func broken(problem: String) {
        #expect(ConnectorConformance.problems(in: Broken.self).contains(problem))
    }

    @Test("a README holds the generated table of settings between its markers")
    func readme() {
        let table = Sound.connector.settings.markdownTable
        let readme = "# Sound\n\n<!-- settings:begin -->\n\(table)<!-- settings:end -->\n"
        #expect(ConnectorConformance.problems(inReadme: readme, of: Sound.self).isEmpty)
        let outdated = readme.replacing("account.token", with: "account.key")
        #expect(ConnectorConformance.problems(inReadme: outdated, of: Sound.self).count == 1)
        #expect(ConnectorConformance.problems(inReadme: "# Sound\n", of: Sound.self).count == 1)
    }

    @Test("listings must differ by key and show no e-mail")
    func listings() {
        let sound = [Listing(key: "a", label: "part a"), Listing(key: "b", label: "part b")]
        #expect(ConnectorConformance.problems(in: sound).isEmpty)
        let broken = [
            Listing(key: "a", label: "part a"), Listing(key: "a", label: "x@example.com"), Listing(key: "", label: ""),
        ]
        #expect(
            ConnectorConformance.problems(in: broken) == [
                "Two listings share a key: x@example.com.",
                "A listing's label holds what looks like an e-mail.",
                "A listing has no key: .",
                "A listing has no label.",
            ]
        )
    }
}

private struct Sound: Connector {
    static let connector = ConnectorDescriptor(
        id: "sound_tapes",
        name: "Sound",
        summary: "Keeps what it promises.",
        baseURL: "https://sound.example",
        authentication: .bearer(setting: "account.token"),
        settings: [
            SettingField(
                "account",
                .object([SettingField("token", .string, help: "Token.", isRequired: true, isSecret: true)]),
                help: "Account."
            )
        ]
    )

    init(settings: Settings) {}
    func check(api: APIClient) async throws {}
    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {}
    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {}
}

private struct Broken: Connector {
    static let connector = ConnectorDescriptor(
        id: "Broken Tapes",
        name: "",
        summary: "No sentence",
        baseURL: "https://broken.example",
        authentication: .basic(user: "login", password: "page_size"),
        settings: [
            SettingField("page_size", .integer(1...10), help: "Size", default: 11),
            SettingField("token", .string, help: "Token.", default: "t", isRequired: true, isSecret: true),
            SettingField("token", .string, help: "Token.", isSecret: true),
            SettingField("nested", .list(.object([SettingField("Inner", .string, help: "Inner.")])), help: "Nested."),
        ],
        produces: [.accessEvents, .media, .media, RecordKind(rawValue: "tapes")],
        credentialAdvice: "",
        limits: ConnectorLimits(maximumWait: .zero),
        windowRules: WindowRules(longestSpan: .zero, horizon: .zero),
        startSetting: "page_size",
        responseRules: [ResponseRule(status: 42, meaning: .retry)]
    )

    init(settings: Settings) {}
    func check(api: APIClient) async throws {}
    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {}
    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {}
}
