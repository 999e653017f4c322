/// A place in a text, as an editor counts it.
///
/// Lines end at LF, CR or CR LF; a byte order mark at the start of the text is not counted.
package struct JSON5Position: Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    package let line: Int
    /// The column in Unicode scalars, from 1.
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package var description: String { "line \(line), column \(column)" }

    /// The place after a scalar that stands here.
    func advanced(over scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> JSON5Position {
        switch (previous, scalar) {
        case ("\r", "\n"): self
        case (_, "\r"), (_, "\n"): JSON5Position(line: line + 1, column: 1)
        default: JSON5Position(line: line, column: column + 1)
        }
    }
}

extension JSON5Position: Comparable {
    package static func < (left: JSON5Position, right: JSON5Position) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
