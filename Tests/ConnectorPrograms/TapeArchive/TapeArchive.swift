import RawJSON
public import RecordingKit

/// The same connector as the example in Python, in Swift: compiled into the tests, and as a program of its own.
public struct TapeArchive: Connector, AccessReporting, MediaProviding {
    /// What the connector is and needs.
    public static let connector = ConnectorDescriptor(
        id: "tape_archive",
        name: "Tape Archive",
        summary: "The tapes of one archive.",
        baseURL: "https://archive.example/api",
        authentication: .bearer(setting: "accessToken"),
        settings: [
            SettingField("accessToken", .string, help: "Token of the archive.", isRequired: true, isSecret: true),
            SettingField("shelves", .oneOrMore(.string), help: "The shelves to read; default all of them."),
        ],
        produces: [.recordings, .accessSummaries, .accessEvents, .media],
        credentialAdvice: "Ask the archivist for a new token.",
        media: MediaOffer(mainRendition: "audio")
    )

    private static let statuses: [String: RecordingStatus] = [
        "ok": .available, "digitising": .processing, "lost": .deleted,
    ]
    private static let actions: [String: AccessAction] = ["played": .view, "copied": .download]

    private let shelves: [String]

    /// Makes a source from checked settings.
    public init(settings: Settings) { shelves = settings.strings("shelves") }

    /// Asks for the shelves.
    public func check(api: APIClient) async throws { _ = try await api.send(.get("/shelves")) }

    /// Hands over the shelves.
    public func listings(
        in window: TimeWindow,
        api: APIClient,
        yield: (Listing) async throws -> Void
    ) async throws {
        var shelves = shelves
        if shelves.isEmpty {
            let all = try await api.send(.get("/shelves")).json["shelves"]
            shelves = all?.elements.compactMap { $0["id"]?.scalarText } ?? []
        }
        for shelf in shelves {
            try await yield(Listing(key: "shelf/\(shelf)", label: "shelf \(shelf)", parameters: ["shelf": shelf]))
        }
    }

    /// Reads the tapes of a shelf.
    public func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        let request = APIRequest.get("/shelves/{shelf}/tapes", parameters: listing.parameters)
        for try await page in api.pages(request, paging: .cursor(at: "/next", parameter: "after", items: "/tapes")) {
            try await yield(page.items.map(Self.recording))
        }
    }

    private static func recording(_ tape: JSONValue) -> ListedRecording {
        var recording = Recording(id: tape["id"]?.scalarText ?? "")
        recording.title = tape["label"]?.string
        recording.startedAt = tape["recorded_at"]?.string.flatMap { Timestamp($0) }
        recording.rawStatus = tape["state"]?.string
        recording.status = recording.rawStatus.flatMap { statuses[$0] } ?? .unknown
        recording.raw = tape
        let plays = tape["plays"]?.integer
        let copies = tape["copies"]?.integer
        return ListedRecording(
            recording,
            summary: AccessSummary(recordingID: recording.id, views: plays, downloads: copies),
            accessRevision: .revision("\(plays ?? 0)/\(copies ?? 0)")
        )
    }

    /// Reads the log of a tape.
    public func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        let request = APIRequest.get("/tapes/{tape}/log", parameters: ["tape": recording.id])
        for try await page in api.pages(request, paging: .cursor(at: "/next", parameter: "after", items: "/entries")) {
            try await yield(
                page.items.map { entry in
                    var event = AccessEvent(
                        identity: .platform(entry["id"]?.scalarText ?? ""),
                        recordingID: recording.id,
                        actor: Person(name: entry["who"]?.string),
                        actions: [entry["what"]?.string.flatMap { Self.actions[$0] } ?? .unknown]
                    )
                    event.occurredAt = entry["at"]?.string.flatMap { Timestamp($0) }
                    event.raw = entry
                    return event
                }
            )
        }
    }

    /// Asks for the link to a tape's file.
    public func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability {
        let answer = try await api.send(.get("/tapes/{tape}/audio", parameters: ["tape": recording.id])).json
        guard let url = answer["url"]?.string else { return .pending(reason: "The tape is not digitised yet.") }
        return .available([
            MediaLink(
                rendition: "audio",
                url: url,
                expiresAt: answer["expires_at"]?.string.flatMap { Timestamp($0) },
                fileExtension: "mp3"
            )
        ])
    }
}
