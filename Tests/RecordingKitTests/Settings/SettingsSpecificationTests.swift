import RecordingKit
import Testing

@Suite("Checking settings")
struct SettingsSpecificationTests {
    private let specification = SettingsSpecification(fields: [
        SettingField("clientID", .string, help: "The client's id.", isRequired: true),
        SettingField("accessToken", .string, help: "A token.", isSecret: true),
        SettingField("baseURL", .url, help: "The address.", default: "https://a.example"),
        SettingField("pageSize", .integer(1...100), help: "Items a page.", default: 50),
        SettingField("deep", .boolean, help: "Whether to go deep.", default: false),
        SettingField("from", .timestamp, help: "The start."),
        SettingField("order", .choice(["up", "down"]), help: "The order."),
        SettingField("sites", .oneOrMore(.string), help: "The sites."),
        SettingField(
            "calls",
            .list(.object([SettingField("callID", .integer(1...9), help: "A call.", isRequired: true)])),
            help: "Calls."
        ),
        SettingField(
            "oauth",
            .object([
                SettingField("clientID", .string, help: "The client.", isRequired: true),
                SettingField("clientSecret", .string, help: "Its secret.", isRequired: true, isSecret: true),
            ]),
            help: "OAuth."
        ),
    ])

    /// The paths of the problems that `input` has beside being incomplete.
    private func problems(_ input: [String: SettingValue]) -> [SettingProblem] {
        specification.parse(input.merging(["clientID": "c"]) { given, _ in given }).problems
    }

    @Test("Good settings come through with defaults, and secrets are split off")
    func goodSettings() {
        let parsed = specification.parse([
            "clientID": "c", "accessToken": "t", "sites": ["a", "b"], "from": "2026-01-01", "order": "up",
            "calls": [["callID": 5]], "oauth": ["clientID": "o", "clientSecret": "s"],
        ])
        #expect(parsed.problems.isEmpty)
        let settings = parsed.settings
        #expect(settings.string("clientID") == "c")
        #expect(settings.string("baseURL") == "https://a.example")
        #expect(settings.integer("pageSize") == 50)
        #expect(!settings.boolean("deep"))
        #expect(settings.timestamp("from") == Timestamp("2026-01-01"))
        #expect(settings.strings("sites") == ["a", "b"])
        #expect(settings.objects("calls") == [["callID": 5]])
        #expect(settings["accessToken"] == nil)
        #expect(settings["oauth"] == ["clientID": "o"])
        #expect(parsed.secrets == ["accessToken": Secret("t"), "oauth.clientSecret": Secret("s")])
    }

    @Test("The host finds credentials by dotted path, secret or not")
    func credentials() {
        let parsed = specification.parse(["clientID": "c", "oauth": ["clientID": "o", "clientSecret": "s"]])
        #expect(parsed.credential("oauth.clientID") == "o")
        #expect(parsed.credential("oauth.clientSecret") == "s")
        #expect(parsed.credential("clientID") == "c")
        #expect(parsed.credential("accessToken") == nil)
    }

    @Test("One value is as good as a list of one")
    func oneOrMore() {
        #expect(specification.parse(["clientID": "c", "sites": "a"]).settings.strings("sites") == ["a"])
        #expect(specification.parse(["clientID": "c"]).settings.strings("sites") == [])
    }

    @Test("What is given replaces the default")
    func replacesDefault() {
        let settings = specification.parse(["clientID": "c", "pageSize": 7, "deep": true]).settings
        #expect(settings.integer("pageSize") == 7)
        #expect(settings.boolean("deep"))
    }

    @Test(
        "A value of the wrong kind or range is a problem at its own path",
        arguments: [
            (["clientID": 1], "clientID"), (["clientID": ""], "clientID"), (["accessToken": true], "accessToken"),
            (["accessToken": ""], "accessToken"), (["baseURL": "a.example"], "baseURL"),
            (["baseURL": "https://u:p@a.example"], "baseURL"), (["pageSize": 0], "pageSize"),
            (["pageSize": 101], "pageSize"),
            (["pageSize": "50"], "pageSize"), (["pageSize": 1.5], "pageSize"), (["deep": "true"], "deep"),
            (["deep": 1], "deep"),
            (["from": "yesterday"], "from"), (["from": 2_026], "from"), (["order": "sideways"], "order"),
            (["sites": []], "sites"),
            (["sites": ["a", ""]], "sites.1"), (["sites": ["a", 2]], "sites.1"), (["sites": 2], "sites"),
            (["sites": [["a"]]], "sites.0"), (["calls": ["callID": 5]], "calls"),
            (["calls": [["callID": 0]]], "calls.0.callID"),
            (["calls": [["callID": 1], [:]]], "calls.1.callID"), (["calls": [["callID": 1, "x": 1]]], "calls.0.x"),
            (["oauth": "o"], "oauth"), (["oauth": ["clientID": "o"]], "oauth.clientSecret"),
            (["oauth": ["clientID": "o", "clientSecret": 5]], "oauth.clientSecret"),
        ] as [([String: SettingValue], String)]
    )
    func wrongValues(input: [String: SettingValue], path: String) {
        #expect(problems(input).map { $0.path.joined(separator: ".") } == [path])
    }

    @Test("Whole numbers are allowed to the very ends of their range", arguments: [1, 100])
    func rangeEnds(size: Int64) {
        #expect(problems(["pageSize": .integer(size)]).isEmpty)
    }

    @Test(
        "Types of whole numbers name the ends that they have",
        arguments: [
            (Int64.min...Int64.max, "whole number"), (0...Int64.max, "whole number from 0"),
            (Int64.min...9, "whole number to 9"), (1...9, "1 … 9"),
        ]
    )
    func integerTypeNames(range: ClosedRange<Int64>, name: String) {
        #expect(SettingType.integer(range).name == name)
    }

    @Test("An unknown name is a problem that names the known ones")
    func unknownNames() {
        let found = problems(["acessToken": "hunter2", "oauth": ["clientID": "o", "clientSecret": "s", "secret": "x"]])
        #expect(found.map(\.path) == [["acessToken"], ["oauth", "secret"]])
        #expect(found.first?.knownNames == specification.fields.map(\.name))
        #expect(found.last?.knownNames == ["clientID", "clientSecret"])
    }

    @Test("Words that may be chosen are known names")
    func choiceWords() {
        #expect(problems(["order": "sideways"]).first?.knownNames == ["up", "down"])
    }

    @Test("Every problem is found at once, and none of them shows a value")
    func everyProblem() {
        let found = specification.parse([
            "zeta": "hunter2", "accessToken": ["hunter2"], "baseURL": "hunter2", "order": "hunter2", "from": "hunter2",
            "sites": ["", 1], "alpha": 1,
        ]).problems
        #expect(
            found.map { $0.path.joined(separator: ".") } == [
                "alpha", "zeta", "clientID", "accessToken", "baseURL", "from", "order", "sites.0", "sites.1",
            ]
        )
        #expect(!found.contains { $0.message.contains("hunter2") })
        #expect(found[2].message.contains("The client's id."))
    }
}
