/// A place in the text that moves forward, and the errors that can be found there.
struct JSON5Scanner {
    private let scalars: [Unicode.Scalar]
    private let fileName: String?
    private var index: Int
    private(set) var position = JSON5Position(line: 1, column: 1)

    init(scalars: [Unicode.Scalar], fileName: String?) {
        self.scalars = scalars
        self.fileName = fileName
        index = scalars.first == "\u{FEFF}" ? 1 : 0
    }

    /// The scalar here, or `nil` at the end.
    var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    /// The scalar after the one here.
    var secondNext: Unicode.Scalar? { index + 1 < scalars.count ? scalars[index + 1] : nil }

    /// Steps over the scalar here; at the end it stays.
    mutating func advance() {
        guard let scalar = next else { return }
        position = position.advanced(over: scalar, after: index > 0 ? scalars[index - 1] : nil)
        index += 1
    }

    /// Steps over one particular scalar if it is here.
    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        advance()
        return true
    }

    /// Steps over white space and comments.
    mutating func skipInsignificant() throws(JSON5Error) {
        while let scalar = next {
            if scalar.isJSON5Whitespace {
                advance()
            } else if scalar == "/" {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(JSON5Error) {
        let start = position
        advance()
        if skip("/") {
            while let scalar = next, !scalar.isJSON5LineTerminator { advance() }
        } else if skip("*") {
            while let scalar = next {
                advance()
                if scalar == "*", skip("/") { return }
            }
            throw unexpected(expected: "\"*/\" to close the comment", since: start)
        } else {
            throw unexpected(expected: "\"/\" or \"*\" to begin a comment")
        }
    }

    /// An error that names the scalar here and what the grammar asks for instead.
    func unexpected(expected: String, since start: JSON5Position? = nil) -> JSON5Error {
        let found = next?.messageDescription ?? "the end of the text"
        let suffix = start.map { " that begins at \($0)" } ?? ""
        return error("found \(found), expected \(expected)\(suffix)", related: start)
    }

    /// An error here, or at a place that was passed before.
    func error(
        _ message: String,
        at position: JSON5Position? = nil,
        related: JSON5Position? = nil
    ) -> JSON5Error {
        JSON5Error(
            fileName: fileName,
            position: position ?? self.position,
            message: message,
            relatedPosition: related
        )
    }
}
