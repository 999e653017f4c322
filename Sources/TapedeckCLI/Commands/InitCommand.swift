import RawJSON
import RecordingKit

/// Writes a commented configuration to begin with.
struct InitCommand: Command {
    private static let connector = OptionSpec.value(
        "connector",
        "ID",
        help: "A connector to configure a source for; may be given more than once.",
        isRepeatable: true
    )
    private static let output = OptionSpec.value(
        "output",
        "FILE",
        help: "The file to write (default: tapedeck.json5); \"-\" is standard output."
    )

    static let spec = CommandSpec(
        name: "init",
        summary: "Writes a commented configuration.",
        discussion: ["Secrets are references to environment variables. A file that exists is never overwritten."],
        usesConnectors: true,
        options: [connector, output],
        examples: [
            .init(line: "init --connector webex", purpose: "Writes tapedeck.json5 for one platform."),
            .init(
                line: "init --connector webex --connector kismet --output -",
                purpose: "Shows one for two platforms."
            ),
        ]
    )

    private let connectors: [String]
    private let file: String?

    init(_ parsed: ParsedCommand) throws(UsageError) {
        connectors = parsed.values(Self.connector).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        guard !connectors.isEmpty else {
            throw UsageError(
                "Name at least one connector with --connector ID; \"tapedeck connectors\" lists them.",
                command: Self.spec.name
            )
        }
        file = parsed.value(Self.output)
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        var descriptors: [ConnectorDescriptor] = []
        for id in connectors { descriptors.append(try context.connector(id).descriptor) }
        let template = ConfigurationTemplate(descriptors: descriptors)
        let text = template.text
        guard file != "-" else {
            context.console.print(
                text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
            )
            context.printJSON(.complete) { $0.member("configuration", text) }
            return .complete
        }
        let name = file ?? context.configurationFile
        try write(text, to: name, in: context)
        context.console.print(["\(name) is written."] + nextSteps(template.variables, name: name))
        context.printJSON(.complete) { writer in
            writer.member("path", name)
            writer.name("environment_variables")
            writer.list(template.variables) { $1.string($0) }
        }
        return .complete
    }

    private func write(_ text: String, to name: String, in context: CommandContext) throws(CommandFailure) {
        let path = FilePath.joined(context.files.currentFolder(), name)
        guard context.files.kind(path) == .missing else {
            let message = "\(name) exists already and is not overwritten; name another file with --output."
            throw CommandFailure(exitCode: .failed, message: message)
        }
        do {
            try context.files.writeNew(path, Array(text.utf8))
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            throw CommandFailure(exitCode: .failed, message: "\(name) cannot be written: \(reason).")
        }
    }

    private func nextSteps(_ variables: [String], name: String) -> [String] {
        let option = name == CommandContext.defaultConfigurationFile ? "" : " --config \(name)"
        var lines: [String] = []
        if !variables.isEmpty { lines.append("Set \(variables.joined(separator: ", ")), then run:") }
        return lines + ["  tapedeck check\(option)", "  tapedeck sync\(option)"]
    }
}
