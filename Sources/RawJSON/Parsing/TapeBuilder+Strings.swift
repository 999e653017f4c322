extension TapeBuilder {
    /// Reads a string from its opening quote to behind its closing one and tells whether it has escapes.
    @inline(__always)
    mutating func scanString() throws(JSONError) -> Bool {
        position = input.endOfPlainText(from: position &+ 1)
        if input[position] == UInt8(ascii: "\"") {
            position &+= 1
            return false
        }
        return try scanUncommonString()
    }

    /// Goes on in a string at its first byte that is not plain.
    private mutating func scanUncommonString() throws(JSONError) -> Bool {
        var escaped = false
        while true {
            switch input[position] {
            case UInt8(ascii: "\""):
                position &+= 1
                return escaped
            case UInt8(ascii: "\\"):
                escaped = true
                position &+= 1
                try scanEscape()
            case 0x80...:
                try scanSequence()
            default:
                throw unexpected(.invalidString)
            }
            position = input.endOfPlainText(from: position)
        }
    }

    /// Reads what follows a backslash.
    private mutating func scanEscape() throws(JSONError) {
        switch input[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position &+= 1
        case UInt8(ascii: "u"):
            position &+= 1
            try scanUnicodeEscape()
        default:
            throw unexpected(.invalidString)
        }
    }

    /// Reads the digits of a `\u` escape and, after the first half of a surrogate pair, the escape of the second.
    private mutating func scanUnicodeEscape() throws(JSONError) {
        let first = try scanHexDigit()
        let second = try scanHexDigit(rejecting: first == 0xD ? 0xC...0xF : nil)
        _ = try scanHexDigit()
        _ = try scanHexDigit()
        guard first == 0xD, second >= 0x8 else { return }
        for byte in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
            guard input[position] == byte else { throw unexpected(.loneSurrogate) }
            position &+= 1
        }
        _ = try scanHexDigit(rejecting: 0x0...0xC, 0xE...0xF)
        _ = try scanHexDigit(rejecting: 0x0...0xB)
        _ = try scanHexDigit()
        _ = try scanHexDigit()
    }

    /// Reads a hexadecimal digit; one in the ranges would make a surrogate stand alone.
    private mutating func scanHexDigit(rejecting ranges: ClosedRange<UInt8>?...) throws(JSONError) -> UInt8 {
        guard let digit = input[position].hexDigitValue else { throw unexpected(.invalidString) }
        for case let range? in ranges where range.contains(digit) { throw unexpected(.loneSurrogate) }
        position &+= 1
        return digit
    }

    /// Reads one character of two to four bytes (Unicode, table 3-7: well-formed UTF-8 byte sequences).
    @inline(__always)
    private mutating func scanSequence() throws(JSONError) {
        var continuation = 1
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch input[position] {
        case 0xC2...0xDF: break
        case 0xE0: (continuation, second) = (2, 0xA0...0xBF)
        case 0xED: (continuation, second) = (2, 0x80...0x9F)
        case 0xE1...0xEF: continuation = 2
        case 0xF0: (continuation, second) = (3, 0x90...0xBF)
        case 0xF1...0xF3: continuation = 3
        case 0xF4: (continuation, second) = (3, 0x80...0x8F)
        default: throw unexpected(.invalidUTF8)
        }
        position &+= 1
        guard second.contains(input[position]) else { throw unexpected(.invalidUTF8) }
        position &+= 1
        while continuation > 1 {
            guard input[position] & 0xC0 == 0x80 else { throw unexpected(.invalidUTF8) }
            position &+= 1
            continuation &-= 1
        }
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
