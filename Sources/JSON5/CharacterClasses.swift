/// The character classes of the grammar (JSON5 1.0 sections 3 and 8, which refer to ECMAScript 5.1 sections 7.2, 7.3, 7.6).
extension Unicode.Scalar {
    var isJSON5LineTerminator: Bool {
        switch self {
        case "\n", "\r", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    var isJSON5Whitespace: Bool {
        switch self {
        case "\t", "\u{B}", "\u{C}", " ", "\u{A0}", "\u{FEFF}": true
        default: isJSON5LineTerminator || properties.generalCategory == .spaceSeparator
        }
    }

    var isJSON5IdentifierStart: Bool {
        if self == "$" || self == "_" { return true }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber: true
        default: false
        }
    }

    var isJSON5IdentifierPart: Bool {
        if isJSON5IdentifierStart || self == "\u{200C}" || self == "\u{200D}" { return true }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: true
        default: false
        }
    }

    var isDecimalDigit: Bool { "0" <= self && self <= "9" }

    /// The value as a hexadecimal digit; ASCII alone, since other digits are not digits to the grammar.
    var hexadecimalValue: UInt32? {
        switch self {
        case "0"..."9": value - 0x30
        case "a"..."f": value - 0x61 + 10
        case "A"..."F": value - 0x41 + 10
        default: nil
        }
    }

    /// The character for a message: itself between quotes if it can be seen, else its code point.
    var messageDescription: String {
        if self == "\n" || self == "\r" { return "the end of the line" }
        if self == "\"" { return "'\"'" }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
            let digits = String(value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        default:
            return "\"\(self)\""
        }
    }
}
