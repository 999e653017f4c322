/// A reusable SHA-256 hasher for very many short inputs.
///
/// The algorithm is looked up once and the context is started over for each input; results do not allocate.
/// It is not `Sendable`: each actor or task has its own.
package final class DigestContext {
    private var context: EVPContext

    /// Looks the algorithm up and allocates the context.
    ///
    /// - Throws: ``DigestError`` with `algorithmUnavailable` or `outOfMemory`.
    package init() throws(DigestError) {
        context = try EVPContext()
    }

    /// Hashes one whole input, whatever was hashed before.
    ///
    /// - Throws: ``DigestError`` with `operationFailed`; the next call starts afresh.
    package func hash(_ bytes: Span<UInt8>) throws(DigestError) -> SHA256Digest {
        try context.start()
        try context.absorb(bytes)
        return try context.finish()
    }

    /// Hashes one whole input, whatever was hashed before.
    ///
    /// - Throws: ``DigestError`` with `operationFailed`; the next call starts afresh.
    package func hash(_ bytes: [UInt8]) throws(DigestError) -> SHA256Digest {
        try hash(bytes.span)
    }

    /// Hashes one whole input, whatever was hashed before.
    ///
    /// - Throws: ``DigestError`` with `operationFailed`; the next call starts afresh.
    package func hash(_ bytes: ArraySlice<UInt8>) throws(DigestError) -> SHA256Digest {
        try hash(bytes.span)
    }
}
