/// Bytes that are read by position, with no position out of bounds.
///
/// Past the end there are zeros: no JSON text has a zero byte anywhere, so a scanner that compares with what it expects
/// needs no separate test for the end.
///
/// Safe on the condition that a view is made inside `withUnsafeBufferPointer` and does not leave it.
@safe
struct ByteView {
    private let base: UnsafeRawPointer?
    let count: Int

    @unsafe
    init(_ buffer: UnsafeBufferPointer<UInt8>) {
        unsafe base = UnsafeRawPointer(buffer.baseAddress)
        count = buffer.count
    }

    @inline(__always)
    subscript(position: Int) -> UInt8 {
        guard position < count, let base = unsafe base else { return 0 }
        return unsafe base.load(fromByteOffset: position, as: UInt8.self)
    }

    /// Eight bytes from a position on, the first in the lowest bits, or `nil` when fewer are left.
    @inline(__always)
    func word(at position: Int) -> UInt64? {
        guard position &+ 8 <= count, let base = unsafe base else { return nil }
        return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// Whether the bytes from a position on begin with others.
    @inline(__always)
    func matches(_ other: ByteView, at position: Int) -> Bool {
        guard other.count <= count &- position else { return false }
        var offset = 0
        if other.count >= 8 {
            // The last eight are compared first: names of one length differ there more often than at their start, and
            // up to 16 bytes nothing is left to compare byte by byte.
            let last = other.count &- 8
            guard word(at: position &+ last) == other.word(at: last) else { return false }
            while offset < last {
                guard word(at: position &+ offset) == other.word(at: offset) else { return false }
                offset &+= 8
            }
            return true
        }
        while offset < other.count {
            guard self[position &+ offset] == other[offset] else { return false }
            offset &+= 1
        }
        return true
    }

    /// The bytes of a range as text, cut to the end of the view.
    func text(from start: Int, count length: Int) -> String {
        guard let base = unsafe base, start >= 0, start < count, length > 0 else { return "" }
        let bytes = unsafe UnsafeRawBufferPointer(start: base + start, count: min(length, count - start))
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    /// Where the next byte lies that needs a closer look inside a string: a quote, a backslash, a control character or
    /// anything that is not ASCII; the end when there is none.
    @inline(__always)
    func endOfPlainText(from position: Int) -> Int {
        var position = position
        while let word = word(at: position) {
            let hits = Self.specialBytes(in: word)
            guard hits == 0 else { return position &+ hits.trailingZeroBitCount >> 3 }
            position &+= 8
        }
        while position < count {
            let byte = self[position]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x80 { break }
            position &+= 1
        }
        return position
    }

    /// The top bit of each byte that is a quote, a backslash, below 0x20 or above 0x7F.
    ///
    /// Subtraction borrows into the bytes above a hit, so only the lowest hit is certain.
    @inline(__always)
    private static func specialBytes(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = (word ^ (ones &* 0x22)) &- ones
        let backslash = (word ^ (ones &* 0x5C)) &- ones
        let control = word &- (ones &* 0x20)
        return (quote | backslash | control | word) & (ones &* 0x80)
    }
}
