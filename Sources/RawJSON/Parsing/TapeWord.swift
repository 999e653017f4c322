/// One entry of the index that parsing leaves behind.
///
/// A scalar and a member name take one word. An array or object takes two: this one, and one that holds the length in
/// bytes in its low half and the number of elements or members in its high half. The words of what it contains follow,
/// in document order.
struct TapeWord: Sendable {
    enum Kind: UInt8 {
        case object
        case array
        case string
        case number
        case yes
        case no
        case null
    }

    /// Bits 0–2 the kind, bit 3 the flag, bits 4–31 the offset of the first byte, bits 32–63 the extent.
    let rawValue: UInt64

    @inline(__always)
    init(_ kind: Kind, start: Int, extent: Int, flag: Bool = false) {
        rawValue =
            UInt64(kind.rawValue) | (flag ? 8 : 0) | UInt64(truncatingIfNeeded: start) << 4
            | UInt64(truncatingIfNeeded: extent) << 32
    }

    /// The second word of an array or object.
    @inline(__always)
    init(low: Int, count: Int) {
        rawValue = UInt64(truncatingIfNeeded: low) | UInt64(truncatingIfNeeded: count) << 32
    }

    @inline(__always)
    var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: rawValue & 7)) ?? .null }

    /// Whether a string has escapes, or a number has a fraction or an exponent.
    @inline(__always)
    var flag: Bool { rawValue & 8 != 0 }

    @inline(__always)
    var isContainer: Bool { rawValue & 7 <= 1 }

    /// Whether kind, flag and extent are the same, wherever the values lie.
    @inline(__always)
    func hasShape(of other: Self) -> Bool {
        (rawValue ^ other.rawValue) & 0xFFFF_FFFF_0000_000F == 0
    }

    @inline(__always)
    var start: Int { Int(truncatingIfNeeded: (rawValue >> 4) & 0xFFF_FFFF) }

    /// The length in bytes of a scalar; the index after the last word of an array or object.
    @inline(__always)
    var extent: Int { Int(truncatingIfNeeded: rawValue >> 32) }

    /// The low half of a second word.
    @inline(__always)
    var low: Int { Int(truncatingIfNeeded: rawValue & 0xFFFF_FFFF) }

    /// The high half of a second word.
    @inline(__always)
    var count: Int { Int(truncatingIfNeeded: rawValue >> 32) }
}
