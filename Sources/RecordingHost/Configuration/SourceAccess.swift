package import RecordingKit

/// One source with the host's own sender and pager beneath it, for whoever drives a connector's methods one by one.
///
/// A run is more than this: it plans, resumes and writes. Retries, waits, classification and paging are the same.
package struct SourceAccess: Sendable {
    /// The source, made from the settings that are not secret.
    package let source: any RecordingSource
    /// What the source was made from.
    package let settings: Settings
    /// The range that a run would read.
    package let window: TimeWindow
    /// Sends the source's requests and follows its pages.
    package let executor: any APIExecutor

    /// Puts a source together; nothing is sent.
    ///
    /// - Parameters:
    ///   - entry: the connector.
    ///   - values: its settings as an operator writes them, secrets included.
    ///   - since: nothing before it is wanted; nil for all that there is.
    ///   - now: the time at which the range that is read ends.
    ///   - transport: sends the requests.
    ///   - clock: tells the time and waits.
    ///   - authenticates: whether requests carry credentials; without them no credential needs to be usable.
    ///   - ledger: serves stored tokens, and keeps rotated ones.
    ///   - jitter: a random number, 0 ..< 1, for each back-off.
    ///   - pageSizes: down to what size the pages of an endpoint were found to be served, by its template.
    /// - Throws: `TapedeckError` with code `configuration_invalid`, or what making the source throws.
    package init(
        _ entry: ConnectorRegistry.Entry,
        values: [String: SettingValue],
        since: Timestamp? = nil,
        now: Timestamp,
        transport: any HTTPTransport,
        clock: any HostClock,
        authenticates: Bool,
        ledger: any Ledger,
        jitter: @escaping @Sendable () -> Double,
        pageSizes: [String: Int] = [:]
    ) throws {
        let descriptor = entry.descriptor
        let parsed = descriptor.settings.parse(values)
        let problems = parsed.problems + (authenticates ? descriptor.authentication.problems(in: parsed) : [])
        if let problem = problems.first {
            throw TapedeckError(
                .configurationInvalid,
                "settings.\(problem.path.joined(separator: ".")): \(problem.message)"
            )
        }
        guard let baseURL = parsed.settings.string("baseURL").flatMap({ HTTPURL($0) }) else {
            throw TapedeckError(.configurationInvalid, "settings.baseURL: Expected an absolute http or https URL.")
        }
        let assembly = SourceAssembly(
            configuration: SourceConfiguration(id: descriptor.id, connector: descriptor.id, settings: values),
            descriptor: authenticates ? descriptor : SourceAccess.withoutCredentials(descriptor),
            parsed: parsed,
            source: try entry.makeSource(parsed.settings),
            limits: descriptor.limits,
            baseURL: baseURL
        )
        let monitor = SourceMonitor(source: descriptor.id, clock: clock, onProgress: { _ in })
        let sender = try SourceMachinery(transport: transport, clock: clock, jitter: jitter).sender(
            of: assembly,
            ledger: ledger,
            monitor: monitor,
            auditBudget: AuditBudget(limit: nil, ledger: ledger),
            pacers: PacerPool([assembly], clock: clock)
        )
        for (endpoint, size) in pageSizes { sender.pageSizes.note(size, for: endpoint) }
        source = assembly.source
        settings = parsed.settings
        window = assembly.window(SyncRequest(since: since), at: now)
        executor = HostExecutor(sender: sender)
    }

    /// The same connector as far as sending goes, on a platform that wants no credentials.
    private static func withoutCredentials(_ descriptor: ConnectorDescriptor) -> ConnectorDescriptor {
        ConnectorDescriptor(
            id: descriptor.id,
            name: descriptor.name,
            summary: descriptor.summary,
            baseURL: "https://localhost",
            authentication: .none,
            settings: [],
            produces: descriptor.produces,
            limits: descriptor.limits,
            windowRules: descriptor.windowRules,
            startSetting: descriptor.startSetting,
            responseRules: descriptor.responseRules,
            rateSignals: descriptor.rateSignals,
            requestIDHeader: descriptor.requestIDHeader,
            media: descriptor.media
        )
    }
}
