import CCrypto

/// HMAC with SHA-256 (RFC 2104, RFC 4231).
package enum HMACSHA256 {
    /// Returns the 32 bytes that authenticate a message under a key; key and message may have any length, also none.
    ///
    /// - Throws: ``DigestError`` with `operationFailed`, also for a key of 2 GiB or more.
    package static func authenticate(_ message: [UInt8], key: [UInt8]) throws(DigestError) -> [UInt8] {
        let failure = DigestError(code: .operationFailed, function: "HMAC")
        guard let keyCount = Int32(exactly: key.count) else { throw failure }
        // A null key would mean "the key of before", so an empty one still needs an address.
        let addressableKey = key.isEmpty ? [0] : key
        var code = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        let result = unsafe HMAC(EVP_sha256(), addressableKey, keyCount, message, message.count, &code, nil)
        guard unsafe result != nil else { throw failure }
        return code
    }
}
