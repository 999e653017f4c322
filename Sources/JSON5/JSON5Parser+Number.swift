extension JSON5Parser {
    /// Reads a number that begins with a sign, a digit or a point.
    mutating func number() throws(JSON5Error) -> JSON5Number {
        var text = String.UnicodeScalarView()
        if scanner.next == "+" || scanner.next == "-" { take(into: &text) }
        switch scanner.next {
        case "I": try takeWord("Infinity", into: &text)
        case "N": try takeWord("NaN", into: &text)
        case "0" where scanner.secondNext == "x" || scanner.secondNext == "X":
            take(into: &text)
            take(into: &text)
            guard takeDigits(into: &text, where: { $0.hexadecimalValue != nil }) else {
                throw scanner.unexpected(expected: "a hexadecimal digit")
            }
        default: try takeDecimal(into: &text)
        }
        if let scalar = scanner.next, scalar == "\\" || scalar == "." || scalar.isJSON5IdentifierPart {
            throw scanner.unexpected(expected: "the end of the number")
        }
        return JSON5Number(text: String(text))
    }

    private mutating func takeDecimal(into text: inout String.UnicodeScalarView) throws(JSON5Error) {
        var hasDigits = true
        if scanner.next == "0" {
            take(into: &text)
            if scanner.next?.isDecimalDigit == true {
                throw scanner.unexpected(expected: "no digit after a leading zero")
            }
        } else {
            hasDigits = takeDigits(into: &text, where: \.isDecimalDigit)
        }
        if scanner.next == "." {
            take(into: &text)
            let hasFraction = takeDigits(into: &text, where: \.isDecimalDigit)
            hasDigits = hasDigits || hasFraction
        }
        guard hasDigits else { throw scanner.unexpected(expected: "a digit") }
        guard scanner.next == "e" || scanner.next == "E" else { return }
        take(into: &text)
        if scanner.next == "+" || scanner.next == "-" { take(into: &text) }
        guard takeDigits(into: &text, where: \.isDecimalDigit) else {
            throw scanner.unexpected(expected: "a digit of the exponent")
        }
    }

    private mutating func take(into text: inout String.UnicodeScalarView) {
        guard let scalar = scanner.next else { return }
        text.append(scalar)
        scanner.advance()
    }

    /// Takes all digits that follow and tells whether there was one.
    private mutating func takeDigits(
        into text: inout String.UnicodeScalarView,
        where isDigit: (Unicode.Scalar) -> Bool
    ) -> Bool {
        var found = false
        while let scalar = scanner.next, isDigit(scalar) {
            take(into: &text)
            found = true
        }
        return found
    }

    private mutating func takeWord(
        _ word: String,
        into text: inout String.UnicodeScalarView
    ) throws(JSON5Error) {
        for scalar in word.unicodeScalars {
            guard scanner.next == scalar else { throw scanner.unexpected(expected: "the word \(word)") }
            take(into: &text)
        }
    }
}
