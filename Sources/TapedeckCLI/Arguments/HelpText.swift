/// Help for the program and for each command, generated from the specifications.
struct HelpText {
    private let program: String
    private let width: Int

    init(program: String = "tapedeck", width: Int) {
        self.program = program
        self.width = min(max(width, 40), 100)
    }

    /// What the program is, and its commands.
    func overview(of commands: [CommandSpec]) -> [String] {
        let summary = "Reads call and meeting recordings, and who accessed them, from recording platforms."
        var lines = wrapped(summary, indent: 0)
        lines += ["", "Usage: \(program) COMMAND [OPTIONS]", "", "Commands:"]
        lines += definitions(commands.map { ($0.name, $0.summary) })
        lines += ["", "Options of every command:"]
        lines += definitions((OptionSpec.common + [.version]).map { ($0.usage, $0.help) })
        lines += ["", "Exit codes:"]
        lines += definitions(Self.exitCodes)
        lines += ["", "Begin with:"]
        lines += definitions([
            ("\(program) demo", "See it work, without an account."),
            ("\(program) init --connector webex", "Write a configuration."),
            ("\(program) COMMAND --help", "Read about a command."),
        ])
        return lines
    }

    /// What a command does and takes.
    func page(of command: CommandSpec) -> [String] {
        var lines = wrapped(command.summary, indent: 0)
        lines += ["", "Usage: \(usage(of: command))"]
        for paragraph in command.discussion { lines += [""] + wrapped(paragraph, indent: 0) }
        switch command.operands {
        case .none: break
        case .atMostOne(let name, let help), .any(let name, let help):
            lines += ["", "Arguments:"] + definitions([(name, help)])
        }
        lines += ["", "Options:"] + definitions(command.allOptions.map { ($0.usage, $0.help) })
        if !command.examples.isEmpty {
            lines += ["", "Examples:"]
            for example in command.examples {
                lines += ["  \(program) \(example.line)"] + wrapped(example.purpose, indent: 6)
            }
        }
        return lines
    }

    /// The command line in one line.
    func usage(of command: CommandSpec) -> String {
        let operands =
            switch command.operands {
            case .none: ""
            case .atMostOne(let name, _): " [\(name)]"
            case .any(let name, _): " [\(name)…]"
            }
        return "\(program) \(command.name)\(operands) [OPTIONS]"
    }

    private static let exitCodes = [
        ("0", "Complete."), ("1", "Failed."), ("2", "Finished but incomplete; what was read is kept."),
        ("64", "Wrong arguments."), ("75", "Try again later; it says when."), ("77", "Credentials were rejected."),
        ("78", "The configuration is invalid."), ("130, 143", "Stopped by a signal after a clean checkpoint."),
    ]

    /// Terms and what they mean, the meanings in one column.
    private func definitions(_ entries: [(term: String, meaning: String)]) -> [String] {
        let longest = entries.map { TextWidth.columns(of: $0.term) }.max() ?? 0
        let column = min(longest + 4, 34)
        return entries.flatMap { entry in
            let meaning = wrapped(entry.meaning, indent: column)
            let term = "  \(entry.term)"
            guard TextWidth.columns(of: term) + 2 <= column, let first = meaning.first else { return [term] + meaning }
            return [TextWidth.padded(term, to: column) + first.dropFirst(column)] + meaning.dropFirst()
        }
    }

    private func wrapped(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return TextWidth.wrapped(text, to: max(width - indent, 20)).map { margin + $0 }
    }
}
