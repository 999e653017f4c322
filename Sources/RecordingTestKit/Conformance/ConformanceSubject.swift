public import RecordingHost
public import RecordingKit

/// What is put to the test: a connector of any kind, its settings, and what answers it.
public struct ConformanceSubject: Sendable {
    /// The connector.
    public let entry: ConnectorRegistry.Entry
    /// Its settings as an operator writes them; secrets may be made up, because nothing is sent with them.
    public let settings: [String: SettingValue]
    /// What the clock says at the beginning of every run.
    public let now: Timestamp
    /// The start of the range that is read; nil for all that the platform has.
    public let since: Timestamp?
    /// How much of the source is read.
    public let extent: ReadingExtent
    /// Makes what answers the requests of one run.
    let makeTransport: @Sendable () -> any HTTPTransport

    /// Puts a connector to the test that is answered from fixtures.
    ///
    /// - Parameters:
    ///   - entry: the connector as a registry holds it.
    ///   - fixtures: its settings and the answers.
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when the settings name no usable `baseURL`.
    public init(_ entry: ConnectorRegistry.Entry, fixtures: Fixtures) throws {
        let configured = entry.descriptor.settings.parse(fixtures.settings).settings.string("baseURL")
        guard let baseURL = configured.flatMap({ HTTPURL($0) }) else {
            throw TapedeckError(.configurationInvalid, "The fixtures' settings name no usable baseURL.")
        }
        self.init(
            entry,
            settings: fixtures.settings,
            now: fixtures.now,
            since: fixtures.since,
            extent: fixtures.extent,
            answeredBy: { ReplayTransport(fixtures.exchanges, baseURL: baseURL) }
        )
    }

    /// Puts a compiled-in connector to the test that is answered from fixtures.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when the connector cannot be registered, or when the settings name no
    ///   usable `baseURL`.
    public init<Source: Connector>(_ type: Source.Type, fixtures: Fixtures) throws {
        var registry = ConnectorRegistry()
        try registry.register(type)
        guard let entry = registry[Source.connector.id] else {
            throw TapedeckError(.configurationInvalid, "The connector could not be registered.")
        }
        try self.init(entry, fixtures: fixtures)
    }

    /// Puts a connector to the test that is answered by any transport.
    ///
    /// - Parameters:
    ///   - entry: the connector as a registry holds it.
    ///   - settings: its settings as an operator writes them.
    ///   - now: what the clock says at the beginning of every run.
    ///   - since: the start of the range that is read.
    ///   - extent: how much of the source is read.
    ///   - makeTransport: makes what answers the requests of one run; must answer every run alike.
    public init(
        _ entry: ConnectorRegistry.Entry,
        settings: [String: SettingValue],
        now: Timestamp,
        since: Timestamp? = nil,
        extent: ReadingExtent = ReadingExtent(),
        answeredBy makeTransport: @escaping @Sendable () -> any HTTPTransport
    ) {
        self.entry = entry
        self.settings = settings
        self.now = now
        self.since = since
        self.extent = extent
        self.makeTransport = makeTransport
    }

    /// What the connector says of itself.
    var descriptor: ConnectorDescriptor { entry.descriptor }

    /// The same connector with other settings.
    func with(settings: [String: SettingValue]) -> ConformanceSubject {
        ConformanceSubject(
            entry,
            settings: settings,
            now: now,
            since: since,
            extent: extent,
            answeredBy: makeTransport
        )
    }
}
