import JSON5

/// Understands a command line along the specifications of the commands.
///
/// Options that every command has may stand before the command's name. `help COMMAND` is `COMMAND --help`.
struct ArgumentParser {
    private let commands: [CommandSpec]
    private var tokens: ArgumentTokens
    private var parsed = ParsedCommand(name: "")

    private init(_ arguments: [String], commands: [CommandSpec]) {
        self.commands = commands
        tokens = ArgumentTokens(arguments)
    }

    /// Understands `arguments`, which do not hold the program's name.
    static func parse(_ arguments: [String], commands: [CommandSpec]) throws(UsageError) -> ParsedCommand {
        var parser = ArgumentParser(arguments, commands: commands)
        return try parser.parse()
    }

    private mutating func parse() throws(UsageError) -> ParsedCommand {
        var command: CommandSpec?
        while let token = tokens.next() {
            switch (token, command) {
            case (.option(let name, let value), _):
                try takeOption(name, attachedValue: value, of: command)
            case (.operand("help"), nil):
                parsed.wantsHelp = true
            case (.operand(let name), nil):
                command = try self.command(named: name)
            case (.operand(let text), .some(let command)):
                try takeOperand(text, of: command)
            }
        }
        parsed.name = command?.name ?? ""
        if command == nil, !parsed.wantsHelp, !parsed.wantsVersion {
            throw UsageError("A command is missing.")
        }
        return parsed
    }

    private func command(named name: String) throws(UsageError) -> CommandSpec {
        guard let command = commands.first(where: { $0.name == name }) else {
            let suggestion = nearestName(to: name, among: commands.map(\.name))
            throw UsageError("There is no command \"\(name)\".", suggestion: suggestion)
        }
        return command
    }

    private mutating func takeOption(
        _ name: String,
        attachedValue: String?,
        of command: CommandSpec?
    ) throws(UsageError) {
        let known = command?.allOptions ?? OptionSpec.common + [.version]
        guard let option = known.first(where: { $0.name == name }) else {
            let suggestion = nearestName(to: name, among: known.map(\.name)).map { "--\($0)" }
            let place = command.map { "\"\($0.name)\" has no" } ?? "There is no"
            throw UsageError("\(place) option \"--\(name)\".", suggestion: suggestion, command: command?.name)
        }
        if !option.isRepeatable, parsed.options[name] != nil {
            throw UsageError("The option --\(name) is given twice.", command: command?.name)
        }
        parsed.options[name, default: []] += try values(of: option, attached: attachedValue, command: command)
        if option == .help { parsed.wantsHelp = true }
        if option == .version { parsed.wantsVersion = true }
    }

    private mutating func values(
        of option: OptionSpec,
        attached: String?,
        command: CommandSpec?
    ) throws(UsageError) -> [String] {
        guard let placeholder = option.placeholder else {
            if attached != nil {
                throw UsageError("The option --\(option.name) takes no value.", command: command?.name)
            }
            return []
        }
        guard let value = attached ?? tokens.nextValue(), !value.isEmpty else {
            throw UsageError("The option --\(option.name) needs a value: \(placeholder).", command: command?.name)
        }
        return [value]
    }

    private mutating func takeOperand(_ text: String, of command: CommandSpec) throws(UsageError) {
        switch command.operands {
        case .none:
            throw UsageError("\"\(command.name)\" takes options only, found \"\(text)\".", command: command.name)
        case .atMostOne(let name, _):
            if !parsed.operands.isEmpty {
                throw UsageError("\"\(command.name)\" takes one \(name), found another.", command: command.name)
            }
        case .any: break
        }
        parsed.operands.append(text)
    }
}
