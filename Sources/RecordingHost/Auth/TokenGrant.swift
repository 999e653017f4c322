import RawJSON
import RecordingKit

/// A request for a token, and the reading of its answer (RFC 6749 §4.4, §5, §6): pure.
struct TokenGrant: Sendable {
    /// How the client asks.
    enum Kind: Sendable, Hashable {
        case refreshToken(Secret)
        case clientCredentials
    }

    /// A further parameter of the form.
    struct Parameter: Sendable {
        let name: String
        let value: Secret
    }

    let endpoint: HTTPURL
    let clientID: String
    let clientSecret: Secret
    var grantType: String?
    var scope: String?
    var parameters: [Parameter] = []
    var clientAuthentication: OAuthSettings.ClientAuthentication = .body

    /// The request, with the client's identity where the platform wants it (RFC 6749 §2.3.1).
    func request(_ kind: Kind, limits: TransportLimits) -> TransportRequest {
        var headers: HTTPHeaders = [
            "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
        ]
        if clientAuthentication == .basic {
            let identity = "\(PercentEncoding.encode(clientID)):\(PercentEncoding.encode(clientSecret.revealed))"
            headers.set("Authorization", "Basic \(Base64.encode(Array(identity.utf8)))")
        }
        return TransportRequest(
            method: "POST",
            url: endpoint,
            headers: headers,
            body: Array(form(kind).utf8),
            limits: limits
        )
    }

    private func form(_ kind: Kind) -> String {
        var pairs: [(name: String, value: String)] = []
        switch kind {
        case .refreshToken(let token):
            pairs = [("grant_type", grantType ?? "refresh_token"), ("refresh_token", token.revealed)]
        case .clientCredentials:
            pairs = [("grant_type", grantType ?? "client_credentials")]
        }
        if let scope { pairs.append(("scope", scope)) }
        if clientAuthentication == .body {
            pairs += [("client_id", clientID), ("client_secret", clientSecret.revealed)]
        }
        // RFC 6749 §3.2: no parameter may be sent more than once.
        pairs.removeAll { pair in parameters.contains { $0.name == pair.name } }
        pairs += parameters.map { ($0.name, $0.value.revealed) }
        return pairs.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
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
