import RecordingKit

/// Makes what stands in place of texts: the same for the same text wherever it is, and of the same shape.
struct StandIns: Sendable {
    private let key: StandInKey
    /// Endings of files that a connector may look at.
    private static let endings: Set<String> = ["mp4", "mp3", "m4a", "wav", "vtt", "txt", "json", "ogg", "webm", "arf"]

    init(_ key: StandInKey) { self.key = key }

    /// What stands in place of a text; the same for e-mails and host names that differ in case alone.
    func standIn(for text: String) -> String {
        switch TextShape(text) {
        case .empty: ""
        case .email: "person-\(word(text.lowercased()))@person.example"
        case .digits: digits(text)
        case .dotted: dotted(text)
        default: "text-\(word(text))"
        }
    }

    /// What stands in place of a credential.
    func secret(for text: String) -> String {
        TextShape(text) == .digits ? digits(text) : "made-up-\(word(text))"
    }

    /// What stands in place of a segment of a path; the ending of a file's name is kept.
    func segment(for text: String) -> String {
        guard let ending = StandIns.ending(of: text) else { return "x-\(word(text))" }
        return "x-\(word(text)).\(ending)"
    }

    /// As many digits, the first of which is not 0.
    func digits(_ text: String) -> String {
        var rest = key.hash(text)
        var result = ""
        for position in 0..<text.utf8.count {
            if position % 16 == 15 { rest = key.hash("\(position) \(text)") }
            result += String(position == 0 ? rest % 9 + 1 : rest % 10)
            rest /= 10
        }
        return result
    }

    /// A number with other digits, and its sign and point where they were.
    func number(_ text: String) -> String {
        var digits = digits(text)[...]
        return String(text.map { $0.isNumber ? digits.popFirst() ?? "1" : $0 })
    }

    private func dotted(_ text: String) -> String {
        if let ending = StandIns.ending(of: text) { return "file-\(word(text)).\(ending)" }
        return "site-\(word(text.lowercased())).example"
    }

    /// Twelve hexadecimal digits.
    private func word(_ text: String) -> String {
        let digits = String(key.hash(text), radix: 16)
        return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(12))
    }

    private static func ending(of text: String) -> String? {
        guard let dot = text.lastIndex(of: ".") else { return nil }
        let ending = text[text.index(after: dot)...].lowercased()
        return endings.contains(ending) ? ending : nil
    }
}
