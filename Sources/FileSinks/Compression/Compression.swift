/// How files are compressed.
///
/// Every commit ends a member (gzip) or frame (Zstandard), so that a file which ends at a commit is whole for `zcat` and `zstdcat`.
/// What is committed together is compressed together, so large commits compress better than small ones.
public struct Compression: RawRepresentable, Sendable, Hashable {
    /// The name in the configuration.
    public let rawValue: String

    /// Names a compression; one that is not in ``all`` is not known.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Text as it is.
    public static let none = Compression(rawValue: "none")
    /// The gzip format (RFC 1952), level 6.
    public static let gzip = Compression(rawValue: "gzip")
    /// Zstandard (RFC 8878), level 3, with checksums.
    public static let zstd = Compression(rawValue: "zstd")

    /// What there is.
    public static let all: [Compression] = [.none, .gzip, .zstd]

    /// What a file's name ends with.
    var suffix: String {
        switch self {
        case .gzip: ".gz"
        case .zstd: ".zst"
        default: ""
        }
    }

    /// The bytes that every member or frame begins with.
    var magic: [UInt8] {
        switch self {
        case .gzip: [0x1F, 0x8B]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        default: []
        }
    }

    /// Makes what compresses; nil when text is kept as it is.
    func makeCompressor() throws(CompressionError) -> (any Compressor)? {
        switch self {
        case .gzip: try GzipCompressor()
        case .zstd: try ZstdCompressor()
        default: nil
        }
    }

    /// Makes what gives the text back; nil when it was kept as it is.
    func makeDecompressor() throws(CompressionError) -> (any Decompressor)? {
        switch self {
        case .gzip: try GzipDecompressor()
        case .zstd: try ZstdDecompressor()
        default: nil
        }
    }
}

/// Why bytes could not be compressed or given back.
enum CompressionError: Error {
    /// The library could not do its work, for want of memory.
    case unavailable
    /// The bytes are not what the format says.
    case damaged
}

/// Compresses one frame after another.
protocol Compressor {
    /// Takes bytes and appends what can be written of them already.
    mutating func compress(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(CompressionError)
    /// Ends the frame and appends the rest of it.
    mutating func finish(into output: inout [UInt8]) throws(CompressionError)
}

/// Gives back the bytes of frames that follow one another.
protocol Decompressor {
    /// Takes some of the bytes and appends what they stand for; returns how many it took, fewer than given only at a frame's end.
    mutating func decompress(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(CompressionError) -> Int
    /// Whether everything that was taken are whole frames.
    var isBetweenFrames: Bool { get }
}
