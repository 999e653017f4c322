/// A number as it was written, with its values where they exist.
package struct JSON5Number: Hashable, Sendable {
    /// The exact text, with its sign: `+1`, `.5`, `-0x1F`, `Infinity`.
    package let text: String

    /// Takes a text that the grammar already accepted.
    init(text: String) {
        self.text = text
    }

    /// The value of a number written with digits alone, decimal or hexadecimal, if it fits.
    ///
    /// It is `nil` for anything with a decimal point or an exponent, also where the value is whole.
    package var integer: Int64? {
        if let digits = hexadecimalDigits { return Int64(sign + digits, radix: 16) }
        return Int64(text)
    }

    /// The nearest floating-point value; `nil` if the number is beyond the finite range and was not written `Infinity`.
    package var double: Double? {
        switch magnitude {
        case "Infinity": return isNegative ? -.infinity : .infinity
        case "NaN": return .nan
        default:
            guard let value = Double(sign + canonicalMagnitude), value.isFinite else { return nil }
            return value
        }
    }

    private var isNegative: Bool { text.utf8.first == UInt8(ascii: "-") }

    private var sign: String { isNegative ? "-" : "" }

    private var magnitude: Substring {
        text.utf8.first == UInt8(ascii: "+") || isNegative ? text.dropFirst() : text[...]
    }

    private var hexadecimalDigits: Substring? {
        magnitude.hasPrefix("0x") || magnitude.hasPrefix("0X") ? magnitude.dropFirst(2) : nil
    }

    /// The magnitude with a digit on both sides of the point, and hexadecimal with the exponent that C99 asks for.
    private var canonicalMagnitude: String {
        if let digits = hexadecimalDigits { return "0x\(digits)p0" }
        var whole = magnitude.prefix { $0.isASCII && $0.isNumber }
        var rest = magnitude[whole.endIndex...]
        if whole.isEmpty { whole = "0" }
        guard rest.first == "." else { return "\(whole)\(rest)" }
        rest = rest.dropFirst()
        return rest.first?.isNumber == true ? "\(whole).\(rest)" : "\(whole).0\(rest)"
    }
}
