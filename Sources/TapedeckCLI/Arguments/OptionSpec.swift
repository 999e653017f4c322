/// An option that a command takes, as data: parsing and help derive from it.
struct OptionSpec: Sendable, Hashable {
    /// The name after `--`.
    let name: String
    /// What stands for the value in help, such as `FILE`; nil when the option is a flag.
    let placeholder: String?
    /// What it does, in one sentence.
    let help: String
    /// Whether it may be given more than once.
    let isRepeatable: Bool

    private init(name: String, placeholder: String?, help: String, isRepeatable: Bool) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
        self.isRepeatable = isRepeatable
    }

    /// An option that is there or not.
    static func flag(_ name: String, help: String) -> OptionSpec {
        OptionSpec(name: name, placeholder: nil, help: help, isRepeatable: false)
    }

    /// An option with a value.
    static func value(_ name: String, _ placeholder: String, help: String, isRepeatable: Bool = false) -> OptionSpec {
        OptionSpec(name: name, placeholder: placeholder, help: help, isRepeatable: isRepeatable)
    }

    /// How the option is written in help.
    var usage: String { placeholder.map { "--\(name) \($0)" } ?? "--\(name)" }
}

extension OptionSpec {
    static let config = value("config", "FILE", help: "The configuration file (default: tapedeck.json5).")
    static let json = flag("json", help: "Write one JSON object for machines to standard output.")
    static let logLevel = value(
        "log-level",
        "LEVEL",
        help: "Which messages are shown: error, warning, info (default) or debug."
    )
    static let help = flag("help", help: "Show help.")
    static let version = flag("version", help: "Show the version.")

    /// The options of every command.
    static let common: [OptionSpec] = [config, json, logLevel, help]
}
