extension SettingsSpecification {
    /// The settings as a Markdown table, one row each, members of objects under dotted paths.
    ///
    /// The columns are name, type, required, default and meaning; the name of a secret is followed by "(secret)". Ends with a
    /// line feed.
    public var markdownTable: String {
        var table = "| name | type | required | default | meaning |\n|---|---|---|---|---|\n"
        for row in rows {
            let cells = [
                "`\(row.path)`" + (row.isSecret ? " (secret)" : ""),
                row.type,
                row.isRequired ? "yes" : "no",
                row.defaultText.map { "`\($0)`" } ?? "",
                row.help,
            ]
            table += "| \(cells.map(SettingsSpecification.escapingCell).joined(separator: " | ")) |\n"
        }
        return table
    }

    /// A pipe would end the cell and a line break the row, even inside a code span.
    private static func escapingCell(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { cell, scalar in
            switch scalar {
            case "|": cell += "\\|"
            case "\n", "\r": cell += " "
            default: cell.unicodeScalars.append(scalar)
            }
        }
    }
}
