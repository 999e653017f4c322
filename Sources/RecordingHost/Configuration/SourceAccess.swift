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
        let configuration = SourceConfiguration(
            id: entry.descriptor.id,
            connector: entry.descriptor.id,
            settings: values
        )
        let (checked, problems) = SourceAssembly.check(configuration, entry: entry, authenticates: authenticates)
        guard let assembly = checked else {
            let problem = problems.first ?? ConfigurationProblem(path: [], message: "The source cannot be set up.")
            throw TapedeckError(
                .configurationInvalid,
                "\(problem.path.joined(separator: ".")): \(problem.message)"
            )
        }
        let monitor = SourceMonitor(source: entry.descriptor.id, clock: clock, onProgress: { _ in })
        let sender = try SourceMachinery(transport: transport, clock: clock, jitter: jitter).sender(
            of: assembly,
            ledger: ledger,
            monitor: monitor,
            auditBudget: AuditBudget(limit: nil, ledger: ledger),
            pacers: PacerPool([assembly], clock: clock)
        )
        for (endpoint, size) in pageSizes { sender.pageSizes.note(size, for: endpoint) }
        source = assembly.source
        settings = assembly.parsed.settings
        window = assembly.window(SyncRequest(since: since), at: now)
        executor = HostExecutor(sender: sender)
    }
}
