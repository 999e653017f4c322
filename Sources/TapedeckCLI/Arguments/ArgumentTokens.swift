/// The arguments of a command line, taken from the front one by one.
///
/// `--name=value` is an option with its value, `--name` an option, `--` ends the options, everything else is an operand,
/// a single `-` too. `-h` is `--help`.
struct ArgumentTokens {
    enum Token: Hashable {
        case option(name: String, attachedValue: String?)
        case operand(String)
    }

    private var rest: ArraySlice<String>
    private var optionsHaveEnded = false

    init(_ arguments: [String]) { rest = arguments[...] }

    /// The next token, or nil at the end.
    mutating func next() -> Token? {
        guard let argument = rest.popFirst() else { return nil }
        if optionsHaveEnded { return .operand(argument) }
        if argument == "--" {
            optionsHaveEnded = true
            return next()
        }
        if argument == "-h" { return .option(name: "help", attachedValue: nil) }
        if argument.hasPrefix("--") {
            let body = argument.dropFirst(2)
            guard let equals = body.firstIndex(of: "=") else {
                return .option(name: String(body), attachedValue: nil)
            }
            return .option(name: String(body[..<equals]), attachedValue: String(body[body.index(after: equals)...]))
        }
        if argument.hasPrefix("-"), argument != "-" {
            return .option(name: String(argument.dropFirst().prefix { $0 != "=" }), attachedValue: nil)
        }
        return .operand(argument)
    }

    /// The argument after an option, as its value; nil when there is none or when it looks like an option itself.
    mutating func nextValue() -> String? {
        guard let argument = rest.first, !argument.hasPrefix("-") || argument == "-" else { return nil }
        rest.removeFirst()
        return argument
    }
}
