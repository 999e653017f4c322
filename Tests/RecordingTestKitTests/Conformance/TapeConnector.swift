import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit

/// A connector to an archive of tapes, method by method, so that one of them can be made wrong.
struct TapeConnector: Sendable {
    typealias Rows<Row> = (_ page: [Row]) async throws -> Void

    var descriptor = TapeConnector.descriptor()
    var check: @Sendable (APIClient) async throws -> Void = { api in
        _ = try await api.send(.get("/boxes", query: [QueryItem("limit", "1")]))
    }
    var label: @Sendable (_ box: String, Settings) -> String = { box, _ in "box \(box)" }
    var key: @Sendable (_ box: String) -> String = { $0 }
    var box: @Sendable (Listing) -> String? = { $0.parameters["box"] }
    var range: @Sendable (Listing) -> TimeWindow? = { $0.window }
    var recording: @Sendable (JSONValue) throws -> ListedRecording? = TapeConnector.recording
    var event: @Sendable (JSONValue, Recording) -> AccessEvent? = TapeConnector.event
    var recordings: @Sendable (TapeConnector, APIRequest, APIClient, Rows<ListedRecording>) async throws -> Void = {
        try await $0.readAll($1, $2, $3)
    }
    var media: @Sendable (Recording, APIClient) async throws -> MediaAvailability = { recording, api in
        do {
            return try await TapeConnector.link(of: recording, api)
        } catch let error as TapedeckError where [.notFound, .gone, .forbidden].contains(error.code) {
            return .gone(reason: "the archive does not hand it out")
        }
    }

    /// What the archive's connector says of itself.
    static func descriptor(
        summary: String = "Tapes of one archive.",
        authentication: AuthenticationScheme = .headers([
            (name: "X-Login", setting: "login"), (name: "X-Key", setting: "apiKey"),
        ]),
        settings: [SettingField] = []
    ) -> ConnectorDescriptor {
        ConnectorDescriptor(
            id: "tapes",
            name: "Tape Archive",
            summary: summary,
            baseURL: "https://tapes.example/api",
            authentication: authentication,
            settings: [
                SettingField("login", .string, help: "Name of the account.", isRequired: true),
                SettingField("apiKey", .string, help: "Key of the account.", isRequired: true, isSecret: true),
            ] + settings,
            produces: [.recordings, .accessEvents, .media],
            windowRules: WindowRules(longestSpan: .seconds(90 * 86_400), horizon: nil),
            media: MediaOffer(auditCost: 1)
        )
    }

    /// The connector as a registry holds it.
    func entry() throws -> ConnectorRegistry.Entry {
        var registry = ConnectorRegistry()
        try registry.register(descriptor) { settings in TapeSource(connector: self, settings: settings) }
        guard let entry = registry["tapes"] else { throw TapedeckError(.configurationInvalid, "It is not registered.") }
        return entry
    }

    /// The tapes of one box and range, with the row that has no id told at the end.
    func readAll(_ request: APIRequest, _ api: APIClient, _ yield: Rows<ListedRecording>) async throws {
        var unusable = 0
        for try await page in api.pages(request, paging: TapeConnector.paging) {
            let rows = try page.items.compactMap { try recording($0) }
            unusable += page.items.count - rows.count
            try await yield(rows)
        }
        try TapeConnector.requireNone(unusable)
    }

    static var paging: Paging {
        var paging = Paging.linkHeader(items: "/items")
        paging.pageSize = PageSize("limit", preferred: 100)
        return paging
    }

    static func requireNone(_ unusable: Int) throws {
        guard unusable == 0 else { throw TapedeckError(.malformedResponse, "\(unusable) rows have no id.") }
    }

    static func recording(_ row: JSONValue) throws -> ListedRecording? {
        guard let id = row["id"]?.string else { return nil }
        var recording = Recording(id: id)
        recording.title = row["title"]?.string
        recording.startedAt = row["recorded_at"]?.string.flatMap { Timestamp($0) }
        recording.rawStatus = row["status"]?.string
        recording.status =
            switch recording.rawStatus {
            case "ready": .available
            case "busy": .processing
            default: .unknown
            }
        recording.host = Person(name: row["owner"]?["name"]?.string, email: row["owner"]?["email"]?.string)
        recording.raw = row
        return ListedRecording(recording)
    }

    static func event(_ row: JSONValue, of recording: Recording) -> AccessEvent? {
        guard let id = row["id"]?.string else { return nil }
        let action: AccessAction =
            switch row["action"]?.string {
            case "view": .view
            case "download": .download
            default: .unknown
            }
        var event = AccessEvent(
            identity: .platform(id),
            recordingID: recording.id,
            actor: Person(name: row["who"]?.string),
            actions: [action]
        )
        event.occurredAt = row["at"]?.string.flatMap { Timestamp($0) }
        event.raw = row
        return event
    }

    static func link(of recording: Recording, _ api: APIClient) async throws -> MediaAvailability {
        var request = APIRequest.get("/tapes/{id}/file", parameters: ["id": recording.id])
        request.auditCost = 1
        let answer = try await api.send(request)
        guard answer.json["id"]?.string == recording.id, let url = answer.json["url"]?.string else {
            throw TapedeckError(.malformedResponse, "The answer is about another tape.")
        }
        return .available([MediaLink(rendition: "video", url: url)])
    }
}

/// What reads the archive as its connector says.
struct TapeSource: AccessReporting, MediaProviding {
    let connector: TapeConnector
    let settings: Settings

    func check(api: APIClient) async throws { try await connector.check(api) }

    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        var boxes: [String] = []
        var unusable = 0
        for try await page in api.pages(
            .get("/boxes"),
            paging: .cursor(at: "/next", parameter: "after", items: "/boxes")
        ) {
            let found = page.items.compactMap { $0["id"]?.string }
            unusable += page.items.count - found.count
            boxes += found
        }
        for piece in connector.descriptor.windowRules.split(window) {
            for box in boxes {
                try await yield(
                    Listing(
                        key: connector.key(box),
                        label: connector.label(box, settings),
                        window: piece,
                        parameters: ["box": box, "from": piece.from.description, "to": piece.to.description]
                    )
                )
            }
        }
        try TapeConnector.requireNone(unusable)
    }

    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        guard let box = connector.box(listing), let window = connector.range(listing) else {
            throw TapedeckError(.connectorFailed, "The box of the listing is not known.")
        }
        let request = APIRequest.get(
            "/boxes/{box}/tapes",
            parameters: ["box": box],
            query: [QueryItem("from", .start(window.from)), QueryItem("to", .text(window.to.description))]
        )
        try await connector.recordings(connector, request, api, yield)
    }

    func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        var unusable = 0
        let request = APIRequest.get("/tapes/{id}/accesses", parameters: ["id": recording.id])
        for try await page in api.pages(request, paging: .cursor(at: "/next", parameter: "after", items: "/events")) {
            let rows = page.items.compactMap { connector.event($0, recording) }
            unusable += page.items.count - rows.count
            try await yield(rows)
        }
        try TapeConnector.requireNone(unusable)
    }

    func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability {
        try await connector.media(recording, api)
    }
}
