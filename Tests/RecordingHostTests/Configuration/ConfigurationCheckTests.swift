import RecordingKit
import Testing

@testable import RecordingHost

struct ConfigurationCheckTests {
    private func problems(_ sources: [SourceConfiguration]) throws -> [ConfigurationProblem] {
        Host.problems(in: HostConfiguration(sources: sources), registry: try registry())
    }

    private func registry() throws -> ConnectorRegistry {
        var registry = ConnectorRegistry()
        try registry.register(ScriptedSource.self)
        return registry
    }

    private func source(
        _ id: String = "clinic",
        connector: String = "scripted",
        settings: [String: SettingValue] = [:],
        reads: [RecordKind] = RecordKind.readByDefault,
        limits: LimitOverrides = LimitOverrides()
    ) -> SourceConfiguration {
        SourceConfiguration(
            id: id,
            connector: connector,
            settings: settings.merging(["token": "t0ken"]) { old, _ in old },
            reads: reads,
            limits: limits
        )
    }

    private func paths(_ sources: SourceConfiguration...) throws -> [String] {
        try problems(sources).map { $0.path.joined(separator: ".") }
    }

    @Test("A sound configuration has no problem, and its sources keep their order") func sound() throws {
        let sources = [source("b"), source("a"), source("c.1-x_Y")]
        #expect(try problems(sources).isEmpty)
        let check = ConfigurationCheck(HostConfiguration(sources: sources), registry: try registry())
        #expect(try check.selected(nil).map(\.configuration.id) == ["b", "a", "c.1-x_Y"])
        #expect(try check.selected(["c.1-x_Y", "b"]).map(\.configuration.id) == ["b", "c.1-x_Y"])
    }

    @Test("No source at all is a problem") func noSource() throws {
        #expect(try problems([]).map(\.path) == [["sources"]])
    }

    @Test("Two sources of one id are a problem") func twice() throws {
        #expect(try paths(source("a"), source("a")) == ["sources.a"])
    }

    @Test(
        "A source id that would not do as a file's or a record's name is a problem",
        arguments: ["", "-a", ".a", "a/b", "a b", "é", String(repeating: "a", count: 65)]
    )
    func sourceID(id: String) throws {
        #expect(try problems([source(id)]).map(\.path) == [["sources", id]])
    }

    @Test("An unknown connector is a problem that names those that are known") func connector() throws {
        let found = try problems([source(connector: "scriptet")])
        #expect(found.map(\.path) == [["sources", "clinic", "connector"]])
        #expect(found.first?.knownNames == ["scripted"])
    }

    @Test("Unknown, missing and wrong settings are problems, each at its place") func settings() throws {
        let found = try problems([source(settings: ["tokn": "x", "token": 7, "listings": ["a", 1]])])
        #expect(
            found.map { $0.path.joined(separator: ".") } == [
                "sources.clinic.settings.tokn", "sources.clinic.settings.token", "sources.clinic.settings.listings.1",
            ]
        )
        #expect(found.first?.knownNames.contains("token") == true)
    }

    @Test("No problem shows a value") func noValues() throws {
        let found = try problems([
            source(settings: ["baseURL": "https://ann:s3cret@api.test", "discovery": 5, "token": ["s3cret"]])
        ])
        #expect(!found.isEmpty)
        for problem in found { #expect(!problem.message.contains("s3cret")) }
    }

    @Test(
        "Plain http goes only to this machine unless the operator allows it",
        arguments: [
            ("http://api.test/v1", false, false), ("http://api.test/v1", true, true),
            ("http://127.0.0.1:8080", false, true),
            ("http://localhost", false, true), ("https://api.test", false, true), ("http://10.0.0.1", false, false),
        ]
    )
    func insecure(url: String, isAllowed: Bool, isSound: Bool) throws {
        let found = try paths(source(settings: ["baseURL": .string(url), "allowInsecureHTTP": .boolean(isAllowed)]))
        #expect(found == (isSound ? [] : ["sources.clinic.settings.baseURL"]))
    }

    @Test("A kind that nobody knows is a problem, and media where the connector has none is not") func reads() throws {
        let found = try problems([source(reads: [.recordings, RecordKind(rawValue: "recording"), .media])])
        #expect(found.map { $0.path.joined(separator: ".") } == ["sources.clinic.read.1"])
        #expect(found.first?.knownNames == RecordKind.all.map(\.rawValue))
    }

    @Test(
        "Limits outside their range are problems",
        arguments: [
            (LimitOverrides(concurrency: 0), "concurrency"), (LimitOverrides(concurrency: 257), "concurrency"),
            (LimitOverrides(requestsPerSecond: 0), "requestsPerSecond"),
            (LimitOverrides(requestsPerSecond: -1), "requestsPerSecond"),
            (LimitOverrides(requestsPerSecond: .nan), "requestsPerSecond"),
            (LimitOverrides(requestsPerSecond: .infinity), "requestsPerSecond"),
            (LimitOverrides(maximumWait: .seconds(-1)), "maxWait"),
            (LimitOverrides(concurrency: 256, requestsPerSecond: 0.1, maximumWait: .zero), nil),
        ] as [(LimitOverrides, String?)]
    )
    func limits(limits: LimitOverrides, name: String?) throws {
        #expect(try paths(source(limits: limits)) == (name.map { ["sources.clinic.limits.\($0)"] } ?? []))
    }

    @Test("All problems of all sources are found at once, and a run names the first and counts the rest") func all()
        throws
    {
        let sources = [source("a", connector: "x"), source("b", settings: ["tokn": 1]), source("b")]
        let check = ConfigurationCheck(HostConfiguration(sources: sources), registry: try registry())
        #expect(check.problems.count == 3)
        #expect(throws: TapedeckError(.configurationInvalid, "")) { try check.selected(nil) }
    }

    @Test("A source that is asked for and not configured is an error that names those that are") func unknownSource()
        throws
    {
        let check = ConfigurationCheck(
            HostConfiguration(sources: [source("a"), source("b")]),
            registry: try registry()
        )
        do {
            _ = try check.selected(["c"])
            Issue.record("An unknown source was taken.")
        } catch let error as TapedeckError {
            #expect(error.reason.contains("\"c\""))
            #expect(error.reason.contains("a, b"))
        }
    }
}
