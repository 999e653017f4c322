/// SHA-256 (FIPS 180-4) of bytes that arrive in parts.
///
/// It owns a context of the cryptographic library, so it cannot be copied, and one task uses it at a time.
/// For many short inputs take ``DigestContext``, which does not pay the set-up for each.
package struct SHA256: ~Copyable {
    private var context: EVPContext

    /// Starts a hash of no bytes.
    ///
    /// - Throws: ``DigestError`` with `algorithmUnavailable`, `outOfMemory` or `operationFailed`.
    package init() throws(DigestError) {
        context = try EVPContext.started()
    }

    /// Appends bytes to the input; about 2 GB a second on a processor with SHA instructions.
    ///
    /// - Throws: ``DigestError`` with `operationFailed`.
    package mutating func update(_ bytes: Span<UInt8>) throws(DigestError) {
        try context.absorb(bytes)
    }

    /// Appends bytes to the input.
    ///
    /// - Throws: ``DigestError`` with `operationFailed`.
    package mutating func update(_ bytes: [UInt8]) throws(DigestError) {
        try context.absorb(bytes.span)
    }

    /// Appends bytes to the input.
    ///
    /// - Throws: ``DigestError`` with `operationFailed`.
    package mutating func update(_ bytes: ArraySlice<UInt8>) throws(DigestError) {
        try context.absorb(bytes.span)
    }

    /// Returns the 32 bytes for the input up to here.
    ///
    /// The hash is left as it is: further updates continue it, so a journal can note the digest of a prefix.
    ///
    /// - Throws: ``DigestError`` with `outOfMemory` or `operationFailed`.
    package func finalize() throws(DigestError) -> [UInt8] {
        try context.digestSoFar().bytes
    }

    /// Returns the 32 bytes for one whole input.
    ///
    /// - Throws: ``DigestError`` with `algorithmUnavailable`, `outOfMemory` or `operationFailed`.
    package static func hash(_ bytes: [UInt8]) throws(DigestError) -> [UInt8] {
        let context = try DigestContext()
        return try context.hash(bytes).bytes
    }
}
