import RawJSON

/// Writes single fields.
///
/// Null is a field of no characters, an empty text is `""`. A text that a spreadsheet might take for a formula gets an apostrophe
/// in front, as does one that begins with an apostrophe itself: taking one leading apostrophe away gives back every text exactly.
/// Source: RFC 4180 §2; OWASP, CSV injection.
enum CSVField {
    private static let apostrophe = UInt8(ascii: "'")
    private static let quote = UInt8(ascii: "\"")

    /// What a formula may begin with: `=`, `+`, `-`, `@`, tab, carriage return, line feed, and the first four in full width.
    static let formulaBeginnings: [[UInt8]] =
        ["=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}"].map { Array($0.utf8) }

    /// Appends a column's value of a record.
    static func append(_ column: CSVColumn, of record: JSONValue, to row: inout [UInt8]) {
        var value: JSONValue? = record
        for name in column.path { value = value?[name] }
        guard let value, !value.isNull else { return }
        switch column.kind {
        case .json: append(text: value.rawBytes, to: &row)
        case .words:
            let words = value.elements.compactMap(\.string).joined(separator: " ")
            append(text: Array(words.utf8)[...], to: &row)
        case .scalar:
            // Numbers and truth values are this program's own: nothing in them needs an apostrophe or quotes.
            if let text = value.string { append(text: Array(text.utf8)[...], to: &row) } else { row += value.rawBytes }
        }
    }

    /// Whether a text needs an apostrophe in front.
    ///
    /// Nearly all texts are settled by their first byte.
    private static func beginsLikeFormula(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return false }
        switch first {
        case apostrophe, 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A: return true
        case 0xEF: return formulaBeginnings.contains { text.starts(with: $0) }
        default: return false
        }
    }

    /// Appends a text from the platform.
    static func append(text: ArraySlice<UInt8>, to row: inout [UInt8]) {
        let isMarked = beginsLikeFormula(text)
        // A semicolon separates columns where the comma is the decimal point.
        let isQuoted =
            text.isEmpty || text.contains { $0 == quote || $0 == 0x2C || $0 == 0x3B || $0 == 0x0D || $0 == 0x0A }
        if isQuoted { row.append(quote) }
        if isMarked { row.append(apostrophe) }
        if isQuoted {
            for byte in text {
                if byte == quote { row.append(quote) }
                row.append(byte)
            }
            row.append(quote)
        } else {
            row += text
        }
    }
}
