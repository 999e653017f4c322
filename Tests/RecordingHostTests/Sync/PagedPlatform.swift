import RawJSON
import RecordingKit
import RecordingTestKit
import Synchronization

@testable import RecordingHost

/// A platform with pages of two recordings, one access for each recording, and moments at which something happens.
///
/// All recordings began a hundred days before the tests' time, so that a range that begins later is empty.
final class PagedPlatform: HTTPTransport {
    /// What happens to a request.
    enum Trouble: Sendable {
        case status(Int, headers: HTTPHeaders = [:])
        case silence
    }

    fileprivate struct State {
        var listings: [String: [String]]
        var revision: String? = "1"
        var troubles: [String: (trouble: Trouble, times: Int)] = [:]
        var requests: [String] = []
    }

    static let pageSize = 2
    /// When all recordings began.
    static let begin = SyncBench.start.advanced(by: .seconds(-100 * 86_400))
    private let state: Mutex<State>
    private let silence = AsyncStream.makeStream(of: Void.self)

    /// - Parameter listings: the recordings of each listing.
    init(_ listings: [String: [String]]) { state = Mutex(State(listings: listings)) }

    /// Requests since the last call, such as `one 0`, the place of a page, or `access a`.
    func takeRequests() -> [String] {
        state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }

    /// What happens when a request that is named as in ``takeRequests()`` arrives; nil for nothing any more.
    func trouble(_ request: String, _ trouble: Trouble?, times: Int = .max) {
        state.withLock { $0.troubles[request] = trouble.map { ($0, times) } }
    }

    /// Changes what the platform holds.
    func change(_ listing: String, to recordings: [String]) { state.withLock { $0.listings[listing] = recordings } }

    /// Sets the access revision of all recordings; nil for a platform that has none.
    func setRevision(_ revision: String?) { state.withLock { $0.revision = revision } }

    /// Returns when a request has been met with silence.
    func fallsSilent() async { for await _ in silence.stream { return } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        let (response, isSilent) = state.withLock { $0.answer(request) }
        await Task.yield()
        guard isSilent else { return response }
        silence.continuation.yield()
        let never = AsyncStream<Never> { _ in }
        for await _ in never {}
        throw CancellationError()
    }
}

extension PagedPlatform.State {
    fileprivate mutating func answer(_ request: TransportRequest) -> (TransportResponse, isSilent: Bool) {
        let path = request.url.path.split(separator: "/").map(String.init)
        let key = path.last ?? ""
        let isAccess = path.contains("accesses")
        let from = request.queryValue("from").flatMap { Int64($0) } ?? .min
        let to = request.queryValue("to").flatMap { Int64($0) } ?? .max
        guard isAccess || (from..<to).contains(PagedPlatform.begin.seconds) else {
            return (answer(["items": []]), false)
        }
        let items = listings[key] ?? []
        let place = place(of: request, in: items)
        let name = isAccess ? "access \(key)" : "\(key) \(place)"
        requests.append(name)
        let trouble = troubles[name].flatMap { $0.times > 0 ? $0.trouble : nil }
        troubles[name]?.times -= 1
        switch trouble {
        case .silence?: return (TransportResponse(status: 200), true)
        case .status(let status, let headers)?:
            return (TransportResponse(status: status, headers: headers), false)
        case nil: break
        }
        if isAccess { return (answer(["items": [["id": .string("e-\(key)")]]]), false) }
        let end = min(items.count, place + PagedPlatform.pageSize)
        let rows = items[min(place, items.count)..<end]
        let hasMore = end < items.count
        let next = "/v1/listings/\(key)?after=\(end)"
        let answer = answer(
            [
                "items": .array(
                    rows.map { ["id": .string($0), "revision": revision.map { .string($0) } ?? .null] }
                ),
                "next": hasMore ? .string(next) : .null,
                "cursor": hasMore ? .string(String(end)) : .null,
                "total": .integer(Int64(items.count)),
            ],
            link: hasMore ? "<\(next)>; rel=\"next\"" : nil
        )
        return (answer, false)
    }

    private func place(of request: TransportRequest, in items: [String]) -> Int {
        if let body = request.body, let json = try? JSONDocument(parsing: body).root {
            return json["after"]?.scalarText.flatMap { Int($0) } ?? 0
        }
        if let number = request.queryValue("page").flatMap({ Int($0) }) { return (number - 1) * PagedPlatform.pageSize }
        if let id = request.queryValue("after_id") { return (items.firstIndex(of: id) ?? -1) + 1 }
        return (request.queryValue("after") ?? request.queryValue("offset")).flatMap { Int($0) } ?? 0
    }

    private func answer(_ json: JSONLiteral, link: String? = nil) -> TransportResponse {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        if let link { headers.add("Link", link) }
        return TransportResponse(status: 200, headers: headers, body: json.bytes)
    }
}

/// A host that reads a paged platform, with a ledger and a sink in memory.
struct PagedBench {
    let platform: PagedPlatform
    let clock = ManualClock.automatic(at: SyncBench.start)
    let ledger = MemoryLedger()
    let sink = MemorySink()
    var settings: [String: SettingValue] = [:]
    var reads: [RecordKind] = [.recordings, .accessEvents]

    init(_ listings: [String: [String]], _ settings: [String: SettingValue] = [:]) {
        platform = PagedPlatform(listings)
        self.settings = settings
        self.settings["listings"] = .list(listings.keys.filter { !$0.hasSuffix("-more") }.sorted().map { .string($0) })
    }

    /// One run of a host of its own.
    func sync(
        _ request: SyncRequest = SyncRequest(),
        ledger other: (any Ledger)? = nil,
        sinks: [any Sink]? = nil,
        through transport: (any HTTPTransport)? = nil
    ) async throws -> SyncReport {
        var registry = ConnectorRegistry()
        try registry.register(PagedSource.self)
        let source = SourceConfiguration(
            id: "clinic",
            connector: "paged",
            settings: settings.merging(["token": "t"]) { old, _ in old },
            reads: reads
        )
        let host = Host(
            registry: registry,
            configuration: HostConfiguration(sources: [source]),
            transport: transport ?? platform,
            clock: clock,
            jitter: { 0.5 }
        )
        return try await host.sync(request, ledger: other ?? ledger, sinks: sinks ?? [sink])
    }

    /// A run that is cancelled when the platform falls silent.
    func syncUntilSilence(_ request: SyncRequest = SyncRequest()) async throws -> SyncReport? {
        try await withThrowingTaskGroup(of: SyncReport?.self) { group in
            group.addTask { try await sync(request) }
            group.addTask {
                await platform.fallsSilent()
                return nil
            }
            var report: SyncReport?
            for try await result in group {
                report = result ?? report
                group.cancelAll()
            }
            return report
        }
    }

    /// The written recordings' ids, sorted.
    var recordings: [String] { get async { await sink.recordings.map(\.id).sorted() } }

    /// The written events' ids, sorted.
    var events: [String] { get async { await sink.events.map(\.id).sorted() } }
}

extension [String] {
    /// Requests for pages, without those for accesses.
    var pages: [String] { filter { !$0.hasPrefix("access ") } }

    /// The recordings whose accesses were asked for, sorted.
    var details: [String] { filter { $0.hasPrefix("access ") }.map { String($0.dropFirst(7)) }.sorted() }
}
