/// Where a platform issues OAuth 2 tokens, which settings hold the client's identity, and how the request for a token looks.
public struct OAuthSettings: Sendable {
    /// How a client proves who it is at the token endpoint (RFC 6749 §2.3.1).
    public struct ClientAuthentication: Sendable, Hashable {
        /// The name in declarations: `body` or `basic`.
        public let rawValue: String

        private init(name: String) { rawValue = name }

        /// The way with this name, or nil.
        public init?(rawValue: String) {
            guard let known = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = known
        }

        /// `client_id` and `client_secret` among the form's parameters.
        public static let body = Self(name: "body")
        /// `Authorization: Basic …` with both, each form-encoded first.
        public static let basic = Self(name: "basic")
        /// All of them.
        public static let all: [Self] = [.body, .basic]
    }

    /// The token endpoint, absolute or relative to the base URL.
    public var tokenEndpoint: String
    /// The setting that holds the client id.
    public var clientID: String
    /// The setting that holds the client secret.
    public var clientSecret: String
    /// The `grant_type` that is sent; nil, the default, for the scheme's own: `refresh_token` or `client_credentials`.
    public var grantType: String?
    /// The `scope` that is asked for; nil, the default, for what the platform gives by itself.
    public var scope: String?
    /// Further parameters of the token request, each in place of a standard one with its name; default none.
    public var parameters: [CredentialField]
    /// Where the client's identity goes; default the form.
    public var clientAuthentication: ClientAuthentication

    /// Names the endpoint and the settings.
    ///
    /// - Parameters:
    ///   - tokenEndpoint: absolute or relative to the base URL.
    ///   - clientID: the setting that holds the client id.
    ///   - clientSecret: the setting that holds the client secret.
    ///   - grantType: in place of the scheme's own, such as `account_credentials`.
    ///   - scope: space-separated names.
    ///   - parameters: further parameters, such as an account's id from a setting, or a constant.
    ///   - clientAuthentication: where the client's identity goes.
    public init(
        tokenEndpoint: String,
        clientID: String,
        clientSecret: String,
        grantType: String? = nil,
        scope: String? = nil,
        parameters: [CredentialField] = [],
        clientAuthentication: ClientAuthentication = .body
    ) {
        self.tokenEndpoint = tokenEndpoint
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.grantType = grantType
        self.scope = scope
        self.parameters = parameters
        self.clientAuthentication = clientAuthentication
    }

    /// The dotted paths of the settings that are read for any grant, each once.
    package var settings: [String] { ([clientID, clientSecret] + parameters.flatMap(\.value.names)).unique }
}
