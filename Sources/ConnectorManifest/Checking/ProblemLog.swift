import JSON5

/// Gathers the problems of one manifest; used by one task.
final class ProblemLog {
    private(set) var found: [ManifestProblem] = []

    /// Whether nothing is wrong so far.
    var isEmpty: Bool { found.isEmpty }

    /// The problems in the order of the file, each once; of several about one place the first that was found.
    var problems: [ManifestProblem] {
        var seen: Set<ManifestProblem> = []
        return found.filter { seen.insert($0).inserted }.enumerated()
            .sorted {
                ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
            }
            .map(\.element)
    }

    /// Notes a problem at a place of the file.
    func add(_ message: String, at position: JSON5Position, path: String, suggestion: String? = nil) {
        found.append(
            ManifestProblem(
                line: position.line,
                column: position.column,
                path: path,
                message: message,
                suggestion: suggestion
            )
        )
    }

    /// Notes a problem with a value.
    func add(_ message: String, at place: ManifestPlace, suggestion: String? = nil) {
        add(message, at: place.node.position, path: place.path, suggestion: suggestion)
    }

    /// Notes what a part of a value's declaration says of itself.
    func add(_ problem: ValueProblem, at place: ManifestPlace) {
        let suggestion = problem.unknown.flatMap { nearestName(to: $0, among: problem.known) }
        let known =
            problem.known.isEmpty || suggestion != nil ? "" : "; known are \(problem.known.joined(separator: ", "))"
        let inner = problem.member.flatMap { place.member($0) } ?? place
        add(problem.message + known, at: inner, suggestion: suggestion)
    }
}

extension ProblemLog {
    /// Whether nothing was noted so far about a value or anything in it.
    func isEmptyWithin(_ place: ManifestPlace) -> Bool {
        !found.contains { problem in
            guard problem.path.hasPrefix(place.path) else { return false }
            let next = problem.path.dropFirst(place.path.count).first
            return next == nil || next == "." || next == "[" || place.path.isEmpty
        }
    }
}
