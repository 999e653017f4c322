import RecordingKit

extension ParsedCommand {
    /// The value of an option that takes a date or a time; nil when it was not given.
    func time(_ option: OptionSpec, command: String) throws(UsageError) -> Timestamp? {
        guard let text = value(option) else { return nil }
        guard let time = Timestamp(text) else {
            throw UsageError(
                "--\(option.name) takes a date such as 2026-01-31 or a time such as 2026-01-31T08:00:00Z.",
                command: command
            )
        }
        return time
    }
}
