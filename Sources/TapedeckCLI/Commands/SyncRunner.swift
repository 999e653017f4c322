import RecordingHost
import RecordingKit

/// Runs the host with the concrete stores.
struct SyncRunner {
    let context: CommandContext

    /// Reads what `request` asks for through `transport`, showing progress.
    ///
    /// - Parameter wait: how long another run that holds the ledger may take to end; default not at all.
    func run(
        _ request: SyncRequest,
        _ configuration: LoadedConfiguration,
        transport: any HTTPTransport,
        waitingAtMost wait: Duration = .zero
    ) async throws -> SyncResult {
        let services = context.services
        for sink in configuration.sinks {
            // The folder itself is the sink's to make, with the permissions that its content needs.
            if let path = sink.directory ?? sink.path { try context.makeFolder(FilePath.parent(of: path)) }
        }
        let sinks = try configuration.sinks.map { try services.makeSink($0) }
        let host = Host(
            registry: context.registry,
            configuration: configuration.host,
            transport: transport,
            clock: services.clock
        )
        for warning in try host.shortenings(of: request) { context.console.log(.warning, warning) }
        return try await context.withLedger(at: configuration.ledgerPath, waitingAtMost: wait) { ledger in
            let progress = ProgressReporter(console: context.console, clock: services.clock)
            defer { progress.finish() }
            let report = try await host.sync(request, ledger: ledger, sinks: sinks) { progress.report($0) }
            return SyncResult(report: report, registry: context.registry, locations: sinks.flatMap(\.locations))
        }
    }
}
