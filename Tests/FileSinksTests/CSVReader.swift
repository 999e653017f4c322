/// Reads RFC 4180 strictly: rows end with CR LF, quotes stand only around whole fields.
///
/// Null is a field of no characters.
struct CSVReader {
    struct Malformed: Error {}

    static func rows(_ text: String) throws -> [[String?]] {
        var rows: [[String?]] = []
        var row: [String?] = []
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            row.append(try field(&rest))
            switch rest.popFirst() {
            case ",": continue
            case "\r":
                guard rest.popFirst() == "\n" else { throw Malformed() }
                rows.append(row)
                row = []
            default: throw Malformed()
            }
        }
        guard row.isEmpty else { throw Malformed() }
        return rows
    }

    private static func field(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> String? {
        var text = String.UnicodeScalarView()
        guard rest.first == "\"" else {
            while let next = rest.first, next != ",", next != "\r" {
                guard next != "\"", next != "\n" else { throw Malformed() }
                text.append(next)
                rest.removeFirst()
            }
            return text.isEmpty ? nil : String(text)
        }
        rest.removeFirst()
        while let next = rest.popFirst() {
            if next != "\"" {
                text.append(next)
            } else if rest.first == "\"" {
                text.append(next)
                rest.removeFirst()
            } else {
                return String(text)
            }
        }
        throw Malformed()
    }
}
