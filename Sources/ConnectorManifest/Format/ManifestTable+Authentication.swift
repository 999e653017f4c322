import RecordingKit

extension ManifestTable {
    static let authentication: [ManifestDefinition] = [
        ManifestDefinition(
            "authentication",
            "a way of authentication",
            help:
                "How credentials are sent; exactly one key. Secrets are named here alone: the manifest never sees one.",
            isChoice: true,
            keys: [
                ManifestKey(
                    "bearer",
                    .setting,
                    "The setting with a token, sent as `Authorization: Bearer …` (RFC 6750)."
                ),
                ManifestKey("basic", .object("basic"), "A user and a password (RFC 7617)."),
                ManifestKey(
                    "headers",
                    .map(of: .text(.credential), names: "names of header fields"),
                    "Header fields with settings in them, such as `\"Token {apiKey}\"`."
                ),
                ManifestKey(
                    "query",
                    .map(of: .text(.credential), names: "names of query parameters"),
                    "Query parameters with a setting in each, such as `\"{apiKey}\"`; never shown."
                ),
                ManifestKey(
                    "oauthRefreshToken",
                    .object("oauthRefreshToken"),
                    "OAuth 2 with a refresh token (RFC 6749, section 6); a rotated one is saved."
                ),
                ManifestKey(
                    "oauthClientCredentials",
                    .object("oauthClientCredentials"),
                    "OAuth 2 client credentials (RFC 6749, section 4.4), and grants like it."
                ),
                ManifestKey("hmac", .object("hmac"), "A signature of each request with HMAC-SHA256 (RFC 2104)."),
                ManifestKey(
                    "firstConfigured",
                    .list(of: .object("authentication"), minimum: 2),
                    "Several ways, of which the first is used whose settings are all given."
                ),
            ]
        ),
        ManifestDefinition(
            "basic",
            "an object with user and password",
            help: "The settings of basic authentication.",
            keys: [
                ManifestKey("user", .setting, required: true, "The setting with the user's name."),
                ManifestKey("password", .setting, required: true, "The setting with the password."),
            ]
        ),
        ManifestDefinition(
            "oauthRefreshToken",
            "an OAuth client with a refresh token",
            help: "Where access tokens are had for a refresh token.",
            keys: client + [
                ManifestKey("refreshToken", .setting, required: true, "The setting with the first refresh token.")
            ]
        ),
        ManifestDefinition(
            "oauthClientCredentials",
            "an OAuth client",
            help: "Where access tokens are had for a client's own credentials.",
            keys: client + [
                ManifestKey(
                    "grantType",
                    .plain,
                    default: "\"client_credentials\"",
                    "The grant, where the platform has one of its own."
                )
            ]
        ),
        signing,
    ]

    private static let signing = ManifestDefinition(
        "hmac",
        "an object that describes signatures",
        help: "How each request is signed. In `message` and `fields` a name in braces is a setting or one of "
            + HMACSettings.requestNames.map { "`\($0)`" }.joined(separator: ", ")
            + "; in `fields` also `\(HMACSettings.signatureName)`.",
        keys: [
            ManifestKey("key", .setting, required: true, "The setting with the key."),
            ManifestKey(
                "keyEncoding",
                .text(.word(HMACSettings.Encoding.all.map(\.rawValue))),
                default: "the text itself",
                "How the key is written when it is bytes."
            ),
            ManifestKey("message", .text(.credential), required: true, "What is signed; a line break is a line break."),
            ManifestKey(
                "fields",
                .map(of: .text(.credential), names: "names of header fields"),
                required: true,
                "The header fields that carry the signature and what it was made from."
            ),
            ManifestKey(
                "encoding",
                .text(.word(HMACSettings.Encoding.all.map(\.rawValue))),
                default: "\"hex\"",
                "How the signature and the content's digest are written."
            ),
            ManifestKey(
                "timestamp",
                .text(.word(HMACSettings.TimestampForm.all.map(\.rawValue))),
                default: "\"unix_seconds\"",
                "How the moment of sending is written."
            ),
        ]
    )

    private static let client = [
        ManifestKey(
            "tokenEndpoint",
            .plain,
            required: true,
            "The token endpoint: an absolute URL, or a path on the base URL."
        ),
        ManifestKey("clientID", .setting, required: true, "The setting with the client's id."),
        ManifestKey("clientSecret", .setting, required: true, "The setting with the client's secret."),
        ManifestKey("scope", .plain, "The scope to ask for."),
        ManifestKey(
            "parameters",
            .map(of: .text(.credential), names: "names of parameters"),
            "Further parameters of the token request; each a text, or one `{setting}`."
        ),
        ManifestKey(
            "clientAuthentication",
            .word("basic", "body"),
            default: "\"body\"",
            "How the client names itself: in the `Authorization` field or in the body (RFC 6749, section 2.3.1)."
        ),
    ]
}
