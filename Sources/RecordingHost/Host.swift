public import RecordingKit

/// Reads recordings from platforms through connectors and writes them into sinks.
///
/// A value without hidden state: everything it uses is handed to it, and it prints nothing.
public struct Host: Sendable {
    let registry: ConnectorRegistry
    let configuration: HostConfiguration
    let transport: any HTTPTransport
    let clock: any HostClock

    /// Puts a host together; nothing is opened or sent.
    public init(
        registry: ConnectorRegistry,
        configuration: HostConfiguration,
        transport: any HTTPTransport,
        clock: any HostClock = SystemClock()
    ) {
        self.registry = registry
        self.configuration = configuration
        self.transport = transport
        self.clock = clock
    }

    /// Everything that is wrong with the configuration; nothing is sent.
    public static func problems(in configuration: HostConfiguration, registry: ConnectorRegistry) -> [ConfigurationProblem] {
        []
    }

    /// What a run would do; nothing is sent.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid`.
    public func plan(_ request: SyncRequest) throws -> [SourcePlan] {
        []
    }

    /// Sends one cheap request for each source; `ledger` only serves stored tokens.
    public func check(sources: [String]?, ledger: any Ledger) async -> [CheckResult] {
        []
    }

    /// Reads what `request` asks for into `sinks`, and remembers it in `ledger`.
    ///
    /// Cancelling the task stops asking, writes and commits what was read, and returns a report with `wasStopped` set.
    /// `onProgress` is called from several tasks.
    ///
    /// - Throws: `TapedeckError`: `configuration_invalid`, `sink_failed`, `ledger_failed` when the run could not even begin.
    public func sync(
        _ request: SyncRequest = SyncRequest(),
        ledger: any Ledger,
        sinks: [any Sink],
        onProgress: @escaping @Sendable (SourceProgress) -> Void = { _ in }
    ) async throws -> SyncReport {
        SyncReport(run: 0, window: TimeWindow(from: clock.now, to: clock.now), outcomes: [])
    }
}
