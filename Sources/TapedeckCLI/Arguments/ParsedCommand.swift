/// A command line that was understood.
struct ParsedCommand: Sendable, Hashable {
    /// The command's name; empty when only help or the version is wanted.
    var name: String
    var wantsHelp = false
    var wantsVersion = false
    /// The values of each option that was given, by its name; a flag has none.
    var options: [String: [String]] = [:]
    var operands: [String] = []

    /// Whether a flag was given.
    func has(_ option: OptionSpec) -> Bool { options[option.name] != nil }

    /// The value of an option, or nil when it was not given.
    func value(_ option: OptionSpec) -> String? { options[option.name]?.last }

    /// All values of an option that may be repeated.
    func values(_ option: OptionSpec) -> [String] { options[option.name] ?? [] }
}
