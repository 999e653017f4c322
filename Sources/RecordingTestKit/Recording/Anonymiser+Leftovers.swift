import RawJSON
import RecordingKit

extension Anonymiser {
    /// Whether what was replaced in one place is left in another: of a file of JSON, or of lines of JSON.
    ///
    /// Looked for is what stands nowhere by chance, the operator's own exceptions aside.
    func leavesSomething(in file: [UInt8]) -> Bool {
        var sought = TextIndex()
        for (text, standIn) in replaced where text != standIn && isDistinct(text) { sought.insert(text) }
        return file.split(separator: UInt8(ascii: "\n")).contains { line in
            guard let root = try? JSONDocument(parsing: Array(line)).root else { return false }
            return Anonymiser.holds(sought, root)
        }
    }

    private func isDistinct(_ text: String) -> Bool {
        if publicURL.text.contains(text) || operatorKept.contains(where: { $0.contains(text) }) { return false }
        return switch TextShape(text) {
        case .email, .text, .dotted, .hexadecimal: true
        case .word: text.utf8.count >= 8 && !text.contains("/") && text.contains(where: \.isNumber)
        default: false
        }
    }

    private static func holds(_ sought: TextIndex, _ value: JSONValue) -> Bool {
        switch value.kind {
        case .object: value.members.contains { sought.isIn($0.name) || holds(sought, $0.value) }
        case .array: value.elements.contains { holds(sought, $0) }
        case .string: TextForms.of(value.string ?? "").contains { sought.isIn($0) }
        default: false
        }
    }
}
