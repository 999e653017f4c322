/// Why a connector cannot be had.
struct PluginProblem: Sendable, Hashable {
    /// The names that lead to it in the configuration; nil for a file that was found in the folder.
    let place: [String]?
    /// One sentence with the file's name.
    let message: String
}

/// The connectors of a program and of an operator together, and what is wrong with the operator's.
struct PluginFindings: Sendable {
    var problems: [PluginProblem] = []
    /// What is wrong with the form of `plugins` itself.
    var diagnostics: [Diagnostic] = []
}
