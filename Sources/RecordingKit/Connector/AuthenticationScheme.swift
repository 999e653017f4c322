/// How a platform wants its credentials, as data: it names settings, and the host alone reads their values.
public struct AuthenticationScheme: Sendable {
    package indirect enum Kind: Sendable {
        case none
        case headers([CredentialField])
        case query([CredentialField])
        case bearer(setting: String)
        case basic(user: String, password: String)
        case refreshToken(OAuthSettings, refreshToken: String)
        case clientCredentials(OAuthSettings)
        case hmac(HMACSettings)
        case firstConfigured([AuthenticationScheme])
    }

    package let kind: Kind

    /// Nothing is added.
    public static let none = AuthenticationScheme(kind: .none)

    /// Fixed header fields, each with the setting that holds its value.
    public static func headers(_ fields: [(name: String, setting: String)]) -> AuthenticationScheme {
        AuthenticationScheme(kind: .headers(fields.map { CredentialField($0.name, .setting($0.setting)) }))
    }

    /// Fixed header fields whose values are text around settings, such as `Authorization: Token {apiKey}`.
    public static func headers(_ fields: [CredentialField]) -> AuthenticationScheme {
        AuthenticationScheme(kind: .headers(fields))
    }

    /// Fixed parameters of the query, each with the setting that holds its value; see ``query(_:)-([CredentialField])``.
    public static func query(_ parameters: [(name: String, setting: String)]) -> AuthenticationScheme {
        AuthenticationScheme(kind: .query(parameters.map { CredentialField($0.name, .setting($0.setting)) }))
    }

    /// Fixed parameters of the query, for platforms that take an API key there.
    ///
    /// The host adds them after the connector's own, only on the source's own origin, in place of parameters with the same
    /// names. A link to a next page that repeats them is remembered without them.
    public static func query(_ parameters: [CredentialField]) -> AuthenticationScheme {
        AuthenticationScheme(kind: .query(parameters))
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
    ///
    /// - Parameters:
    ///   - settings: the endpoint, the client, and how the request looks.
    ///   - scope: in place of the scope of `settings` when it is not nil.
    public static func oauthClientCredentials(_ settings: OAuthSettings, scope: String? = nil) -> AuthenticationScheme {
        var settings = settings
        settings.scope = scope ?? settings.scope
        return AuthenticationScheme(kind: .clientCredentials(settings))
    }

    /// HMAC-SHA256 over the final request, computed for every attempt anew.
    public static func hmac(_ settings: HMACSettings) -> AuthenticationScheme {
        AuthenticationScheme(kind: .hmac(settings))
    }

    /// The first of several schemes whose settings are all configured; settings of another one beside them are a problem.
    public static func firstConfigured(_ schemes: [AuthenticationScheme]) -> AuthenticationScheme {
        AuthenticationScheme(kind: .firstConfigured(schemes))
    }
}
