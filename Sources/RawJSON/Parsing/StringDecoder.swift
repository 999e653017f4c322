/// Turns the bytes between the quotes of a validated string into UTF-8.
enum StringDecoder {
    /// The bytes of a string that may have escapes.
    static func utf8(of word: TapeWord, in input: ByteView) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(word.extent)
        var position = word.start + 1
        let end = word.start + word.extent - 1
        while position < end {
            let byte = input[position]
            position += 1
            guard byte == UInt8(ascii: "\\") else {
                decoded.append(byte)
                continue
            }
            let escape = input[position]
            position += 1
            switch escape {
            case UInt8(ascii: "b"): decoded.append(0x08)
            case UInt8(ascii: "f"): decoded.append(0x0C)
            case UInt8(ascii: "n"): decoded.append(0x0A)
            case UInt8(ascii: "r"): decoded.append(0x0D)
            case UInt8(ascii: "t"): decoded.append(0x09)
            case UInt8(ascii: "u"): decoded.append(contentsOf: character(at: &position, in: input))
            default: decoded.append(escape)
            }
        }
        return decoded
    }

    /// The character of a `\u` escape or of a surrogate pair of them, from the first digit on.
    private static func character(at position: inout Int, in input: ByteView) -> Unicode.UTF8.EncodedScalar {
        var code = unit(at: position, in: input)
        position += 4
        if (0xD800...0xDBFF).contains(code) {
            code = 0x10000 + (code - 0xD800) << 10 + (unit(at: position + 2, in: input) & 0x3FF)
            position += 6
        }
        return Unicode.UTF8.encode(Unicode.Scalar(code) ?? "\u{FFFD}") ?? Unicode.UTF8.encodedReplacementCharacter
    }

    private static func unit(at position: Int, in input: ByteView) -> UInt32 {
        (position..<position + 4).reduce(0) { $0 << 4 | UInt32(input[$1].hexDigitValue ?? 0) }
    }
}
