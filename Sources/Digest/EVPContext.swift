import CCrypto

/// The one owner of a fetched SHA-256 implementation and of a context for it.
///
/// Fetching costs far more than hashing a short input, so the pair lives together and is started over for each input.
@safe
struct EVPContext: ~Copyable {
    private let algorithm: OpaquePointer
    private let context: OpaquePointer

    init() throws(DigestError) {
        guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil) else {
            throw DigestError(code: .algorithmUnavailable, function: "EVP_MD_fetch")
        }
        guard let context = unsafe EVP_MD_CTX_new() else {
            unsafe EVP_MD_free(algorithm)
            throw DigestError(code: .outOfMemory, function: "EVP_MD_CTX_new")
        }
        unsafe self.algorithm = algorithm
        unsafe self.context = context
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
        unsafe EVP_MD_free(algorithm)
    }

    /// A context that is ready for input.
    static func started() throws(DigestError) -> EVPContext {
        var context = try EVPContext()
        try context.start()
        return context
    }

    mutating func start() throws(DigestError) {
        guard unsafe EVP_DigestInit_ex2(context, algorithm, nil) == 1 else {
            throw DigestError(code: .operationFailed, function: "EVP_DigestInit_ex2")
        }
    }

    mutating func absorb(_ bytes: Span<UInt8>) throws(DigestError) {
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
        }
        guard status == 1 else {
            throw DigestError(code: .operationFailed, function: "EVP_DigestUpdate")
        }
    }

    /// Ends the hash; the context must be started again before it absorbs more.
    mutating func finish() throws(DigestError) -> SHA256Digest {
        try unsafe Self.finish(context)
    }

    /// The digest of what was absorbed up to here, which leaves the context as it is.
    func digestSoFar() throws(DigestError) -> SHA256Digest {
        guard let copy = unsafe EVP_MD_CTX_new() else {
            throw DigestError(code: .outOfMemory, function: "EVP_MD_CTX_new")
        }
        defer { unsafe EVP_MD_CTX_free(copy) }
        guard unsafe EVP_MD_CTX_copy_ex(copy, context) == 1 else {
            throw DigestError(code: .operationFailed, function: "EVP_MD_CTX_copy_ex")
        }
        return try unsafe Self.finish(copy)
    }

    private static func finish(_ context: OpaquePointer) throws(DigestError) -> SHA256Digest {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let status = unsafe withUnsafeMutableBytes(of: &words) { buffer in
            unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
        }
        guard status == 1 else {
            throw DigestError(code: .operationFailed, function: "EVP_DigestFinal_ex")
        }
        return SHA256Digest(memoryWords: words)
    }
}
