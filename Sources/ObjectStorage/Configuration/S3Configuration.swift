public import RecordingKit

/// Where media files are kept in an object storage, and how.
public struct S3Configuration: Sendable {
    /// Where the service is, such as `https://s3.eu-central-1.amazonaws.com`.
    public let endpoint: HTTPURL
    /// The region that goes into signatures.
    public let region: String
    /// The bucket's name.
    public let bucket: String
    /// What every key begins with, without the slash that follows; empty for none.
    public let prefix: String
    /// Where requests name the bucket.
    public let addressing: S3Addressing
    /// Who sends the requests.
    public let credentials: S3Credentials
    /// How the server encrypts what it keeps; nil for what the bucket's own settings say.
    public var encryption: S3Encryption?
    /// The storage class, such as `STANDARD_IA`; nil for the bucket's own.
    public var storageClass: String?
    /// The bytes of one part of a large file; 5 MiB to 1 GiB, default 16 MiB.
    ///
    /// Files that are not larger are sent in one request.
    /// Where a file would have more than 10,000 parts, they are larger.
    public let partBytes: Int
    /// How many parts are sent at the same time; 1 to 32, default 4.
    ///
    /// Memory grows with this number of parts.
    public let parallelParts: Int
    /// Whether plain http may go to an endpoint that is not this machine.
    public let allowsInsecureHTTP: Bool

    /// Checks a configuration.
    ///
    /// - Throws: `TapedeckError` with code `insecure_url` for plain http where it is not allowed, else `configuration_invalid`.
    public init(
        endpoint: String,
        region: String,
        bucket: String,
        prefix: String = "",
        addressing: S3Addressing = .virtualHost,
        credentials: S3Credentials,
        encryption: S3Encryption? = nil,
        storageClass: String? = nil,
        partBytes: Int = 16 << 20,
        parallelParts: Int = 4,
        allowsInsecureHTTP: Bool = false
    ) throws(TapedeckError) {
        self.endpoint = try Self.checked(endpoint: endpoint, allowsInsecureHTTP: allowsInsecureHTTP)
        try Self.require(Self.isRegion(region), "The region of the object storage is not a name such as eu-central-1.")
        try Self.require(
            S3Configuration.isBucket(bucket),
            "The bucket's name must have 3 to 63 small letters, digits, dots and hyphens."
        )
        self.region = region
        self.bucket = bucket
        self.prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        try Self.require(
            Self.isPrefix(self.prefix),
            "The prefix in the bucket must be segments between single slashes, none of them . or .., of at most 512 bytes."
        )
        self.addressing = addressing
        try Self.require(
            addressing.isPath || !self.endpoint.origin.isSecure || !bucket.contains("."),
            "A bucket with a dot in its name has no certificate of its own: use path addressing."
        )
        try Self.require(
            Self.isHeaderText(credentials.accessKeyID) && !credentials.secretAccessKey.value.isEmpty
                && Self.isHeaderText(credentials.sessionToken?.value ?? "token"),
            "The access key of the object storage is empty or holds characters that a key cannot hold."
        )
        self.credentials = credentials
        try Self.require(
            Self.isHeaderText(encryption?.keyID ?? "key") && Self.isHeaderText(storageClass ?? "class"),
            "The encryption key's id or the storage class is empty or holds characters that it cannot hold."
        )
        self.encryption = encryption
        self.storageClass = storageClass
        try Self.require((5 << 20...1 << 30).contains(partBytes), "A part must have 5 MiB to 1 GiB.")
        try Self.require((1...32).contains(parallelParts), "1 to 32 parts can be sent at the same time.")
        self.partBytes = partBytes
        self.parallelParts = parallelParts
        self.allowsInsecureHTTP = allowsInsecureHTTP
    }

    private static func require(_ holds: Bool, _ reason: String) throws(TapedeckError) {
        guard holds else { throw TapedeckError(.configurationInvalid, reason) }
    }

    private static func checked(endpoint: String, allowsInsecureHTTP: Bool) throws(TapedeckError) -> HTTPURL {
        guard var url = HTTPURL(endpoint), url.query == nil else {
            throw TapedeckError(
                .configurationInvalid,
                "The endpoint of the object storage is not an https URL without a query."
            )
        }
        guard url.origin.isSecure || url.origin.isLoopback || allowsInsecureHTTP else {
            throw TapedeckError(.insecureURL, "The endpoint of the object storage is not https.")
        }
        while url.path.hasSuffix("/"), url.path != "/" { url.path.removeLast() }
        return url
    }

    private static func isRegion(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isBucket(_ text: String) -> Bool {
        (3...63).contains(text.utf8.count) && !text.contains("..")
            && text.utf8.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
            && text.utf8.first.map(isLowerOrDigit) == true && text.utf8.last.map(isLowerOrDigit) == true
    }

    private static func isPrefix(_ text: String) -> Bool {
        guard !text.isEmpty else { return true }
        return text.utf8.count <= 512 && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            && text.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    private static func isHeaderText(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
