/// Arguments that cannot be understood.
struct UsageError: Error, Hashable, Sendable {
    /// What is wrong and what was expected, without the values of options.
    let message: String
    /// The known name that was most likely meant.
    var suggestion: String?
    /// The command whose help explains it; nil for the program's own help.
    var command: String?

    init(_ message: String, suggestion: String? = nil, command: String? = nil) {
        self.message = message
        self.suggestion = suggestion
        self.command = command
    }
}
