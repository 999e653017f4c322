/// Rows under headings, for people.
struct Table {
    struct Column: Sendable, Hashable {
        let heading: String
        var isNumber = false
        /// Whether this column gives way when the table is too wide.
        var isShrinkable = false
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; missing cells are empty.
    mutating func append(_ cells: [String]) { rows.append(cells) }

    /// The lines of the table, at most `width` columns wide as far as its shrinkable columns allow that.
    func lines(width: Int) -> [String] {
        let all = [columns.map(\.heading)] + rows
        var widths = columns.indices.map { column in
            all.map { $0.indices.contains(column) ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
        }
        let excess = widths.reduce(0, +) + 2 * (columns.count - 1) - width
        if excess > 0, let shrinking = columns.lastIndex(where: \.isShrinkable) {
            widths[shrinking] = max(widths[shrinking] - excess, min(widths[shrinking], 12))
        }
        return all.map { row in
            let cells = columns.indices.map { index in
                let text = row.indices.contains(index) ? TextWidth.truncated(row[index], to: widths[index]) : ""
                return TextWidth.padded(text, to: widths[index], alignedRight: columns[index].isNumber)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
