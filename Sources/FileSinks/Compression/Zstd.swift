import CZstd

/// Writes Zstandard frames.
@safe
final class ZstdCompressor: Compressor {
    private let context: OpaquePointer
    private static let level: Int32 = 3

    init() throws(CompressionError) {
        guard let context = unsafe ZSTD_createCCtx() else { throw .unavailable }
        unsafe self.context = context
        let results = unsafe [
            ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level),
            ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1),
        ]
        guard results.allSatisfy({ ZSTD_isError($0) == 0 }) else { throw .unavailable }
    }

    deinit { unsafe ZSTD_freeCCtx(context) }

    func compress(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) {
        try run(bytes, ZSTD_e_continue, &output)
    }

    func finish(into output: inout [UInt8]) throws(CompressionError) { try run([UInt8]().span, ZSTD_e_end, &output) }

    private func run(
        _ bytes: Span<UInt8>,
        _ directive: ZSTD_EndDirective,
        _ output: inout [UInt8]
    ) throws(CompressionError) {
        var taken = 0
        while true {
            let step = unsafe ZstdStep.run(bytes.extracting(taken..<bytes.count), &output, ZSTD_CStreamOutSize()) {
                unsafe ZSTD_compressStream2(context, $0, $1, directive)
            }
            guard ZSTD_isError(step.result) == 0 else { throw .unavailable }
            taken += step.taken
            let isDone = directive == ZSTD_e_end ? step.result == 0 : taken == bytes.count
            if isDone { return }
        }
    }
}

/// Reads Zstandard frames that follow one another.
@safe
final class ZstdDecompressor: Decompressor {
    private let context: OpaquePointer
    private(set) var isBetweenFrames = true

    init() throws(CompressionError) {
        guard let context = unsafe ZSTD_createDCtx() else { throw .unavailable }
        unsafe self.context = context
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

    func decompress(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) -> Int {
        var taken = 0
        while true {
            let step = unsafe ZstdStep.run(bytes.extracting(taken..<bytes.count), &output, ZSTD_DStreamOutSize()) {
                unsafe ZSTD_decompressStream(context, $0, $1)
            }
            guard ZSTD_isError(step.result) == 0 else { throw .damaged }
            taken += step.taken
            if step.taken > 0 { isBetweenFrames = step.result == 0 }
            if step.result == 0 || (taken == bytes.count && !step.isFull) { return taken }
        }
    }
}

/// One call of the library.
private enum ZstdStep {
    struct Outcome {
        let result: Int
        let taken: Int
        /// Whether the output had no room left, so that there may be more.
        let isFull: Bool
    }

    static func run(
        _ input: Span<UInt8>,
        _ output: inout [UInt8],
        _ room: Int,
        _ call: (UnsafeMutablePointer<ZSTD_outBuffer>, UnsafeMutablePointer<ZSTD_inBuffer>) -> Int
    ) -> Outcome {
        unsafe input.withUnsafeBufferPointer { input in
            var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
            var result = 0
            var made = 0
            let block = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, initializedCount in
                var target = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: room, pos: 0)
                result = unsafe call(&target, &source)
                made = unsafe target.pos
                initializedCount = made
            }
            output.append(contentsOf: block)
            return unsafe Outcome(result: result, taken: source.pos, isFull: made == room)
        }
    }
}
