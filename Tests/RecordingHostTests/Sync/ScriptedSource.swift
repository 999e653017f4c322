import RawJSON
import RecordingKit
import RecordingTestKit

@testable import RecordingHost

/// A connector for tests: listings come from its settings, pages from `/listings/{key}`, accesses from `/accesses/{id}`.
struct ScriptedSource: Connector, AccessReporting {
    static let connector = ConnectorDescriptor(
        id: "scripted",
        name: "Scripted",
        summary: "Reads what a test says.",
        baseURL: "https://api.test/v1",
        authentication: .bearer(setting: "token"),
        settings: [
            SettingField("token", .string, help: "Token.", isRequired: true, isSecret: true),
            SettingField("listings", .list(.string), help: "Keys of the listings.", default: ["one"]),
            SettingField("discovery", .string, help: "Path that is asked last during discovery."),
        ],
        produces: [.recordings, .accessSummaries, .accessEvents],
        limits: ConnectorLimits(concurrency: 4),
        windowRules: WindowRules(longestSpan: nil, horizon: nil)
    )

    private let keys: [String]
    private let discovery: String?

    init(settings: Settings) throws {
        keys = settings.strings("listings")
        discovery = settings.string("discovery")
    }

    func check(api: APIClient) async throws { _ = try await api.send(.get("/check")) }

    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        for key in keys { try await yield(Listing(key: key, label: "listing \(key)", window: window)) }
        if let discovery { _ = try await api.send(.get(discovery)) }
    }

    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        let request = APIRequest.get("/listings/{key}", parameters: ["key": listing.key])
        for try await page in api.pages(request, paging: .nextURL(at: "/next", items: "/items")) {
            try await yield(
                page.items.map { item in
                    let id = item["id"]?.scalarText ?? ""
                    return ListedRecording(
                        Recording(id: id, status: .available),
                        accessRevision: item["revision"]?.scalarText.map { .revision($0) } ?? .unknown
                    )
                }
            )
        }
    }

    func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        let request = APIRequest.get("/accesses/{id}", parameters: ["id": recording.id])
        for try await page in api.pages(request, paging: .nextURL(at: "/next", items: "/items")) {
            try await yield(
                page.items.map { item in
                    AccessEvent(
                        identity: .platform(item["id"]?.scalarText ?? ""),
                        recordingID: recording.id,
                        actor: Person(),
                        actions: [.view]
                    )
                }
            )
        }
    }
}

/// A host that reads scripted sources, with a ledger and a sink in memory.
struct SyncBench {
    static let start = Timestamp(secondsSince1970: 1_800_000_000)

    let transport: ScriptedTransport
    let clock: ManualClock
    let ledger = MemoryLedger()
    let sink = MemorySink()
    let host: Host

    init(
        sources: [String: [String: SettingValue]] = ["clinic": [:]],
        reads: [RecordKind] = [.recordings],
        clock: ManualClock = .automatic(at: SyncBench.start),
        over wrap: (ScriptedTransport, MemoryLedger) -> any HTTPTransport = { transport, _ in transport },
        routes: [ScriptedRoute]
    ) throws {
        transport = ScriptedTransport(routes)
        self.clock = clock
        var registry = ConnectorRegistry()
        try registry.register(ScriptedSource.self)
        let configured = sources.sorted { $0.key < $1.key }.map { id, settings in
            SourceConfiguration(
                id: id,
                connector: "scripted",
                settings: settings.merging(["token": "t"]) { old, _ in old },
                reads: reads
            )
        }
        host = Host(
            registry: registry,
            configuration: HostConfiguration(sources: configured),
            transport: wrap(transport, ledger),
            clock: clock,
            jitter: { 0.5 }
        )
    }

    func sync(_ request: SyncRequest = SyncRequest()) async throws -> SyncReport {
        try await host.sync(request, ledger: ledger, sinks: [sink])
    }

    /// A page with recordings, and perhaps the path of the next one.
    static func page(_ ids: [String], next: String? = nil, revision: String? = nil) -> ScriptedAnswer {
        .json([
            "items": .array(ids.map { ["id": .string($0), "revision": revision.map { .string($0) } ?? .null] }),
            "next": next.map { .string($0) } ?? .null,
        ])
    }

    static func listing(_ key: String, _ answers: ScriptedAnswer...) -> ScriptedRoute {
        ScriptedRoute("GET", "/v1/listings/\(key)", answers: answers)
    }
}
