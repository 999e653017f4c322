public import RecordingHost
public import RecordingKit

/// Runs one connector through the whole host, over a scripted transport, in no time.
///
/// The clock jumps to the end of every wait, and ledger and sink are in memory, so that a second ``sync(_:)`` continues where
/// the first ended.
public struct ConnectorBench: Sendable {
    /// The name of the one source.
    public static let source = "bench"

    /// What the connector's requests reach.
    public let transport: ScriptedTransport
    /// The host's clock.
    public let clock: ManualClock
    /// What the host remembers.
    public let ledger = MemoryLedger()
    /// What the host wrote.
    public let sink = MemorySink()
    private let host: Host

    /// Sets a bench up; nothing is sent.
    ///
    /// - Parameters:
    ///   - type: the connector.
    ///   - settings: its settings as an operator writes them, secrets included.
    ///   - now: what the clock says at first.
    ///   - routes: what requests are answered with.
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when the connector cannot be registered.
    public init<Source: Connector>(
        _ type: Source.Type,
        settings: [String: SettingValue],
        now: Timestamp,
        routes: [ScriptedRoute]
    ) throws {
        try self.init(Source.connector, settings: settings, now: now, routes: routes) { try type.init(settings: $0) }
    }

    /// Sets a bench up for a connector whose descriptor is known only at run time; nothing is sent.
    ///
    /// - Parameters:
    ///   - descriptor: what the connector is and needs.
    ///   - settings: its settings as an operator writes them, secrets included.
    ///   - now: what the clock says at first.
    ///   - routes: what requests are answered with.
    ///   - makeSource: makes the source of checked settings.
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when the connector cannot be registered.
    public init(
        _ descriptor: ConnectorDescriptor,
        settings: [String: SettingValue],
        now: Timestamp,
        routes: [ScriptedRoute],
        makeSource: @escaping @Sendable (Settings) throws -> any RecordingSource
    ) throws {
        var registry = ConnectorRegistry()
        try registry.register(descriptor, makeSource: makeSource)
        let source = SourceConfiguration(id: Self.source, connector: descriptor.id, settings: settings)
        transport = ScriptedTransport(routes)
        clock = .automatic(at: now)
        host = Host(
            registry: registry,
            configuration: HostConfiguration(sources: [source]),
            transport: transport,
            clock: clock,
            jitter: { 0.5 }
        )
    }

    /// Runs the connector's check, and returns why it failed, or nil.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid`.
    public func check() async throws -> TapedeckError? {
        try await host.check(ledger: ledger).first?.failure
    }

    /// Reads everything, and returns how that ended.
    ///
    /// - Throws: ``TapedeckError`` when the configuration is wrong or the run as a whole failed.
    public func sync(_ request: SyncRequest = SyncRequest()) async throws -> SourceOutcome {
        let report = try await host.sync(request, ledger: ledger, sinks: [sink])
        if let failure = report.failure { throw failure }
        guard let outcome = report.outcomes.first else {
            throw TapedeckError(.connectorFailed, "The run reported nothing of its only source.")
        }
        return outcome
    }
}
