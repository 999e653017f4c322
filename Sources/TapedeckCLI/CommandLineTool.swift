import RawJSON
import RecordingHost
public import RecordingKit

/// The command line, whole: arguments in, output and an exit code out.
///
/// It knows no connector and no store; both are handed to it. It may be run any number of times.
public struct CommandLineTool: Sendable {
    static let commands: [any Command.Type] = [
        InitCommand.self, ConnectorsCommand.self, ValidateCommand.self, CheckCommand.self, SyncCommand.self,
        StatusCommand.self, VerifyCommand.self, PurgeCommand.self, RepairCommand.self, SchemaCommand.self,
        DemoCommand.self,
        NewConnectorCommand.self, ConformanceCommand.self, RecordCommand.self,
        SimulateCommand.self, BenchCommand.self,
    ]

    private let registry: ConnectorRegistry
    private let services: Services
    private let files: FileAccess

    /// Makes the command line of a program.
    public init(registry: ConnectorRegistry, services: Services) {
        self.init(registry: registry, services: services, files: .system)
    }

    init(registry: ConnectorRegistry, services: Services, files: FileAccess) {
        self.registry = registry
        self.services = services
        self.files = files
    }

    /// Does what `arguments` say.
    ///
    /// - Parameters:
    ///   - arguments: the command line without the program's name.
    ///   - environment: the variables that the configuration may refer to.
    ///   - output: where results and messages go.
    ///   - signals: the first element stops the command after a clean checkpoint; later ones are not looked at.
    /// - Returns: the status to exit with.
    public func run(
        arguments: [String],
        environment: [String: String],
        output: Output,
        signals: AsyncStream<StopSignal> = AsyncStream { $0.finish() }
    ) async -> ExitCode {
        await withTaskGroup(of: Event.self) { group in
            group.addTask { .finished(await execute(arguments, environment: environment, output: output)) }
            group.addTask {
                for await signal in signals { return .signalled(signal) }
                return .noMoreSignals
            }
            var stoppedBy: StopSignal?
            while let event = await group.next() {
                switch event {
                case .finished(let exitCode):
                    group.cancelAll()
                    return stoppedBy?.exitCode ?? exitCode
                case .signalled(let signal):
                    stoppedBy = signal
                    let message = "Stopping after \(signal.name): what was read is kept. A second signal ends at once."
                    Console(output: output).log(.info, message)
                    group.cancelAll()
                case .noMoreSignals: break
                }
            }
            return .failed
        }
    }

    /// What the two halves of a run have to say to each other.
    private enum Event: Sendable {
        case finished(ExitCode)
        case signalled(StopSignal)
        case noMoreSignals
    }

    private func execute(_ arguments: [String], environment: [String: String], output: Output) async -> ExitCode {
        let specs = Self.commands.map { $0.spec }
        let parsed: ParsedCommand
        let console: Console
        do {
            parsed = try ArgumentParser.parse(arguments, commands: specs)
            console = try Self.console(parsed, output)
        } catch {
            return show(error, Console(output: output))
        }
        if parsed.wantsHelp { return help(parsed.name, specs, output) }
        if parsed.wantsVersion {
            Console(output: output).print("tapedeck \(services.version)")
            return .complete
        }
        guard let command = Self.commands.first(where: { $0.spec.name == parsed.name }) else { return .usage }
        let configurationFile = parsed.value(.config) ?? CommandContext.defaultConfigurationFile
        var registry = registry
        var plugins = PluginFindings()
        var found: [FoundConnector] = []
        if command.spec.usesConnectors {
            let path = files.resolved(FilePath.joined(files.currentFolder(), configurationFile))
            let (entries, findings) = PluginSearch(files: files, environment: environment).entries(of: path)
            let loader = PluginLoader(files: files, services: services, console: console)
            let loaded = await loader.load(entries, into: &registry)
            plugins = findings
            plugins.problems += loaded.problems
            found = loaded.found
        }
        let context = CommandContext(
            registry: registry,
            services: services,
            files: files,
            environment: environment,
            console: console,
            command: parsed.name,
            plugins: plugins,
            configurationFile: configurationFile
        )
        let exitCode = await perform(command, parsed, in: context)
        for connector in found { await connector.close() }
        return exitCode
    }

    private func perform(
        _ command: any Command.Type,
        _ parsed: ParsedCommand,
        in context: CommandContext
    ) async -> ExitCode {
        do {
            return try await command.init(parsed).run(in: context)
        } catch let error as UsageError {
            return show(error, context.console)
        } catch let failure as ConfigurationFailure {
            return show(failure, in: context)
        } catch let failure as CommandFailure {
            context.console.log(.error, "error: \(failure.message)")
            context.printJSON(failure.exitCode) { $0.member("message", failure.message) }
            return failure.exitCode
        } catch let error as TapedeckError {
            return show(error, in: context)
        } catch is CancellationError {
            return .incomplete
        } catch {
            // Only the type is shown: the text of an unknown error may hold anything.
            context.console.log(.error, "error: An unexpected error of type \(type(of: error)) ended the command.")
            context.printJSON(.failed) { $0.member("message", "unexpected error") }
            return .failed
        }
    }

    private static func console(_ parsed: ParsedCommand, _ output: Output) throws(UsageError) -> Console {
        guard let text = parsed.value(.logLevel) else { return Console(output: output, isJSON: parsed.has(.json)) }
        guard let level = LogLevel(rawValue: text) else {
            let known = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("--log-level takes one of \(known).", command: parsed.name.isEmpty ? nil : parsed.name)
        }
        return Console(output: output, level: level, isJSON: parsed.has(.json))
    }
}

// MARK: - Help and errors

extension CommandLineTool {
    private func help(_ name: String, _ specs: [CommandSpec], _ output: Output) -> ExitCode {
        let help = HelpText(width: output.width)
        let command = specs.first { $0.name == name }
        Console(output: output).print(command.map { help.page(of: $0) } ?? help.overview(of: specs))
        return .complete
    }

    private func show(_ error: UsageError, _ console: Console) -> ExitCode {
        let question = error.suggestion.map { " Did you mean \"\($0)\"?" } ?? ""
        let help = error.command.map { "tapedeck \($0) --help" } ?? "tapedeck --help"
        console.log(.error, ["error: \(error.message)\(question)", "See \"\(help)\"."])
        return .usage
    }

    private func show(_ failure: ConfigurationFailure, in context: CommandContext) -> ExitCode {
        context.console.log(.warning, failure.warnings.map { $0.line(file: failure.file) })
        context.console.log(.error, failure.problems.map { $0.line(file: failure.file) })
        context.console.log(.info, "Nothing was sent.")
        context.printJSON(.configurationInvalid) { writer in
            writer.member("valid", false)
            writer.name("problems")
            ResultJSON.write(failure.problems, to: &writer)
            writer.name("warnings")
            ResultJSON.write(failure.warnings, to: &writer)
        }
        return .configurationInvalid
    }

    private func show(_ error: TapedeckError, in context: CommandContext) -> ExitCode {
        let exitCode = ExitCode(error)
        let advice = Advice.text(for: error.code, connector: nil, retryAt: error.retryAt)
        context.console.log(.error, ["error: \(error)"] + (advice.map { ["  \($0)"] } ?? []))
        context.printJSON(exitCode) { writer in
            writer.name("error")
            ResultJSON.write(error, advice: advice, to: &writer)
        }
        return exitCode
    }
}
