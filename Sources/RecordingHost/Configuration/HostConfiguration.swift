public import RecordingKit

/// What an operator or an embedding program wants read.
public struct HostConfiguration: Sendable {
    /// The sources, in the order in which they are reported.
    public var sources: [SourceConfiguration]
    /// Whether records carry the platform's own object; default true.
    public var includesRaw: Bool

    /// Describes what is wanted.
    public init(sources: [SourceConfiguration], includesRaw: Bool = true) {
        self.sources = sources
        self.includesRaw = includesRaw
    }
}

/// One account on one platform.
public struct SourceConfiguration: Sendable {
    /// The operator's name for it: the `source` of every record.
    public var id: String
    /// The connector's id.
    public var connector: String
    /// The connector's settings, secrets included.
    public var settings: [String: SettingValue]
    /// The kinds of record that are read; default all but media.
    public var reads: [RecordKind]
    /// Limits that replace the connector's own.
    public var limits: LimitOverrides

    /// Describes a source.
    public init(
        id: String,
        connector: String,
        settings: [String: SettingValue],
        reads: [RecordKind] = RecordKind.readByDefault,
        limits: LimitOverrides = LimitOverrides()
    ) {
        self.id = id
        self.connector = connector
        self.settings = settings
        self.reads = reads
        self.limits = limits
    }
}

/// Limits that an operator sets in place of a connector's own; nil keeps the connector's.
public struct LimitOverrides: Sendable, Hashable {
    /// Requests under way at once, from 1 to 256.
    public var concurrency: Int?
    /// Requests a second, above 0.
    public var requestsPerSecond: Double?
    /// The longest wait that the platform may ask for.
    public var maximumWait: Duration?

    /// Sets limits.
    public init(concurrency: Int? = nil, requestsPerSecond: Double? = nil, maximumWait: Duration? = nil) {
        self.concurrency = concurrency
        self.requestsPerSecond = requestsPerSecond
        self.maximumWait = maximumWait
    }
}

/// Something that is wrong with a configuration, found before anything was sent.
public struct ConfigurationProblem: Sendable, Hashable {
    /// The names that lead to the value, such as `["sources", "clinic", "settings", "clientID"]`.
    public var path: [String]
    /// What is wrong and what was expected, without the value.
    public var message: String
    /// Names that are known at that place, for a suggestion.
    public var knownNames: [String]

    /// Describes a problem.
    public init(path: [String], message: String, knownNames: [String] = []) {
        self.path = path
        self.message = message
        self.knownNames = knownNames
    }
}
