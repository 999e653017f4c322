public import RecordingKit

/// Reads recordings from platforms through connectors and writes them into sinks.
///
/// A value without hidden state: everything it uses is handed to it, and it prints nothing. Its methods may be called
/// concurrently as long as each run has a ledger and sinks of its own.
public struct Host: Sendable {
    private let registry: ConnectorRegistry
    private let configuration: HostConfiguration
    private let transport: any HTTPTransport
    private let media: MediaFacilities?
    private let clock: any HostClock
    private let jitter: @Sendable () -> Double

    /// Puts a host together; nothing is opened or sent.
    ///
    /// - Parameters:
    ///   - registry: the connectors that the configuration may name.
    ///   - configuration: what is to be read.
    ///   - transport: sends the requests of all sources.
    ///   - media: fetches and keeps files; nil when no source reads media.
    ///   - clock: tells the time and waits; default the machine's.
    ///   - jitter: a random number, 0 ..< 1, for each back-off, and for the nonces of signed requests; default the system's
    ///     generator.
    public init(
        registry: ConnectorRegistry,
        configuration: HostConfiguration,
        transport: any HTTPTransport,
        media: MediaFacilities? = nil,
        clock: any HostClock = SystemClock(),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.registry = registry
        self.configuration = configuration
        self.transport = transport
        self.media = media
        self.clock = clock
        self.jitter = jitter
    }

    /// Everything that is wrong with a configuration; nothing is sent.
    public static func problems(
        in configuration: HostConfiguration,
        registry: ConnectorRegistry
    ) -> [ConfigurationProblem] {
        ConfigurationCheck(configuration, registry: registry).problems
    }

    /// What a run would do; nothing is sent.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid`.
    public func plan(_ request: SyncRequest) throws -> [SourcePlan] {
        let now = clock.now
        return try ConfigurationCheck(configuration, registry: registry).selected(request.sources).map { assembly in
            SourcePlan(
                source: assembly.configuration.id,
                connector: assembly.descriptor.id,
                reads: assembly.configuration.reads,
                windows: assembly.windows(request, at: now),
                auditReads: 0
            )
        }
    }

    /// What a run would do by what `ledger` knows; nothing is sent, and the ledger is only read.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid` or `ledger_failed`.
    public func plan(_ request: SyncRequest, ledger: any Ledger) async throws -> [SourcePlan] {
        var plans = try plan(request)
        let assemblies = try ConfigurationCheck(configuration, registry: registry).selected(request.sources)
        for (index, assembly) in assemblies.enumerated() {
            plans[index].estimate = try await PlanEstimate(
                of: assembly,
                request,
                RecordKind.all.filter(SyncRun.reads(assembly).contains),
                ledger: ledger,
                now: clock.now
            )
        }
        return plans
    }

    /// The sources of which more is wanted than their platform still has, each with how far back that goes; nothing is sent.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid`.
    package func shortenedStarts(_ request: SyncRequest) throws -> [(source: String, start: Timestamp)] {
        let now = clock.now
        return try ConfigurationCheck(configuration, registry: registry).selected(request.sources).compactMap {
            assembly in
            assembly.shortenedStart(request, at: now).map { (assembly.configuration.id, $0) }
        }
    }

    /// Sends one cheap request for each source.
    ///
    /// - Parameters:
    ///   - sources: the sources by id; nil for all.
    ///   - ledger: serves stored tokens, and keeps rotated ones.
    /// - Returns: a result for each source; a failure is a result, not an error.
    /// - Throws: `TapedeckError` with code `configuration_invalid`; `CancellationError`.
    public func check(sources: [String]? = nil, ledger: any Ledger) async throws -> [CheckResult] {
        let assemblies = try ConfigurationCheck(configuration, registry: registry).selected(sources)
        let results = await withTaskGroup(of: CheckResult.self) { group in
            for assembly in assemblies { group.addTask { await check(assembly, ledger: ledger) } }
            return await group.reduce(into: [String: CheckResult]()) { $0[$1.source] = $1 }
        }
        try Task.checkCancellation()
        return assemblies.compactMap { results[$0.configuration.id] }
    }

    /// Reads what `request` asks for into `sinks`, and remembers it in `ledger`.
    ///
    /// Cancelling the task stops asking at once, keeps and commits every page that was taken over, and returns a report with
    /// `wasStopped` set. A source that fails does not stop the others.
    ///
    /// - Parameters:
    ///   - request: what to read; default everything.
    ///   - ledger: remembers what was read; left open.
    ///   - sinks: take the records; closed before this returns.
    ///   - onProgress: told how far each source has come, from several tasks; must return quickly.
    /// - Throws: `TapedeckError`: `configuration_invalid`, `sink_failed`, `ledger_failed` when the run could not begin.
    public func sync(
        _ request: SyncRequest = SyncRequest(),
        ledger: any Ledger,
        sinks: [any Sink],
        onProgress: @escaping @Sendable (SourceProgress) -> Void = { _ in }
    ) async throws -> SyncReport {
        do {
            let run = SyncRun(
                request: request,
                assemblies: try ConfigurationCheck(configuration, registry: registry).selected(request.sources),
                includesRaw: configuration.includesRaw,
                ledger: ledger,
                sinks: sinks,
                machinery: SourceMachinery(transport: transport, clock: clock, jitter: jitter),
                media: media,
                onProgress: onProgress
            )
            let report = try await run.perform()
            for sink in sinks { await sink.close() }
            return report
        } catch {
            for sink in sinks { await sink.close() }
            throw error
        }
    }

    private func check(_ assembly: SourceAssembly, ledger: any Ledger) async -> CheckResult {
        let id = assembly.configuration.id
        do {
            let monitor = SourceMonitor(source: id, clock: clock, onProgress: { _ in })
            let machinery = SourceMachinery(transport: transport, clock: clock, jitter: jitter)
            let sender = try machinery.sender(
                of: assembly,
                ledger: ledger,
                monitor: monitor,
                auditBudget: AuditBudget(limit: 0, ledger: ledger),
                pacers: PacerPool([assembly], clock: clock),
                attempts: 3
            )
            try await assembly.source.check(api: APIClient(executor: HostExecutor(sender: sender)))
            return CheckResult(source: id, connector: assembly.descriptor.id, failure: nil, advice: nil)
        } catch {
            var failure = StopReason.failure(error)
            failure.source = id
            return CheckResult(
                source: id,
                connector: assembly.descriptor.id,
                failure: failure,
                advice: Advice.text(for: failure.code, assembly.descriptor)
            )
        }
    }
}
