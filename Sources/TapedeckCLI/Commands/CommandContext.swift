import JSON5
import RawJSON
import RecordingHost
import RecordingKit

/// Everything that a command works with.
struct CommandContext: Sendable {
    static let defaultConfigurationFile = "tapedeck.json5"

    let registry: ConnectorRegistry
    let services: Services
    let files: FileAccess
    let environment: [String: String]
    let console: Console
    /// The command's name, for results.
    let command: String
    /// What is wrong with the connectors that the operator added.
    var plugins = PluginFindings()
    /// The configuration file as it was named on the command line.
    let configurationFile: String

    /// Loads the configuration, and shows what should be known about it.
    func loadConfiguration(
        for purpose: ConfigurationLoader.Purpose = .everything
    ) throws(ConfigurationFailure) -> LoadedConfiguration {
        let loader = ConfigurationLoader(
            registry: registry,
            makeSink: services.makeSink,
            makeMediaStore: services.makeMediaStore,
            files: files,
            environment: environment,
            plugins: plugins
        )
        let configuration = try loader.load(configurationFile, for: purpose)
        console.log(.warning, configuration.warnings.map { $0.line(file: configuration.file) })
        console.log(.debug, "Configuration: \(configuration.file); ledger: \(configuration.ledgerPath).")
        return configuration
    }

    /// Refuses names that are no sources of the configuration.
    func check(sources names: [String]?, of configuration: LoadedConfiguration) throws(UsageError) {
        let known = configuration.host.sources.map(\.id)
        for name in names ?? [] where !known.contains(name) {
            throw UsageError(
                "There is no source \"\(name)\" in \(configuration.file); it has: \(known.joined(separator: ", ")).",
                suggestion: nearestName(to: name, among: known),
                command: command
            )
        }
    }

    /// Opens the ledger for this process alone, and closes it after `body`, however that ends.
    ///
    /// - Parameter wait: how long another run that holds the ledger may take to end; default not at all.
    func withLedger<Result>(
        at path: String,
        waitingAtMost wait: Duration = .zero,
        _ body: (any Ledger) async throws -> Result
    ) async throws -> Result {
        try makeFolder(FilePath.parent(of: path))
        let ledger = try await LedgerWait(services: services, console: console, limit: wait).open(path)
        do {
            let result = try await body(ledger)
            await ledger.close()
            return result
        } catch {
            await ledger.close()
            throw error
        }
    }

    /// Opens the ledger for reading and renewing tokens, and closes it after `body`, however that ends.
    func withTokens<Result>(at path: String, _ body: (any Ledger) async throws -> Result) async throws -> Result {
        try makeFolder(FilePath.parent(of: path))
        let ledger = try await services.openLedgerForTokens(path)
        do {
            let result = try await body(ledger)
            await ledger.close()
            return result
        } catch {
            await ledger.close()
            throw error
        }
    }

    /// Makes the place for media files, and runs `body` with it; it is of no use afterwards.
    func withMediaStore(
        _ request: MediaStoreRequest,
        _ body: @Sendable (any MediaStore) async throws -> ExitCode
    ) async throws -> ExitCode {
        let services = services
        return try await services.withTransport { transport in
            try await body(try services.makeMediaStore(request, transport))
        }
    }

    /// Makes the sinks, and the folders that they are to lie in.
    func makeSinks(_ configuration: LoadedConfiguration) throws -> [any Sink] {
        for sink in configuration.sinks {
            // The folder itself is the sink's to make, with the permissions that its content needs.
            if let path = sink.directory ?? sink.path { try makeFolder(FilePath.parent(of: path)) }
        }
        return try configuration.sinks.map { try services.makeSink($0) }
    }

    /// Makes a folder where it is missing.
    func makeFolder(_ path: String) throws {
        do {
            try files.createFolder(path)
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            throw CommandFailure(
                exitCode: .failed,
                message: "The folder \(path) cannot be made: \(reason). Check the one that it is to lie in."
            )
        }
    }

    /// Writes the command's one JSON object, when results are JSON.
    func printJSON(_ exitCode: ExitCode, _ body: (inout JSONWriter) -> Void) {
        guard console.isJSON else { return }
        console.printJSON(ResultJSON.object(command: command, exitCode: exitCode, body))
    }
}
