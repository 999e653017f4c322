import RawJSON
import RecordingKit

@testable import RecordingHost

/// A connector for tests of cut listings: how it pages, and how well it behaves, is set by its settings.
struct PagedSource: Connector, AccessReporting {
    static let connector = ConnectorDescriptor(
        id: "paged",
        name: "Paged",
        summary: "Reads pages in every style.",
        baseURL: "https://api.test/v1",
        authentication: .bearer(setting: "token"),
        settings: [
            SettingField("token", .string, help: "Token.", isRequired: true, isSecret: true),
            SettingField("listings", .list(.string), help: "Keys of the listings.", default: ["one"]),
            SettingField("style", .string, help: "How pages are named.", default: "next"),
            SettingField("habit", .string, help: "How the connector hands over.", default: "obedient"),
            SettingField("whole", .boolean, help: "Whether listings have no range.", default: false),
        ],
        produces: [.recordings, .accessSummaries, .accessEvents],
        limits: ConnectorLimits(concurrency: 2),
        windowRules: WindowRules(longestSpan: nil, horizon: .seconds(365 * 86_400))
    )

    private let keys: [String]
    private let style: String
    private let habit: String
    private let isWhole: Bool

    init(settings: Settings) throws {
        keys = settings.strings("listings")
        style = settings.string("style") ?? "next"
        habit = settings.string("habit") ?? "obedient"
        isWhole = settings.boolean("whole")
    }

    func check(api: APIClient) async throws {}

    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        for key in keys {
            try await yield(Listing(key: key, label: "listing \(key)", window: isWhole ? nil : window))
        }
    }

    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        var held: [ListedRecording] = []
        var unusable = 0
        for key in habit == "two requests" ? [listing.key, listing.key + "-more"] : [listing.key] {
            for try await page in api.pages(request(key, in: listing.window), paging: paging) {
                let usable = page.items.filter { $0["id"]?.scalarText != "bad" }
                unusable += page.items.count - usable.count
                let rows = usable.map(PagedSource.row)
                if unusable > 0, habit == "holds its place" { await api.holdPlace() }
                switch habit {
                case "hands over at the end": held += rows
                case "one page behind":
                    if !held.isEmpty { try await yield(held) }
                    held = rows
                default: try await yield(rows)
                }
            }
        }
        if !held.isEmpty { try await yield(held) }
        guard unusable == 0 else { throw TapedeckError(.malformedResponse, "\(unusable) rows were unusable.") }
    }

    func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        let request = APIRequest.get("/accesses/{id}", parameters: ["id": recording.id])
        for try await page in api.pages(request, paging: .single(items: "/items")) {
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

    private func request(_ key: String, in window: TimeWindow?) -> APIRequest {
        let method = style == "body cursor" ? "POST" : "GET"
        var request = APIRequest(method, "/listings/{key}", parameters: ["key": key])
        if let window {
            request.query = [
                QueryItem("from", .text(String(window.from.seconds))),
                QueryItem("to", .text(String(window.to.seconds))),
            ]
        }
        if style == "body cursor" { request.body = .json(Array("{}".utf8)) }
        return request
    }

    private var paging: Paging {
        var paging: Paging =
            switch style {
            case "link": .linkHeader(items: "/items")
            case "cursor": .cursor(at: "/cursor", parameter: "after", items: "/items")
            case "body cursor": .bodyCursor(at: "/cursor", parameter: "after", items: "/items")
            case "last id": .lastID(parameter: "after_id", key: "id", items: "/items")
            case "page number": .pageNumber(items: "/items")
            case "offset": .offset(items: "/items")
            default: .nextURL(at: "/next", items: "/items")
            }
        if habit == "counts" {
            paging.totalCount = "/total"
            paging.itemKey = "id"
        }
        return paging
    }

    private static func row(_ item: JSONValue) -> ListedRecording {
        ListedRecording(
            Recording(id: item["id"]?.scalarText ?? "", status: .available),
            accessRevision: item["revision"]?.scalarText.map { .revision($0) } ?? .unknown
        )
    }
}
