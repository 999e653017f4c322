/// Base64 with padding (RFC 4648, section 4).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text that stands for bytes.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var encoded: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            encoded += [18, 12, 6, 0].map { alphabet[Int(bits >> UInt32($0) & 63)] }
            (bits, count) = (0, 0)
        }
        if count > 0 {
            bits <<= UInt32(24 - 8 * count)
            let digits = [18, 12, 6, 0].map { alphabet[Int(bits >> UInt32($0) & 63)] }
            encoded += digits.prefix(count + 1)
            encoded += [UInt8](repeating: UInt8(ascii: "="), count: 3 - count)
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The bytes that digits without padding stand for, in the usual alphabet or in that of URLs; nil for other characters.
    static func decode(_ digits: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for digit in digits {
            let usual: UInt8 =
                switch digit {
                case UInt8(ascii: "-"): UInt8(ascii: "+")
                case UInt8(ascii: "_"): UInt8(ascii: "/")
                default: digit
                }
            guard let value = alphabet.firstIndex(of: usual) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return bytes
    }
}
