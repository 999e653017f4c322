import RecordingKit
import Testing

@testable import RecordingHost

@Suite("The range that a source is read for")
struct SourceWindowTests {
    private let now = Timestamp(secondsSince1970: 1_800_000_000)

    private func assembly(_ unit: WindowUnit) throws -> SourceAssembly {
        var registry = ConnectorRegistry()
        let scripted = ScriptedSource.connector
        let descriptor = ConnectorDescriptor(
            id: scripted.id,
            name: scripted.name,
            summary: scripted.summary,
            baseURL: "https://api.test/v1",
            authentication: scripted.authentication,
            settings: [SettingField("token", .string, help: "Token.", isRequired: true, isSecret: true)],
            produces: scripted.produces,
            windowRules: WindowRules(longestSpan: nil, horizon: .seconds(30 * 86_400), unit: unit)
        )
        try registry.register(descriptor) { try ScriptedSource(settings: $0) }
        let source = SourceConfiguration(id: "clinic", connector: "scripted", settings: ["token": "t"])
        return try #require(SourceAssembly.check(source, registry: registry).assembly)
    }

    @Test("begins where an answer can be complete", arguments: [.second, .dayInUTC, .dayInUnknownZone] as [WindowUnit])
    func begin(unit: WindowUnit) throws {
        let assembly = try assembly(unit)
        let rules = assembly.descriptor.windowRules
        let earliest = try #require(rules.earliestComplete(at: now))
        let window = assembly.window(SyncRequest(), at: now)
        #expect(window.from == earliest)
        // What is asked for is inside the horizon without being cut off when it is sent.
        #expect(try rules.bounds(of: window).first >= #require(rules.earliestStart(at: now)))
        #expect(assembly.windows(SyncRequest(), at: now).first?.from == earliest)
        #expect(assembly.shortenedStart(SyncRequest(since: earliest), at: now) == nil)
        let before = earliest.advanced(by: .seconds(-1))
        #expect(assembly.shortenedStart(SyncRequest(since: before), at: now) == earliest)
    }

    @Test("is asked for whatever the horizon is")
    func asked() throws {
        let assembly = try assembly(.second)
        #expect(assembly.asked(SyncRequest()) == TimeWindow(from: .earliest, to: .latest))
        let since = now.advanced(by: .seconds(-90 * 86_400))
        let until = now.advanced(by: .seconds(90 * 86_400))
        #expect(assembly.asked(SyncRequest(since: since, until: until)) == TimeWindow(from: since, to: until))
    }
}
