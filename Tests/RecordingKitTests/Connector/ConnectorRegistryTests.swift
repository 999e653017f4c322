import RecordingKit
import Testing

@Suite("The registry")
struct ConnectorRegistryTests {
    private struct Archive: Connector {
        static let connector = descriptor("archive")

        init(settings: Settings) {}

        static func descriptor(
            _ id: String,
            baseURL: String = "https://a.example",
            settings: [SettingField] = []
        ) -> ConnectorDescriptor {
            ConnectorDescriptor(
                id: id,
                name: "Archive",
                summary: "Tapes.",
                baseURL: baseURL,
                authentication: .none,
                settings: settings
            )
        }

        func check(api: APIClient) async throws {}
        func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {}
        func recordings(
            in listing: Listing,
            api: APIClient,
            yield: ([ListedRecording]) async throws -> Void
        ) async throws {}
    }

    private func register(_ descriptor: ConnectorDescriptor, in registry: inout ConnectorRegistry) throws {
        try registry.register(descriptor) { Archive(settings: $0) }
    }

    @Test("A connector is found by its id and makes its source")
    func registers() throws {
        var registry = ConnectorRegistry()
        try registry.register(Archive.self)
        let entry = try #require(registry["archive"])
        let settings = entry.descriptor.settings.parse([:]).settings
        #expect(try entry.makeSource(settings) is Archive)
        #expect(settings.string("baseURL") == "https://a.example")
        #expect(!settings.boolean("allowInsecureHTTP"))
        #expect(registry["Archive"] == nil)
    }

    @Test("An id can be taken once")
    func refusesDuplicates() throws {
        var registry = ConnectorRegistry()
        try registry.register(Archive.self)
        #expect(throws: TapedeckError(.configurationInvalid, "")) { try registry.register(Archive.self) }
        #expect(throws: TapedeckError(.configurationInvalid, "")) {
            try register(Archive.descriptor("archive"), in: &registry)
        }
        #expect(registry.entries.count == 1)
    }

    @Test(
        "An id is lower-case letters, digits and underscores",
        arguments: ["", "A", "a-b", "a b", "a.b", "é", "a/b", "a\n"]
    )
    func refusesIDs(id: String) {
        var registry = ConnectorRegistry()
        #expect(throws: TapedeckError(.configurationInvalid, "")) {
            try register(Archive.descriptor(id), in: &registry)
        }
        #expect(registry.entries.isEmpty)
    }

    @Test("A connector whose settings contradict themselves is refused")
    func refusesContradictions() {
        var registry = ConnectorRegistry()
        let again = Archive.descriptor("a", settings: [SettingField("baseURL", .url, help: "Again.")])
        #expect(throws: TapedeckError(.configurationInvalid, "")) { try register(again, in: &registry) }
        let bad = Archive.descriptor("a", baseURL: "a.example")
        #expect(throws: TapedeckError(.configurationInvalid, "")) { try register(bad, in: &registry) }
        #expect(registry.entries.isEmpty)
    }

    @Test("Connectors are listed by id, and copies of a registry are apart")
    func ordersAndCopies() throws {
        var registry = ConnectorRegistry()
        for id in ["b", "c_2", "a"] { try register(Archive.descriptor(id), in: &registry) }
        let copy = registry
        try register(Archive.descriptor("0"), in: &registry)
        #expect(registry.entries.map(\.descriptor.id) == ["0", "a", "b", "c_2"])
        #expect(copy.entries.map(\.descriptor.id) == ["a", "b", "c_2"])
    }

    @Test("Limits out of range become the nearest ones in it")
    func clampsLimits() {
        #expect(ConnectorLimits(concurrency: 0).concurrency == 1)
        #expect(ConnectorLimits(concurrency: 1_000).concurrency == 256)
        #expect(ConnectorLimits(requestsPerSecond: 0).requestsPerSecond == nil)
        #expect(ConnectorLimits(requestsPerSecond: .nan).requestsPerSecond == nil)
        #expect(ConnectorLimits(requestsPerSecond: 0.5).requestsPerSecond == 0.5)
        #expect(ConnectorLimits(maximumWait: .seconds(-1)).maximumWait == .zero)
    }
}
