/// A command, as data: parsing and help derive from it.
struct CommandSpec: Sendable {
    /// What a command takes besides options.
    enum Operands: Sendable, Hashable {
        case none
        case atMostOne(String, help: String)
        case any(String, help: String)
    }

    /// A command line and what it is for.
    struct Example: Sendable, Hashable {
        let line: String
        let purpose: String
    }

    let name: String
    /// What it does, in one sentence.
    let summary: String
    /// What else there is to know, in paragraphs.
    var discussion: [String] = []
    var operands: Operands = .none
    /// Whether it works with connectors, those of the operator among them.
    var usesConnectors = false
    /// Its own options, besides those that every command has.
    var options: [OptionSpec] = []
    var examples: [Example] = []

    /// Its own options and those that every command has.
    var allOptions: [OptionSpec] { options + OptionSpec.common }
}
