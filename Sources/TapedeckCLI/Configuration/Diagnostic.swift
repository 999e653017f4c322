import JSON5

/// Something to say about a configuration file, with the place that it is about.
struct Diagnostic: Sendable, Hashable {
    enum Severity: String, Sendable, Hashable {
        case error
        case warning
    }

    let severity: Severity
    /// The names that lead to the value; empty for the file as a whole.
    let path: [String]
    /// The place in the file; nil for the file as a whole.
    let position: JSON5Position?
    /// What is wrong and what was expected, without the value.
    let message: String
    /// The known name that was most likely meant.
    var suggestion: String?

    /// One line, as `file:line:column: error: path: message Did you mean …?`.
    func line(file: String) -> String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        let subject = path.isEmpty ? "" : "\(path.joined(separator: ".")): "
        let question = suggestion.map { " Did you mean \"\($0)\"?" } ?? ""
        return "\(place): \(severity.rawValue): \(subject)\(message)\(question)"
    }
}

extension JSON5Node {
    /// Where a path leads: as far as it exists, the place of its last name and of its value.
    struct Place: Hashable {
        let name: JSON5Position?
        let value: JSON5Position
        /// Whether the whole path exists.
        let isComplete: Bool
    }

    /// Follows names, and indices of arrays, as far as they exist.
    func place(of path: [String]) -> Place {
        var node = self
        var name: JSON5Position?
        for part in path {
            if let member = node.members?.first(where: { $0.name == part }) {
                name = member.namePosition
                node = member.value
            } else if let elements = node.elements, let index = Int(part), elements.indices.contains(index) {
                name = nil
                node = elements[index]
            } else {
                return Place(name: name, value: node.position, isComplete: false)
            }
        }
        return Place(name: name, value: node.position, isComplete: true)
    }

    /// The value that a path leads to, or nil.
    func node(at path: [String]) -> JSON5Node? {
        path.reduce(Optional(self)) { node, part in
            if let members = node?.members { return members.first { $0.name == part }?.value }
            guard let elements = node?.elements, let index = Int(part), elements.indices.contains(index) else {
                return nil
            }
            return elements[index]
        }
    }
}
