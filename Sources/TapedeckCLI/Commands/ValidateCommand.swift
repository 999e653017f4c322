import RawJSON
import RecordingHost
import RecordingKit

/// Checks the configuration file alone.
struct ValidateCommand: Command {
    static let spec = CommandSpec(
        name: "validate",
        summary: "Checks the configuration file; sends nothing.",
        discussion: [
            "It shows every problem at once, each with its place, what was expected and the nearest known name."
        ],
        usesConnectors: true,
        examples: [.init(line: "validate --config clinic.json5", purpose: "Checks another file.")]
    )

    init(_ parsed: ParsedCommand) throws(UsageError) {}

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration()
        let sources = configuration.host.sources
        context.console.print(
            "\(configuration.file): good, \(sources.count) \(sources.count == 1 ? "source" : "sources")."
        )
        context.printJSON(.complete) { writer in
            writer.member("valid", true)
            writer.name("sources")
            writer.list(sources) { $1.string($0.id) }
            writer.name("problems")
            ResultJSON.write([Diagnostic](), to: &writer)
            writer.name("warnings")
            ResultJSON.write(configuration.warnings, to: &writer)
        }
        return .complete
    }
}
