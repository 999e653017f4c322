/// What the program can be asked to do.
protocol Command: Sendable {
    /// What it is and takes.
    static var spec: CommandSpec { get }

    /// Takes its own options and operands.
    init(_ parsed: ParsedCommand) throws(UsageError)

    /// Does it.
    ///
    /// - Throws: ``UsageError``, ``ConfigurationFailure``, ``CommandFailure`` or `TapedeckError`.
    func run(in context: CommandContext) async throws -> ExitCode
}

/// Why a command could not do what it was asked to, other than for the host's reasons.
struct CommandFailure: Error, Hashable, Sendable {
    let exitCode: ExitCode
    /// One sentence that says what happened and what to do.
    let message: String
}
