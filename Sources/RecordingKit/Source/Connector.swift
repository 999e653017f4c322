/// A connector that is compiled in: a source that says of itself what it is, and is made from settings.
///
/// A minimal connector:
///
/// ```swift
/// struct TapeArchive: Connector {
///     static let connector = ConnectorDescriptor(
///         id: "tape_archive",
///         name: "Tape Archive",
///         summary: "Recordings of one archive.",
///         baseURL: "https://archive.example/api",
///         authentication: .bearer(setting: "accessToken"),
///         settings: [SettingField("accessToken", .string, help: "Token of the archive.", isRequired: true, isSecret: true)]
///     )
///
///     init(settings: Settings) {}
///
///     func check(api: APIClient) async throws {
///         _ = try await api.send(.get("/tapes", query: [QueryItem("limit", "1")]))
///     }
///
///     func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
///         try await yield(Listing(key: "all", label: "all tapes"))
///     }
///
///     func recordings(
///         in listing: Listing, api: APIClient, yield: ([ListedRecording]) async throws -> Void
///     ) async throws {
///         for try await page in api.pages(.get("/tapes"), paging: .cursor(at: "/next", parameter: "after", items: "/tapes")) {
///             try await yield(page.items.map { tape in
///                 ListedRecording(Recording(id: tape["id"]?.scalarText ?? "", status: .available))
///             })
///         }
///     }
/// }
/// ```
public protocol Connector: RecordingSource {
    /// What the connector is and needs, as data.
    static var connector: ConnectorDescriptor { get }

    /// Makes a source from settings that the host has checked against the descriptor; secrets are not among them.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when settings contradict each other.
    init(settings: Settings) throws
}
