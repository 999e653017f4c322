public import RecordingKit

/// Tokens as they are kept between runs.
public struct StoredTokens: Sendable, Hashable, CustomStringConvertible {
    /// The access token.
    public var accessToken: Secret
    /// When it stops working, or nil when the platform did not say.
    public var expiresAt: Timestamp?
    /// The refresh token that is valid now.
    public var refreshToken: Secret?
    /// Hash of the configured refresh token that this chain of tokens began with; a newly configured one starts a new chain.
    public var seed: String

    /// Describes tokens.
    public init(accessToken: Secret, expiresAt: Timestamp?, refreshToken: Secret?, seed: String) {
        self.accessToken = accessToken
        self.expiresAt = expiresAt
        self.refreshToken = refreshToken
        self.seed = seed
    }

    /// When the access token stops working, and nothing of the tokens.
    public var description: String { "tokens until \(expiresAt.map(String.init(describing:)) ?? "an unknown time")" }
}

extension Secret {
    /// The hidden text, for a ledger that must store it or a transport that must send it.
    ///
    /// Never show it.
    public var revealed: String { value }
}
