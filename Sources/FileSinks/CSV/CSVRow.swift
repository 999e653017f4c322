/// One row without its line end, taken apart strictly; the last field may be torn.
struct CSVRow {
    /// The fields as they are written, quotes taken away; nil for one of no characters.
    private(set) var fields: [String?] = []
    /// Whether the last field is not within quotes that were never closed.
    private(set) var isWhole = true

    /// Reads a row; nil when a quote stands where none may, or a line end outside of quotes.
    init?(_ row: ArraySlice<UInt8>) {
        let quote = UInt8(ascii: "\"")
        let comma = UInt8(ascii: ",")
        var position = row.startIndex
        while true {
            var field: [UInt8] = []
            var isQuoted = false
            if position < row.endIndex, row[position] == quote {
                isQuoted = true
                isWhole = false
                position += 1
                while position < row.endIndex {
                    let byte = row[position]
                    position += 1
                    if byte != quote {
                        field.append(byte)
                    } else if position < row.endIndex, row[position] == quote {
                        field.append(quote)
                        position += 1
                    } else {
                        isWhole = true
                        break
                    }
                }
                guard position == row.endIndex || row[position] == comma else { return nil }
            } else {
                while position < row.endIndex, row[position] != comma {
                    let byte = row[position]
                    guard byte != quote, byte != 0x0D, byte != 0x0A else { return nil }
                    field.append(byte)
                    position += 1
                }
            }
            fields.append(field.isEmpty && !isQuoted ? nil : String(decoding: field, as: UTF8.self))
            guard position < row.endIndex else { return }
            position += 1
        }
    }
}
