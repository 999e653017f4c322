/// The reason why a text was refused, and where.
///
/// The message says what was found and what was expected. It shows one character of the text at most, because a
/// configuration may hold secrets.
package struct JSON5Error: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the text, usually a file's, if the caller gave one.
    package let fileName: String?
    /// The place of the first character that could not be accepted.
    package let position: JSON5Position
    /// What was found there and what was expected, without the place.
    package let message: String
    /// The place that the message refers back to: the first of two equal names, or the start of what is not closed.
    package let relatedPosition: JSON5Position?

    package init(
        fileName: String? = nil,
        position: JSON5Position,
        message: String,
        relatedPosition: JSON5Position? = nil
    ) {
        self.fileName = fileName
        self.position = position
        self.message = message
        self.relatedPosition = relatedPosition
    }

    /// The whole sentence, as `file:line:column: message` if the file's name is known.
    package var description: String {
        if let fileName {
            "\(fileName):\(position.line):\(position.column): \(message)"
        } else {
            "\(position): \(message)"
        }
    }
}
