/// A SHA-256 value of 32 bytes, held without allocating.
package struct SHA256Digest: Hashable, Sendable {
    /// The number of bytes in a digest.
    package static let byteCount = 32

    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64

    /// Takes the four big-endian words as they lie in memory.
    init(memoryWords words: (UInt64, UInt64, UInt64, UInt64)) {
        word0 = UInt64(bigEndian: words.0)
        word1 = UInt64(bigEndian: words.1)
        word2 = UInt64(bigEndian: words.2)
        word3 = UInt64(bigEndian: words.3)
    }

    /// The first 8 bytes, read as a big-endian number: the same on every platform.
    package var prefix64: UInt64 { word0 }

    /// The first 16 bytes, read as two big-endian numbers: the same on every platform.
    package var prefix128: (high: UInt64, low: UInt64) { (word0, word1) }

    /// All 32 bytes, in order.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for word in [word0, word1, word2, word3] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }

    /// The first 16 bytes as 32 lower-case hexadecimal digits.
    package var firstHalfLowercaseHex: String { bytes.prefix(Self.byteCount / 2).lowercaseHex }

    /// All 32 bytes as 64 lower-case hexadecimal digits.
    package var lowercaseHex: String { bytes.lowercaseHex }
}
