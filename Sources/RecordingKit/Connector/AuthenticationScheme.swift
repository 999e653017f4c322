/// How a platform wants its credentials, as data: it names settings, and the host alone reads their values.
public struct AuthenticationScheme: Sendable {
    package indirect enum Kind: Sendable {
        case none
        case headers([(name: String, setting: String)])
        case bearer(setting: String)
        case basic(user: String, password: String)
        case refreshToken(OAuthSettings, refreshToken: String)
        case clientCredentials(OAuthSettings, scope: String?)
        case firstConfigured([AuthenticationScheme])
    }

    package let kind: Kind

    /// Nothing is added.
    public static let none = AuthenticationScheme(kind: .none)

    /// Fixed header fields, each with the setting that holds its value.
    public static func headers(_ fields: [(name: String, setting: String)]) -> AuthenticationScheme {
        AuthenticationScheme(kind: .headers(fields))
    }

    /// `Authorization: Bearer …` with a fixed token (RFC 6750 §2.1).
    public static func bearer(setting: String) -> AuthenticationScheme {
        AuthenticationScheme(kind: .bearer(setting: setting))
    }

    /// `Authorization: Basic …` (RFC 7617).
    public static func basic(user: String, password: String) -> AuthenticationScheme {
        AuthenticationScheme(kind: .basic(user: user, password: password))
    }

    /// OAuth 2 with a refresh token (RFC 6749 §6); a rotated token is saved before the new access token is first used.
    public static func oauthRefreshToken(_ settings: OAuthSettings, refreshToken: String) -> AuthenticationScheme {
        AuthenticationScheme(kind: .refreshToken(settings, refreshToken: refreshToken))
    }

    /// OAuth 2 client credentials (RFC 6749 §4.4).
    public static func oauthClientCredentials(_ settings: OAuthSettings, scope: String? = nil) -> AuthenticationScheme {
        AuthenticationScheme(kind: .clientCredentials(settings, scope: scope))
    }

    /// The first of several schemes whose settings are all configured; settings of another one beside them are a problem.
    public static func firstConfigured(_ schemes: [AuthenticationScheme]) -> AuthenticationScheme {
        AuthenticationScheme(kind: .firstConfigured(schemes))
    }
}

/// Where a platform issues OAuth 2 tokens, and which settings hold the client's identity.
public struct OAuthSettings: Sendable {
    /// The token endpoint, absolute or relative to the base URL.
    public var tokenEndpoint: String
    /// The setting that holds the client id.
    public var clientID: String
    /// The setting that holds the client secret.
    public var clientSecret: String

    /// Names the endpoint and the settings.
    public init(tokenEndpoint: String, clientID: String, clientSecret: String) {
        self.tokenEndpoint = tokenEndpoint
        self.clientID = clientID
        self.clientSecret = clientSecret
    }
}
