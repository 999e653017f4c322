// snippet.descriptor
public import RecordingKit

/// Reads the tapes of an archive: shelf by shelf, page by page.
public struct TapeArchiveSource: Connector {
    /// What the connector is and needs.
    public static let connector = ConnectorDescriptor(
        id: "tape_archive",
        name: "Tape Archive",
        summary: "The tapes of an archive, who listened to them, and their copies.",
        baseURL: "https://archive.example/api",
        authentication: .bearer(setting: "accessToken"),
        settings: [
            SettingField("accessToken", .string, help: "Token of the archive.", isRequired: true, isSecret: true),
            SettingField("shelves", .oneOrMore(.string), help: "The shelves to read; without it, all of them."),
        ],
        produces: [.recordings, .accessEvents, .media],
        credentialAdvice: "Ask the archivist for a new token.",
        requestIDHeader: "X-Request-Id",
        media: MediaOffer(mainRendition: "audio")
    )

    private let shelves: [String]

    /// Makes a source from checked settings; the token is not among them.
    public init(settings: Settings) {
        shelves = settings.strings("shelves")
    }
    // snippet.end

    // snippet.check
    /// Asks for the shelves.
    public func check(api: APIClient) async throws {
        _ = try await api.send(.get("/shelves"))
    }
    // snippet.end

    // snippet.listings
    /// Hands over the shelves, each as one part.
    public func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        var names = shelves
        if names.isEmpty {
            let answer = try await api.send(.get("/shelves"))
            names = answer.json["shelves"]?.elements.compactMap(\.string) ?? []
            guard !names.isEmpty else { throw TapedeckError(.malformedResponse, "The archive named no shelf.") }
        }
        for name in names {
            try await yield(Listing(key: "shelf/\(name)", label: "shelf \(name)", parameters: ["shelf": name]))
        }
    }
    // snippet.end

    // snippet.recordings
    /// Reads the tapes of one shelf.
    public func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        let tapes = APIRequest.get("/shelves/{shelf}/tapes", parameters: ["shelf": listing.parameters["shelf"] ?? ""])
        var unusable = 0
        for try await page in api.pages(tapes, paging: .cursor(at: "/next", parameter: "after", items: "/tapes")) {
            let found = page.items.compactMap(Tape.recording)
            unusable += page.items.count - found.count
            try await yield(found)
        }
        guard unusable == 0 else {
            throw TapedeckError(.malformedResponse, "\(unusable) tapes have no id; everything else was read.")
        }
    }
    // snippet.end
}
