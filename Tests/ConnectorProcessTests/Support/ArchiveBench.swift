import ConnectorProcess
import RecordingHost
import RecordingKit
import RecordingTestKit

/// The whole host over a scripted archive, with one source.
struct ArchiveBench: Sendable {
    let transport: ScriptedTransport
    let ledger = MemoryLedger()
    let sink = MemorySink()
    private let host: Host

    /// Sets up a host whose only connector is in `registry`; `settings` come beside the token.
    init(
        _ registry: ConnectorRegistry,
        settings: [String: SettingValue] = [:],
        archive: Archive = Archive(),
        concurrency: Int? = nil
    ) {
        transport = ScriptedTransport(archive.routes)
        let source = SourceConfiguration(
            id: "archive",
            connector: "tape_archive",
            settings: settings.merging(["accessToken": "canary-token"]) { $1 },
            limits: LimitOverrides(concurrency: concurrency)
        )
        host = Host(
            registry: registry,
            configuration: HostConfiguration(sources: [source]),
            transport: transport,
            clock: ManualClock.automatic(at: Archive.now),
            jitter: { 0.5 }
        )
    }

    /// Sets up a host with an executable connector.
    init(
        _ connector: ExecutableConnector,
        settings: [String: SettingValue] = [:],
        archive: Archive = Archive(),
        concurrency: Int? = nil
    ) throws {
        var registry = ConnectorRegistry()
        try registry.register(connector.descriptor, origin: connector.origin) { connector.makeSource(settings: $0) }
        self.init(registry, settings: settings, archive: archive, concurrency: concurrency)
    }

    func check() async throws -> TapedeckError? { try await host.check(ledger: ledger).first?.failure }

    func sync(
        onProgress: @escaping @Sendable (SourceProgress) -> Void = { _ in }
    ) async throws -> SourceOutcome {
        let report = try await host.sync(SyncRequest(), ledger: ledger, sinks: [sink], onProgress: onProgress)
        if let failure = report.failure { throw failure }
        guard let outcome = report.outcomes.first else { throw TapedeckError(.connectorFailed, "no outcome") }
        return outcome
    }

    /// The ids of the recordings that were written, ascending.
    var recordingIDs: [String] { get async { await sink.recordings.map(\.id).sorted() } }

    /// The ids of the events that were written, ascending.
    var eventIDs: [String] { get async { await sink.events.map(\.id).sorted() } }
}
