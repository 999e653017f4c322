extension [UInt8] {
    /// Appends a string with quotes and the escapes that RFC 8259, section 7 requires.
    mutating func appendQuoted(_ text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { buffer in
            let view = unsafe ByteView(buffer)
            var start = 0
            var position = view.endOfPlainText(from: 0)
            guard position < view.count else { return unsafe append(contentsOf: buffer) }
            while position < view.count {
                if view[position] < 0x80 {
                    unsafe append(contentsOf: buffer[start..<position])
                    appendEscape(of: view[position])
                    start = position &+ 1
                }
                position = view.endOfPlainText(from: position &+ 1)
            }
            unsafe append(contentsOf: buffer[start...])
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(of byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"), UInt8(ascii: "0") + byte >> 4])
            append(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") + byte & 15 - 10)
        }
    }

    /// Appends the decimal digits of a number.
    mutating func appendDecimal(_ value: Int64) {
        if value < 0 { append(UInt8(ascii: "-")) }
        let start = count
        var rest = value.magnitude
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        self[start...].reverse()
    }
}
