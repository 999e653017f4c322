public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// The tokens that were last saved for a source.
    public func tokens(of source: String) throws -> StoredTokens? {
        try perform { connection in
            let select = try connection.statement(
                """
                SELECT access_token, expires_at, refresh_token, seed FROM tokens
                WHERE source = (SELECT id FROM sources WHERE name = ?)
                """
            )
            try select.bind(source)
            defer { select.reset() }
            guard try select.step() else { return nil }
            return StoredTokens(
                accessToken: Secret(select.requiredText(0)),
                expiresAt: try select.optionalTime(1),
                refreshToken: select.text(2).map(Secret.init),
                seed: select.requiredText(3)
            )
        }
    }

    /// Saves a source's tokens so that they survive a power failure before this returns.
    ///
    /// A platform that rotates refresh tokens takes the old one back: losing the new one would lock the customer out.
    public func saveTokens(_ tokens: StoredTokens, of source: String) throws {
        try transactDurably { connection in
            let number = try numberForWriting(source, connection)
            let replace = try connection.statement(
                "INSERT OR REPLACE INTO tokens (source, access_token, expires_at, refresh_token, seed) VALUES (?, ?, ?, ?, ?)"
            )
            defer { replace.forgetValues() }
            try replace.bind(number)
            try replace.bind(tokens.accessToken.revealed)
            try replace.bind(tokens.expiresAt)
            try replace.bind(tokens.refreshToken?.revealed)
            try replace.bind(tokens.seed)
            try replace.run()
        }
    }
}
