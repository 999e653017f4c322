import Digest

/// Turns an id into one segment of a path, so that different ids never meet in one segment, on no file system.
///
/// Small ASCII letters, digits, `-` and inner dots stand for themselves; every other byte becomes `_` and two hexadecimal digits:
/// so nothing depends on whether a file system tells capital letters from small ones, or composes accents. What would be longer
/// than the limit ends in `__` and a part of its SHA-256.
enum PathSegment {
    /// Names that Windows keeps for devices, whatever follows the first dot.
    private static let deviceNames: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] }
    )

    /// How many digits of the SHA-256 stand for what was cut off: 128 bits.
    private static let digestDigits = 32

    /// The segment of an id; `limit` must be 40 or more.
    ///
    /// - Throws: `DigestError` for an id that has to be cut, when the cryptographic library fails.
    static func encode(_ id: String, limit: Int = 100) throws -> String {
        guard !id.isEmpty else { return "__" }
        let bytes = Array(id.utf8)
        let isDevice = deviceNames.contains(String(id.prefix { $0 != "." }).lowercased())
        var segment = ""
        for (index, byte) in bytes.enumerated() {
            let isOuter = index == 0 || index == bytes.count - 1
            if isPlain(byte), !(isOuter && byte == UInt8(ascii: ".")), !(isDevice && index == 0) {
                segment.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                segment += "_" + hexadecimal(byte)
            }
        }
        guard segment.utf8.count > limit else { return segment }
        let digest = try SHA256.hash(bytes).lowercaseHex.prefix(Self.digestDigits)
        return segment.prefix(limit - Self.digestDigits - 2) + "__" + digest
    }

    /// Whether a segment could have been made here.
    static func isSafe(_ segment: Substring) -> Bool {
        guard !segment.isEmpty, segment.utf8.count <= 128,
            segment.utf8.allSatisfy({ isPlain($0) || $0 == UInt8(ascii: "_") })
        else { return false }
        return segment.first != "." && segment.last != "."
            && !deviceNames.contains(String(segment.prefix { $0 != "." }))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return byte < 16 ? "0" + text : text
    }
}
