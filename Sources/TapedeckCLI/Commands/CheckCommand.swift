import RawJSON
import RecordingHost
import RecordingKit

/// Sends one cheap request for each source.
struct CheckCommand: Command {
    static let spec = CommandSpec(
        name: "check",
        summary: "Sends one cheap request for each source and says what to do about failures.",
        discussion: ["It works while a run is under way; tokens are renewed by one of the two and read by the other."],
        operands: .any("SOURCE", help: "The sources to check (default: all)."),
        usesConnectors: true,
        examples: [.init(line: "check acme", purpose: "Tries the credentials of one source.")]
    )

    private let sources: [String]?

    init(_ parsed: ParsedCommand) throws(UsageError) { sources = parsed.operands.isEmpty ? nil : parsed.operands }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration()
        try context.check(sources: sources, of: configuration)
        let services = context.services
        return try await context.withTokens(at: configuration.ledgerPath) { ledger in
            try await services.withTransport { transport in
                let host = Host(
                    registry: context.registry,
                    configuration: configuration.host,
                    transport: transport,
                    clock: services.clock
                )
                return show(try await host.check(sources: sources, ledger: ledger), in: context)
            }
        }
    }

    private func show(_ results: [CheckResult], in context: CommandContext) -> ExitCode {
        let exitCode = ExitCode(results)
        for result in results {
            if let failure = result.failure {
                context.console.print("\(result.source): \(failure)")
                if let advice = advice(result, in: context) { context.console.print("  \(advice)") }
            } else {
                context.console.print("\(result.source): OK")
            }
        }
        context.printJSON(exitCode) { writer in
            writer.name("sources")
            writer.list(results) { result, writer in
                writer.beginObject()
                writer.member("source", result.source)
                writer.member("connector", result.connector)
                writer.member("ok", result.failure == nil)
                writer.name("failure")
                ResultJSON.write(result.failure, advice: advice(result, in: context), to: &writer)
                writer.endObject()
            }
        }
        return exitCode
    }

    private func advice(_ result: CheckResult, in context: CommandContext) -> String? {
        result.advice
            ?? result.failure.flatMap { failure in
                Advice.text(
                    for: failure.code,
                    connector: context.registry[result.connector]?.descriptor,
                    retryAt: failure.retryAt
                )
            }
    }
}
