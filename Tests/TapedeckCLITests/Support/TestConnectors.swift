import RecordingHost
import RecordingKit

@testable import TapedeckCLI

/// Two connectors that are data alone: none of these tests reads anything through them.
enum TestConnectors {
    static let alpha = ConnectorDescriptor(
        id: "alpha",
        name: "Alpha",
        summary: "Reads calls from Alpha.",
        baseURL: "https://alpha.example.com/api",
        authentication: .headers([(name: "x-id", setting: "clientID"), (name: "x-secret", setting: "clientSecret")]),
        settings: [
            SettingField("clientID", .string, help: "The client's id.", isRequired: true),
            SettingField("clientSecret", .string, help: "The client's secret.", isRequired: true, isSecret: true),
            SettingField("mode", .choice(["fast", "thorough"]), help: "How calls are found.", default: "fast"),
            SettingField(
                "calls",
                .list(.object([SettingField("callID", .integer(1 ... .max), help: "A call.", isRequired: true)])),
                help: "Calls to read in place of discovery."
            ),
        ],
        produces: [.recordings, .accessEvents],
        credentialAdvice: "Check both headers of the client.",
        requestIDHeader: "X-Request-Id"
    )

    static let beta = ConnectorDescriptor(
        id: "beta",
        name: "Beta",
        summary: "Reads meetings from Beta.",
        baseURL: "https://beta.example.com/v1",
        authentication: .firstConfigured([
            .bearer(setting: "accessToken"),
            .oauthRefreshToken(
                OAuthSettings(tokenEndpoint: "token", clientID: "oauth.clientID", clientSecret: "oauth.clientSecret"),
                refreshToken: "oauth.refreshToken"
            ),
        ]),
        settings: [
            SettingField("accessToken", .string, help: "A token that lasts.", isSecret: true),
            SettingField(
                "oauth",
                .object([
                    SettingField("clientID", .string, help: "The integration's id.", isRequired: true),
                    SettingField("clientSecret", .string, help: "Its secret.", isRequired: true, isSecret: true),
                    SettingField("refreshToken", .string, help: "Its refresh token.", isRequired: true, isSecret: true),
                ]),
                help: "An integration in place of a token."
            ),
            SettingField("sites", .oneOrMore(.string), help: "Sites to read.", default: "all"),
            SettingField("from", .timestamp, help: "Where to begin."),
        ],
        produces: [.recordings, .accessSummaries, .accessEvents, .media],
        credentialAdvice: "The token needs the scope beta:read.",
        limits: ConnectorLimits(concurrency: 4, requestsPerSecond: 5, maximumWait: .seconds(600)),
        windowRules: WindowRules(longestSpan: .seconds(30 * 86_400), horizon: .seconds(365 * 86_400)),
        startSetting: "from"
    )

    /// Both connectors; sources of the second fail with `failure`.
    static func registry(failure: TapedeckError? = nil) throws -> ConnectorRegistry {
        var registry = ConnectorRegistry()
        try registry.register(alpha) { _ in SilentSource(failure: nil) }
        try registry.register(beta) { _ in SilentSource(failure: failure) }
        return registry
    }

    /// Makes a folder, also where a bucket is asked for.
    @Sendable static func makeMediaStore(
        _ request: MediaStoreRequest,
        _ transport: any HTTPTransport
    ) throws -> any MediaStore {
        guard request.kind == MediaStoreRequest.folder || request.bucket != nil else {
            throw MediaStoreProblem(
                option: "kind",
                message: "Expected a kind of store: folder.",
                knownNames: ["folder"]
            )
        }
        return FolderMediaStore(root: request.directory)
    }

    @Sendable static func makeSink(_ request: SinkRequest) throws -> any Sink {
        guard request.kind == "jsonl" else {
            throw SinkProblem(option: "kind", message: "Expected a kind of sink: jsonl.", knownNames: ["jsonl"])
        }
        guard let directory = request.directory else {
            throw SinkProblem(option: "directory", message: "\"directory\" is missing: the folder for the files.")
        }
        return SilentSink(id: "jsonl:\(directory)", locations: ["\(directory)/recordings.jsonl"])
    }
}

/// A sink that keeps nothing.
struct SilentSink: Sink {
    let id: String
    let locations: [String]

    func recover(to position: SinkPosition?) async throws -> SinkPosition { position ?? SinkPosition() }
    func write(_ batch: RecordBatch) async throws {}
    func commit() async throws -> SinkPosition { SinkPosition() }
    func close() async {}
}

/// A source that has nothing, or fails as it is told to.
struct SilentSource: Connector {
    static let connector = TestConnectors.alpha
    var failure: TapedeckError?

    init(settings: Settings) throws {}
    init(failure: TapedeckError?) { self.failure = failure }

    func check(api: APIClient) async throws {
        if let failure { throw failure }
    }

    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        if let failure { throw failure }
    }

    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {}
}
