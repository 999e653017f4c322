import CZlib

/// Writes gzip members.
///
/// zlib's state holds a pointer to its stream, so the stream stays in one place.
@safe
final class GzipCompressor: Compressor {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private static let level: Int32 = 6

    init() throws(CompressionError) {
        unsafe stream.initialize(to: z_stream())
        guard unsafe cz_deflate_init(stream, Self.level) == Z_OK else {
            unsafe stream.deallocate()
            throw .unavailable
        }
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    func compress(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) {
        try run(bytes, Z_NO_FLUSH, &output)
    }

    func finish(into output: inout [UInt8]) throws(CompressionError) {
        try run([UInt8]().span, Z_FINISH, &output)
        guard unsafe deflateReset(stream) == Z_OK else { throw .unavailable }
    }

    private func run(_ bytes: Span<UInt8>, _ flush: Int32, _ output: inout [UInt8]) throws(CompressionError) {
        var taken = 0
        while true {
            let step = unsafe GzipStep.run(stream, bytes.extracting(taken..<bytes.count), &output) {
                unsafe deflate($0, flush)
            }
            taken += step.taken
            if step.result == Z_STREAM_END || (flush == Z_NO_FLUSH && taken == bytes.count && !step.isFull) { return }
            guard step.result == Z_OK || step.result == Z_BUF_ERROR else { throw .unavailable }
        }
    }
}

/// Reads gzip members that follow one another.
@safe
final class GzipDecompressor: Decompressor {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private(set) var isBetweenFrames = true

    init() throws(CompressionError) {
        unsafe stream.initialize(to: z_stream())
        guard unsafe cz_inflate_init(stream) == Z_OK else {
            unsafe stream.deallocate()
            throw .unavailable
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    func decompress(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) -> Int {
        var taken = 0
        while true {
            let step = unsafe GzipStep.run(stream, bytes.extracting(taken..<bytes.count), &output) {
                unsafe inflate($0, Z_NO_FLUSH)
            }
            taken += step.taken
            if step.taken > 0 { isBetweenFrames = false }
            switch step.result {
            case Z_STREAM_END:
                guard unsafe inflateReset(stream) == Z_OK else { throw .unavailable }
                isBetweenFrames = true
                return taken
            case Z_OK, Z_BUF_ERROR:
                if taken == bytes.count, !step.isFull { return taken }
            case Z_MEM_ERROR: throw .unavailable
            default: throw .damaged
            }
        }
    }
}

/// One call of the library.
private enum GzipStep {
    /// How much output is made room for at once.
    private static let room = 65_536

    struct Outcome {
        let result: Int32
        let taken: Int
        /// Whether the output had no room left, so that there may be more.
        let isFull: Bool
    }

    static func run(
        _ stream: UnsafeMutablePointer<z_stream>,
        _ input: Span<UInt8>,
        _ output: inout [UInt8],
        _ call: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> Outcome {
        unsafe input.withUnsafeBufferPointer { input in
            var result = Z_OK
            var made = 0
            let count = min(input.count, Int(UInt32.max))
            let block = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, initializedCount in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(count)
                unsafe stream.pointee.next_out = buffer.baseAddress
                unsafe stream.pointee.avail_out = UInt32(room)
                unsafe result = call(stream)
                unsafe made = room - Int(stream.pointee.avail_out)
                initializedCount = made
            }
            output.append(contentsOf: block)
            let left = unsafe Int(stream.pointee.avail_in)
            unsafe stream.pointee.next_in = nil
            unsafe stream.pointee.next_out = nil
            return Outcome(result: result, taken: count - left, isFull: made == room)
        }
    }
}
