import RecordingHost
import RecordingKit

/// What one run after another can be made with.
struct SyncSession: Sendable {
    let context: CommandContext
    let configuration: LoadedConfiguration
    let transport: any HTTPTransport
    /// Fetches media; nil when none are read.
    let media: MediaFacilities?

    /// Reads what `request` asks for, showing progress.
    ///
    /// - Parameter wait: how long another run that holds the ledger may take to end; default not at all.
    func run(_ request: SyncRequest, waitingAtMost wait: Duration = .zero) async throws -> SyncResult {
        let services = context.services
        let sinks = try context.makeSinks(configuration)
        if let media { try context.makeFolder(FilePath.parent(of: media.settings.directory)) }
        let host = Host(
            registry: context.registry,
            configuration: configuration.host,
            transport: transport,
            media: media,
            clock: services.clock
        )
        for warning in try host.shortenings(of: request) { context.console.log(.warning, warning) }
        return try await context.withLedger(at: configuration.ledgerPath, waitingAtMost: wait) { ledger in
            let progress = ProgressReporter(console: context.console, clock: services.clock)
            defer { progress.finish() }
            let report = try await host.sync(request, ledger: ledger, sinks: sinks) { progress.report($0) }
            return SyncResult(
                report: report,
                registry: context.registry,
                locations: sinks.flatMap(\.locations),
                mediaFolder: media?.settings.directory
            )
        }
    }
}
