/// The bytes of one file, made while they are sent.
///
/// A pattern of 1 MiB is repeated. Every 4 KiB of it hold 16 bytes that are made from the file, its version and the place, so
/// that bytes of another file, of another version or from another place are noticed, and the rest costs nothing.
package struct MediaContent: Sendable, Equatable {
    /// What stands at the beginning, which is what tells a type.
    let head: [UInt8]
    let stamp: UInt64
    /// How many bytes there are.
    package let length: Int

    static let blockLength = 1 << 20
    static let chunkLength = 4096
    /// Where in each chunk the stamp is.
    static let stampPlace = 32

    /// The bytes of a part of the file; the range is cut to what there is.
    package func bytes(in range: Range<Int>) -> [UInt8] {
        let range = range.clamped(to: 0..<length)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var block = MediaBlock()
        var offset = range.lowerBound
        while offset < range.upperBound {
            let number = offset / Self.blockLength
            let start = offset - number * Self.blockLength
            let count = min(Self.blockLength - start, range.upperBound - offset)
            block.load(number, of: self, count: start + count)
            bytes.append(contentsOf: block.bytes[start..<(start + count)])
            offset += count
        }
        return bytes
    }
}

/// One mebibyte of a file, in a buffer that is used again for the next.
struct MediaBlock {
    private(set) var bytes = Self.pattern
    private var headLength = 0

    /// Writes what a block of a file has of its own.
    ///
    /// - Parameter count: how many bytes from the block's start are wanted.
    mutating func load(_ number: Int, of content: MediaContent, count: Int) {
        for index in 0..<headLength { bytes[index] = Self.pattern[index] }
        headLength = 0
        let chunks = MediaContent.blockLength / MediaContent.chunkLength
        for chunk in 0..<min(chunks, count / MediaContent.chunkLength + 1) {
            let place = chunk * MediaContent.chunkLength + MediaContent.stampPlace
            let first = SeededHash.mix(content.stamp &+ UInt64(number * chunks + chunk))
            write(first, at: place)
            write(SeededHash.mix(first), at: place + 8)
        }
        guard number == 0 else { return }
        headLength = min(content.head.count, MediaContent.blockLength)
        bytes.replaceSubrange(0..<headLength, with: content.head[..<headLength])
    }

    private mutating func write(_ value: UInt64, at place: Int) {
        for byte in 0..<8 { bytes[place + byte] = UInt8(truncatingIfNeeded: value >> UInt64(byte * 8)) }
    }

    private static let pattern: [UInt8] = {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(MediaContent.blockLength)
        for word in 0..<UInt64(MediaContent.blockLength / 8) {
            let value = SeededHash.mix(word &* 0x9e37_79b9_7f4a_7c15)
            for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(byte * 8))) }
        }
        return bytes
    }()
}
