extension JSON5Parser {
    /// Reads a string from its opening quote to the same quote.
    mutating func string() throws(JSON5Error) -> String {
        let start = scanner.position
        let quote = scanner.next
        scanner.advance()
        var text = String.UnicodeScalarView()
        while true {
            switch scanner.next {
            case quote?:
                scanner.advance()
                return String(text)
            case "\\":
                if let scalar = try escape() { text.append(scalar) }
            case .some(let scalar) where scalar != "\n" && scalar != "\r":
                text.append(scalar)
                scanner.advance()
            default:
                throw scanner.unexpected(expected: "the closing quote of the string", since: start)
            }
        }
    }

    /// Reads a name without quotes.
    mutating func identifier() throws(JSON5Error) -> String {
        var name = String.UnicodeScalarView()
        while let scalar = scanner.next {
            let start = scanner
            if scalar == "\\" {
                scanner.advance()
                guard scanner.skip("u") else { throw scanner.unexpected(expected: "\"u\" after a backslash in a name") }
                let escaped = try unicodeEscape(start: start.position)
                guard name.isEmpty ? escaped.isJSON5IdentifierStart : escaped.isJSON5IdentifierPart else {
                    throw start.error("found an escape of a character that names cannot hold, expected a letter")
                }
                name.append(escaped)
            } else if name.isEmpty ? scalar.isJSON5IdentifierStart : scalar.isJSON5IdentifierPart {
                name.append(scalar)
                scanner.advance()
            } else {
                break
            }
        }
        return String(name)
    }

    /// Reads an escape in a string; a line continuation stands for nothing.
    private mutating func escape() throws(JSON5Error) -> Unicode.Scalar? {
        let start = scanner.position
        scanner.advance()
        guard let scalar = scanner.next else {
            throw scanner.unexpected(expected: "a character after a backslash")
        }
        if ("1"..."9").contains(scalar) { throw scanner.unexpected(expected: "no digit after a backslash") }
        scanner.advance()
        switch scalar {
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{B}"
        case "0":
            if scanner.next?.isDecimalDigit == true { throw scanner.unexpected(expected: "no digit after \\0") }
            return "\0"
        case "x": return Unicode.Scalar(UInt8(truncatingIfNeeded: try hexadecimal(digits: 2)))
        case "u": return try unicodeEscape(start: start)
        case "\r":
            _ = scanner.skip("\n")
            return nil
        case "\n", "\u{2028}", "\u{2029}": return nil
        default: return scalar
        }
    }

    /// Reads the four digits after `\u`, and a second escape where the first is half of a surrogate pair.
    private mutating func unicodeEscape(start: JSON5Position) throws(JSON5Error) -> Unicode.Scalar {
        let first = try hexadecimal(digits: 4)
        if let scalar = Unicode.Scalar(first) { return scalar }
        let unpaired = scanner.error("found half of a surrogate pair, expected both halves", at: start)
        guard first < 0xDC00, scanner.next == "\\", scanner.secondNext == "u" else { throw unpaired }
        scanner.advance()
        scanner.advance()
        let second = try hexadecimal(digits: 4)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw unpaired }
        return scalar
    }

    private mutating func hexadecimal(digits count: Int) throws(JSON5Error) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = scanner.next?.hexadecimalValue else {
                throw scanner.unexpected(expected: "a hexadecimal digit")
            }
            value = value << 4 | digit
            scanner.advance()
        }
        return value
    }
}
