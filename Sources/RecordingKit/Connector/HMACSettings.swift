/// How a platform wants each request signed with HMAC-SHA256 (RFC 2104).
///
/// The signature is computed by the host after everything else of the request is settled, anew for each attempt. In ``message`` and
/// ``fields`` a name in braces is a setting, or one of these:
///
/// | name | stands for |
/// |---|---|
/// | `request.method` | the method, such as `GET` |
/// | `request.host` | the host, with the port when it is not the scheme's own |
/// | `request.path` | the path as it is sent, percent-encoded |
/// | `request.query` | the query as it is sent, without `?`; empty when there is none |
/// | `request.target` | the path, and `?` and the query when there is one |
/// | `request.body` | the content as text; empty when there is none |
/// | `request.bodySHA256` | the SHA-256 of the content, in ``encoding``; of no bytes when there is none |
/// | `request.timestamp` | the moment of sending, as ``timestamp`` says |
/// | `request.nonce` | 32 random hexadecimal digits |
/// | `signature` | the signature of ``message``; in ``fields`` alone |
public struct HMACSettings: Sendable, Hashable {
    /// How bytes are written as text.
    public struct Encoding: Sendable, Hashable {
        /// The name in declarations: `hex` or `base64`.
        public let rawValue: String

        private init(name: String) { rawValue = name }

        /// The encoding with this name, or nil.
        public init?(rawValue: String) {
            guard let known = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = known
        }

        /// Hexadecimal digits, lower case.
        public static let hex = Self(name: "hex")
        /// The standard alphabet with padding (RFC 4648 §4).
        public static let base64 = Self(name: "base64")
        /// All of them.
        public static let all: [Self] = [.hex, .base64]
    }

    /// How a moment is written as text.
    public struct TimestampForm: Sendable, Hashable {
        /// The name in declarations: `unix_seconds`, `unix_milliseconds` or `rfc3339`.
        public let rawValue: String

        private init(name: String) { rawValue = name }

        /// The form with this name, or nil.
        public init?(rawValue: String) {
            guard let known = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = known
        }

        /// Whole seconds since 1970.
        public static let unixSeconds = Self(name: "unix_seconds")
        /// Whole milliseconds since 1970.
        public static let unixMilliseconds = Self(name: "unix_milliseconds")
        /// RFC 3339 in UTC, in whole seconds, such as `2026-01-31T08:00:00Z`.
        public static let rfc3339 = Self(name: "rfc3339")
        /// All of them.
        public static let all: [Self] = [.unixSeconds, .unixMilliseconds, .rfc3339]
    }

    /// The setting that holds the key.
    public var key: String
    /// How the key is written in its setting when it is bytes; nil, the default, when the text itself is the key, as UTF-8.
    public var keyEncoding: Encoding?
    /// What is signed; a line break is a line break.
    public var message: CredentialTemplate
    /// The header fields that carry the signature and what it was made from.
    public var fields: [CredentialField]
    /// How the signature and the content's digest are written; default hexadecimal digits.
    public var encoding: Encoding
    /// How the moment is written; default whole seconds since 1970.
    public var timestamp: TimestampForm

    /// States how requests are signed.
    public init(
        key: String,
        keyEncoding: Encoding? = nil,
        message: CredentialTemplate,
        fields: [CredentialField],
        encoding: Encoding = .hex,
        timestamp: TimestampForm = .unixSeconds
    ) {
        self.key = key
        self.keyEncoding = keyEncoding
        self.message = message
        self.fields = fields
        self.encoding = encoding
        self.timestamp = timestamp
    }

    /// The names that stand for something of the request, in ``message`` and in ``fields``.
    public static let requestNames = [
        "request.method", "request.host", "request.path", "request.query", "request.target", "request.body",
        "request.bodySHA256", "request.timestamp", "request.nonce",
    ]
    /// The name that stands for the signature, in ``fields`` alone.
    public static let signatureName = "signature"

    /// The dotted paths of the settings that are read, each once.
    package var settings: [String] {
        let names = message.names + fields.flatMap(\.value.names)
        let reserved = HMACSettings.requestNames + [HMACSettings.signatureName]
        return ([key] + names.filter { !reserved.contains($0) }).unique
    }
}
