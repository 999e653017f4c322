/// One thing that is wrong in a manifest, and where.
public struct ManifestProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line in the file, from 1.
    public let line: Int
    /// The column in Unicode scalars, from 1.
    public let column: Int
    /// The keys and positions that lead there, such as `listings[0].steps[1].request`; empty for the whole.
    public let path: String
    /// What is wrong and what is expected, in one sentence without its stop.
    public let message: String
    /// The known name that was most likely meant; nil when none is near.
    public let suggestion: String?

    /// Describes a problem.
    public init(line: Int, column: Int, path: String, message: String, suggestion: String? = nil) {
        self.line = line
        self.column = column
        self.path = path
        self.message = message
        self.suggestion = suggestion
    }

    /// Such as `12:5: recordings: there is no key "titel" in …; did you mean "title"?`.
    public var description: String {
        let place = path.isEmpty ? "\(line):\(column): " : "\(line):\(column): \(path): "
        return place + message + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
    }
}

/// Why a manifest was refused: every problem that was found, in the order of the file.
public struct ManifestFailure: Error, Sendable, CustomStringConvertible {
    /// The name of the file, as the caller gave it.
    public let fileName: String
    /// The problems; never empty.
    public let problems: [ManifestProblem]

    /// Lists problems.
    public init(fileName: String, problems: [ManifestProblem]) {
        self.fileName = fileName
        self.problems = problems
    }

    /// One line for each problem, as `file:line:column: path: message`.
    public var description: String {
        problems.map { "\(fileName):\($0)" }.joined(separator: "\n")
    }
}
