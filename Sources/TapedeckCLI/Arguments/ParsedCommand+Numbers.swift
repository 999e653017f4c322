extension ParsedCommand {
    /// A whole number from 0 on, or nil when the option was not given.
    func wholeNumber<Number: FixedWidthInteger>(
        _ option: OptionSpec,
        command: String,
        atMost limit: Number
    ) throws(UsageError) -> Number? {
        guard let text = value(option) else { return nil }
        guard let number = Number(text), (0...limit).contains(number) else {
            let range = limit == .max ? "from 0" : "from 0 to \(limit)"
            throw UsageError("--\(option.name) takes a whole number \(range).", command: command)
        }
        return number
    }

    /// A number above 0, or nil when the option was not given.
    func positiveNumber(_ option: OptionSpec, command: String) throws(UsageError) -> Double? {
        guard let text = value(option) else { return nil }
        guard let number = Double(text), number > 0, number.isFinite else {
            throw UsageError("--\(option.name) takes a number above 0.", command: command)
        }
        return number
    }
}
