import Digest

/// The hash of a file or a line as the manifest writes it.
package enum MediaDigest {
    /// The SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    ///
    /// - Throws: `DigestError` when the cryptographic library fails.
    package static func text(of bytes: [UInt8]) throws -> String { try SHA256.hash(bytes).lowercaseHex }
}
