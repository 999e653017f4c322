import RawJSON
import RecordingKit

/// A request for a token, and the reading of its answer (RFC 6749 §4.4, §5, §6): pure.
struct TokenGrant: Sendable {
    /// How the client asks.
    enum Kind: Sendable, Hashable {
        case refreshToken(Secret)
        case clientCredentials(scope: String?)
    }

    let endpoint: HTTPURL
    let clientID: String
    let clientSecret: Secret

    /// The request, with the client's identity in the form body as Webex documents it.
    func request(_ kind: Kind, limits: TransportLimits) -> TransportRequest {
        var parameters: [(String, String)] = []
        switch kind {
        case .refreshToken(let token):
            parameters = [("grant_type", "refresh_token"), ("refresh_token", token.revealed)]
        case .clientCredentials(let scope):
            parameters = [("grant_type", "client_credentials")] + (scope.map { [("scope", $0)] } ?? [])
        }
        parameters += [("client_id", clientID), ("client_secret", clientSecret.revealed)]
        let form = parameters.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return TransportRequest(
            method: "POST",
            url: endpoint,
            headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
            body: Array(form.utf8),
            limits: limits
        )
    }

    /// Tokens from a successful answer.
    ///
    /// - Throws: `TapedeckError` with code `malformed_response` when there is no access token.
    func tokens(from json: JSONValue, kind: Kind, seed: String, now: Timestamp) throws -> StoredTokens {
        guard let access = json["access_token"]?.string, !access.isEmpty else {
            throw TapedeckError(.malformedResponse, "The token endpoint's answer holds no access token.")
        }
        let lifetime = json["expires_in"].flatMap { $0.double ?? $0.string.flatMap(Double.init) }.flatMap {
            $0.isNaN ? nil : $0
        }
        var refresh: Secret?
        if case .refreshToken(let current) = kind {
            refresh = json["refresh_token"]?.string.flatMap { $0.isEmpty ? nil : Secret($0) } ?? current
        }
        return StoredTokens(
            accessToken: Secret(access),
            expiresAt: lifetime.map { now.advanced(by: .seconds(min(max($0, 0), 1e9))) },
            refreshToken: refresh,
            seed: seed
        )
    }
}
