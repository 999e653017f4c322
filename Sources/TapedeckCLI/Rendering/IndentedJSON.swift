import RawJSON

/// JSON for people: members and elements on lines of their own, lists of plain values on one.
enum IndentedJSON {
    /// The text of `value` in lines, each level two columns further in.
    static func lines(_ value: JSONValue) -> [String] { lines(value, margin: "") }

    /// The first line has no margin: a name may stand before it.
    private static func lines(_ value: JSONValue, margin: String) -> [String] {
        let inner = margin + "  "
        switch value.kind {
        case .object where !value.members.isEmpty:
            let members = value.members.map { name, value in
                var lines = lines(value, margin: inner)
                lines[0] = "\(inner)\(quoted(name)): \(lines[0])"
                return lines
            }
            return ["{"] + joined(members) + ["\(margin)}"]
        case .array where value.elements.contains(where: { $0.kind == .object || $0.kind == .array }):
            let elements = value.elements.map { element in
                var lines = lines(element, margin: inner)
                lines[0] = inner + lines[0]
                return lines
            }
            return ["["] + joined(elements) + ["\(margin)]"]
        case .array:
            return ["[" + value.elements.map { text($0) }.joined(separator: ", ") + "]"]
        default:
            return [text(value)]
        }
    }

    /// A comma after each but the last.
    private static func joined(_ parts: [[String]]) -> [String] {
        parts.enumerated().flatMap { index, part in
            var part = part
            if index < parts.count - 1, let last = part.indices.last { part[last] += "," }
            return part
        }
    }

    private static func text(_ value: JSONValue) -> String { String(decoding: value.rawBytes, as: UTF8.self) }

    private static func quoted(_ name: String) -> String {
        var writer = JSONWriter()
        writer.string(name)
        return String(decoding: writer.take(), as: UTF8.self)
    }
}
