/// Makes a text that a connector wrote fit to be shown.
package enum SafeText {
    /// The longest sentence that is taken over, in characters.
    static let longestSentence = 240

    /// A sentence for a report; nil when there is none, or when it looks as if it held an address of a person or of the platform.
    package static func sentence(_ text: String?) -> String? {
        guard let text else { return nil }
        let plain = withoutControlCharacters(text)
        guard !plain.isEmpty, !plain.contains("@"), !plain.contains("://") else { return nil }
        return plain.count <= longestSentence ? plain : "\(plain.prefix(longestSentence))…"
    }

    /// The text on one line, each run of control characters as one space, so that it cannot command a terminal.
    package static func withoutControlCharacters(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate:
                if !plain.isEmpty, plain.last != " " { plain.append(" ") }
            default: plain.unicodeScalars.append(scalar)
            }
        }
        while plain.last == " " { plain.removeLast() }
        return plain
    }
}
