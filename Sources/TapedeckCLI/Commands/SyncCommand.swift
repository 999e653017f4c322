import RecordingHost
import RecordingKit

/// Reads the sources and writes what is new.
struct SyncCommand: Command {
    private static let since = OptionSpec.value(
        "since",
        "TIME",
        help: "Read nothing that began before this date or time."
    )
    private static let until = OptionSpec.value(
        "until",
        "TIME",
        help: "Read nothing that began at or after this date or time."
    )
    private static let dryRun = OptionSpec.flag(
        "dry-run",
        help: "Show what would be read; send nothing and write nothing."
    )
    private static let maximumAuditReads = OptionSpec.value(
        "max-audit-reads",
        "N",
        help: "Leave at most N entries in customers' audit trails."
    )
    private static let wait = OptionSpec.value(
        "wait",
        "DURATION",
        help: "Wait so long, such as 10m, for another run on the same ledger to end (default: do not wait)."
    )

    static let spec = CommandSpec(
        name: "sync",
        summary: "Reads the sources and writes what is new or changed.",
        discussion: [
            "What was read before is not read again. A run that is stopped keeps what it has; the next one goes on from there.",
            "--since and --until narrow the run where a platform can be asked for ranges. Times without a zone are in UTC.",
            "One run at a time has the ledger: a second one ends with 75 and says who has it, at once or after --wait.",
        ],
        operands: .any("SOURCE", help: "The sources to read (default: all)."),
        usesConnectors: true,
        options: [since, until, dryRun, maximumAuditReads, wait],
        examples: [
            .init(line: "sync", purpose: "Reads everything that is new."),
            .init(line: "sync clinic --since 2026-01-01", purpose: "Reads one source from the beginning of a year."),
            .init(line: "sync --wait 10m", purpose: "Lets a run that is under way end first."),
            .init(line: "sync --dry-run --json", purpose: "Shows for machines what would be read."),
        ]
    )

    private let request: SyncRequest
    private let isDryRun: Bool
    private let longestWait: Duration

    init(_ parsed: ParsedCommand) throws(UsageError) {
        var request = SyncRequest(sources: parsed.operands.isEmpty ? nil : parsed.operands)
        request.since = try parsed.time(Self.since, command: Self.spec.name)
        request.until = try parsed.time(Self.until, command: Self.spec.name)
        if let since = request.since, let until = request.until, since >= until {
            throw UsageError("--since must be earlier than --until.", command: Self.spec.name)
        }
        if let text = parsed.value(Self.maximumAuditReads) {
            guard let number = Int(text), number >= 0 else {
                throw UsageError("--max-audit-reads takes a whole number from 0.", command: Self.spec.name)
            }
            request.maximumAuditReads = number
        }
        self.request = request
        isDryRun = parsed.has(Self.dryRun)
        longestWait = try Self.span(parsed, Self.wait) ?? .zero
    }

    private static func span(_ parsed: ParsedCommand, _ option: OptionSpec) throws(UsageError) -> Duration? {
        guard let text = parsed.value(option) else { return nil }
        guard let span = DurationText.parse(text) else {
            throw UsageError("--\(option.name) takes \(DurationText.expectation).", command: spec.name)
        }
        return span
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration()
        try context.check(sources: request.sources, of: configuration)
        if isDryRun { return try await SyncPlanner(context: context).run(request, configuration) }
        return try await SyncRunner(context: context).withSession(configuration, sources: request.sources) { session in
            let result = try await session.run(request, waitingAtMost: longestWait)
            context.console.print(result.lines(width: context.console.output.width))
            context.printJSON(result.exitCode) { result.write(to: &$0) }
            return result.exitCode
        }
    }
}
