import Digest
import RecordingKit

/// Makes what supplies a source's credentials from its scheme and its settings.
struct AuthenticatorFactory: Sendable {
    let settings: ParsedSettings
    let baseURL: HTTPURL
    let source: String
    let ledger: any Ledger
    let exchange: TokenExchange
    let clock: any HostClock
    /// Random numbers, 0 ..< 1, for the nonces of signed requests.
    var random: @Sendable () -> Double

    /// The authenticator of `scheme`.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid` when a setting that the scheme needs is missing.
    func make(_ scheme: AuthenticationScheme) throws -> any Authenticator {
        switch scheme.kind {
        case .none:
            return FixedAuthenticator(fields: [])
        case .headers(let fields):
            return FixedAuthenticator(
                fields: try fields.map { HTTPHeaders.Field(name: $0.name, value: try fieldValue($0.value)) }
            )
        case .query(let parameters):
            let values = try parameters.map {
                Credential.Parameter(name: $0.name, value: Secret(try text(of: $0.value)))
            }
            return FixedAuthenticator(Credential(fields: [], generation: 0, parameters: values))
        case .hmac(let signing):
            return FixedAuthenticator(Credential(fields: [], generation: 0, signer: try signer(signing)))
        case .bearer(let setting):
            return fixed("Bearer \(try fieldValue(setting))")
        case .basic(let user, let password):
            let name = try value(user)
            // RFC 7617 §2: the first colon ends the user's name, so that one with a colon would be read as another user.
            guard !name.contains(":") else {
                throw TapedeckError(
                    .configurationInvalid,
                    "The setting \"\(user)\" of source \(source) holds a colon, which basic authentication cannot send."
                )
            }
            return fixed("Basic \(Base64.encode(Array("\(name):\(try value(password))".utf8)))")
        case .refreshToken(let oauth, let refreshToken):
            let token = try value(refreshToken)
            return try tokens(oauth, kind: .refreshToken(Secret(token)), seedText: token)
        case .clientCredentials(let oauth):
            // Tokens of another account or scope are not those that are asked for now.
            let parts = [oauth.grantType, oauth.scope] + (try oauth.parameters.map { try text(of: $0.value) })
            let seed = ([try value(oauth.clientSecret)] + parts.compactMap { $0 }).joined(separator: "\n")
            return try tokens(oauth, kind: .clientCredentials, seedText: seed)
        case .firstConfigured:
            guard let usable = scheme.configured(in: settings) else {
                throw TapedeckError(.configurationInvalid, "No credentials are configured for source \(source).")
            }
            return try make(usable)
        }
    }

    private func signer(_ signing: HMACSettings) throws -> RequestSigner {
        guard let key = Secret.Bytes(try value(signing.key), as: signing.keyEncoding) else {
            throw TapedeckError(
                .configurationInvalid,
                "The setting \"\(signing.key)\" of source \(source) is not \(signing.keyEncoding?.rawValue ?? "text")."
            )
        }
        let values = try signing.settings.map { ($0, Secret(try value($0))) }
        return RequestSigner(
            settings: signing,
            key: key,
            values: Dictionary(values) { first, _ in first },
            now: { [clock] in clock.now },
            random: random
        )
    }

    private func fixed(_ value: String) -> FixedAuthenticator {
        FixedAuthenticator(fields: [HTTPHeaders.Field(name: "Authorization", value: value)])
    }

    private func tokens(
        _ oauth: OAuthSettings,
        kind: TokenGrant.Kind,
        seedText: String
    ) throws -> TokenAuthenticator {
        let endpoint =
            oauth.tokenEndpoint.contains("://")
            ? HTTPURL(oauth.tokenEndpoint) : baseURL.appendingPath(oauth.tokenEndpoint)
        guard let endpoint else {
            throw TapedeckError(.configurationInvalid, "The connector's token endpoint is not a URL.")
        }
        return TokenAuthenticator(
            grant: TokenGrant(
                endpoint: endpoint,
                clientID: try value(oauth.clientID),
                clientSecret: Secret(try value(oauth.clientSecret)),
                grantType: oauth.grantType,
                scope: oauth.scope,
                parameters: try oauth.parameters.map {
                    TokenGrant.Parameter(name: $0.name, value: Secret(try text(of: $0.value)))
                },
                clientAuthentication: oauth.clientAuthentication
            ),
            kind: kind,
            seed: try SHA256.hash(Array(seedText.utf8)).lowercaseHex,
            source: source,
            ledger: ledger,
            exchange: exchange,
            clock: clock
        )
    }

    private func value(_ setting: String) throws -> String {
        guard let value = settings.credential(setting) else {
            throw TapedeckError(.configurationInvalid, "The setting \"\(setting)\" of source \(source) is missing.")
        }
        return value
    }

    /// A template's text with the settings' values in it.
    private func text(of template: CredentialTemplate) throws -> String {
        try template.text { try value($0) }
    }

    private func fieldValue(_ template: CredentialTemplate) throws -> String {
        try template.text { try fieldValue($0) }
    }

    /// A value that is safe in a header field: a line break would let it end the field and start another.
    private func fieldValue(_ setting: String) throws -> String {
        let text = try value(setting)
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw TapedeckError(
                .configurationInvalid,
                "The setting \"\(setting)\" of source \(source) holds a character that cannot be sent, such as a line break."
            )
        }
        return text
    }
}

extension HTTPURL {
    /// This URL with `path`, which begins with a slash and is encoded already, after its own path.
    func appendingPath(_ path: String) -> HTTPURL {
        let base = self.path.hasSuffix("/") ? String(self.path.dropLast()) : self.path
        return HTTPURL(origin: origin, path: base + (path.hasPrefix("/") ? path : "/" + path))
    }
}
