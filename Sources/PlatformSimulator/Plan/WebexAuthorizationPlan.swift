/// Tokens of the simulated Webex and what they may do.
package struct WebexAuthorizationPlan: Sendable {
    /// What a refresh does to the refresh token.
    package enum Rotation: Sendable, Equatable {
        /// The same refresh token comes back.
        case same
        /// A new one comes; the old one goes on working.
        case newOldLives
        /// A new one comes; the old one is dead from that moment.
        case newOldDies
    }

    /// The access token that is valid from the start, until killed or expired.
    package var accessToken: String
    package var refreshToken: String
    package var clientID: String
    package var clientSecret: String
    /// Seconds that a token issued by the token endpoint lives.
    package var expiresIn: Int
    package var rotation: Rotation
    package var scopes: [String]

    package static let adminScopes = ["meeting:admin_recordings_read", "meeting:admin_preferences_read"]
    package static let userScopes = ["meeting:recordings_read", "meeting:preferences_read"]

    package init(
        accessToken: String = "webex-access-token",
        refreshToken: String = "webex-refresh-token",
        clientID: String = "webex-client",
        clientSecret: String = "webex-secret",
        expiresIn: Int = 1_209_599,
        rotation: Rotation = .newOldDies,
        scopes: [String] = WebexAuthorizationPlan.adminScopes
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.expiresIn = expiresIn
        self.rotation = rotation
        self.scopes = scopes
    }

    /// Whether the token acts on behalf of others, which is what `hostEmail` needs.
    var isAdmin: Bool { scopes.contains("meeting:admin_recordings_read") }
}
