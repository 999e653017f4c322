import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

/// A token authenticator over a scripted token endpoint, with a ledger that outlives it.
struct TokenRig {
    static let start = Timestamp(secondsSince1970: 1_800_000_000)
    static let source = "clinic"
    static let path = "/v1/access_token"

    let transport: ScriptedTransport
    let journal = Journal()
    let clock: ManualClock
    let ledger: MemoryLedger

    init(
        _ answers: [ScriptedAnswer],
        ledger: MemoryLedger = MemoryLedger(),
        clock: ManualClock = .automatic(at: TokenRig.start)
    ) {
        transport = ScriptedTransport([ScriptedRoute("POST", TokenRig.path, answers: answers)])
        self.ledger = ledger
        self.clock = clock
    }

    func authenticator(
        refreshToken: String = "seed-refresh",
        over transport: (any HTTPTransport)? = nil,
        isClientCredentials: Bool = false
    ) throws -> TokenAuthenticator {
        let parsed = SettingsSpecification(fields: [
            SettingField("id", .string, help: "Id."), SettingField("secret", .string, help: "Secret.", isSecret: true),
            SettingField("token", .string, help: "Token.", isSecret: true),
        ])
        .parse(["id": "client-1", "secret": "client-s3cret", "token": .string(refreshToken)])
        let oauth = OAuthSettings(tokenEndpoint: "/access_token", clientID: "id", clientSecret: "secret")
        let made = try factory(parsed, over: transport).make(
            isClientCredentials
                ? .oauthClientCredentials(oauth, scope: "read all") : .oauthRefreshToken(oauth, refreshToken: "token")
        )
        return try #require(made as? TokenAuthenticator)
    }

    func factory(_ parsed: ParsedSettings, over transport: (any HTTPTransport)? = nil) throws -> AuthenticatorFactory {
        let ledger = JournalLedger(base: ledger, journal: journal)
        return AuthenticatorFactory(
            settings: parsed,
            baseURL: try #require(HTTPURL("https://api.test/v1")),
            source: TokenRig.source,
            ledger: ledger,
            exchange: TokenExchange(
                transport: transport ?? JournalTransport(base: self.transport, journal: journal),
                clock: clock,
                policy: RetryPolicy(),
                jitter: { 0.5 },
                limits: TransportLimits(),
                source: TokenRig.source,
                requestIDHeader: "X-Request-Id"
            ),
            clock: clock,
            random: { 0.5 }
        )
    }

    /// The form parameters of each request to the token endpoint.
    var forms: [[String: String]] {
        transport.requests.map { request in
            let pairs = String(decoding: request.body ?? [], as: UTF8.self).split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1).map { PercentEncoding.decode($0) ?? "" }
                return (parts[0], parts.count > 1 ? parts[1] : "")
            }
            return Dictionary(pairs) { $1 }
        }
    }

    static func issued(_ access: String, refresh: String? = nil, lifetime: JSONLiteral? = 3_600) -> ScriptedAnswer {
        var members: [(name: String, value: JSONLiteral)] = [("access_token", .string(access))]
        if let refresh { members.append(("refresh_token", .string(refresh))) }
        if let lifetime { members.append(("expires_in", lifetime)) }
        return .json(.object(members))
    }
}

extension TokenAuthenticator {
    /// Returns when `count` requests wait for a renewal.
    func arrival(ofWaiters count: Int) async throws {
        while waitingCount < count {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}

extension Authenticator {
    /// The value of `Authorization` that a request would carry now.
    func authorization() async throws -> String? {
        try await credential().fields.first { $0.name == "Authorization" }?.value
    }
}

/// The code of the `TapedeckError` that `body` throws, or nil.
func code(of body: () async throws -> Void) async -> TapedeckError.Code? {
    await failure(of: body)?.code
}

/// The `TapedeckError` that `body` throws, or nil.
func failure(of body: () async throws -> Void) async -> TapedeckError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? TapedeckError
    }
}
