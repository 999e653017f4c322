public import RecordingKit

/// Reads the tapes of an archive: one list with a cursor, asked for with a bearer token.
public struct TapeArchiveSource: Connector {
    /// What the connector is and needs.
    public static let connector = ConnectorDescriptor(
        id: "tape_archive",
        name: "Tape Archive",
        summary: "The tapes of one archive.",
        baseURL: "https://archive.example/api",
        authentication: .bearer(setting: "accessToken"),
        settings: [
            SettingField("accessToken", .string, help: "Token of the archive.", isRequired: true, isSecret: true),
            SettingField("shelf", .string, help: "The shelf to read.", default: "all"),
        ],
        credentialAdvice: "Ask the archivist for a new token."
    )

    private let shelf: String

    /// Makes a source from checked settings.
    public init(settings: Settings) {
        shelf = settings.string("shelf") ?? "all"
    }

    /// Asks for one tape.
    public func check(api: APIClient) async throws {
        _ = try await api.send(
            .get("/shelves/{shelf}/tapes", parameters: ["shelf": shelf], query: [QueryItem("limit", "1")])
        )
    }

    /// Hands over the shelf, the one part that there is.
    public func listings(
        in window: TimeWindow,
        api: APIClient,
        yield: (Listing) async throws -> Void
    ) async throws {
        try await yield(Listing(key: "shelf/\(shelf)", label: "one shelf"))
    }

    /// Reads the tapes of the shelf.
    public func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        let request = APIRequest.get("/shelves/{shelf}/tapes", parameters: ["shelf": shelf])
        for try await page in api.pages(request, paging: .cursor(at: "/next", parameter: "after", items: "/tapes")) {
            try await yield(
                page.items.compactMap { tape in
                    guard let id = tape["id"]?.scalarText else { return nil }
                    var recording = Recording(id: id, status: .available)
                    recording.title = tape["label"]?.string
                    recording.startedAt = tape["recorded_at"]?.string.flatMap { Timestamp($0) }
                    recording.raw = tape
                    return ListedRecording(recording)
                }
            )
        }
    }
}
