public import RecordingKit

/// What one run is asked to do.
public struct SyncRequest: Sendable {
    /// The sources to read by id; nil for all.
    public var sources: [String]?
    /// Reads nothing that began before this, where the platform is asked for ranges.
    public var since: Timestamp?
    /// Reads nothing that began at or after this, where the platform is asked for ranges.
    public var until: Timestamp?
    /// How many entries the run may leave in customers' audit trails; nil for no limit.
    public var maximumAuditReads: Int?

    /// Asks for everything unless narrowed.
    public init(
        sources: [String]? = nil,
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        maximumAuditReads: Int? = nil
    ) {
        self.sources = sources
        self.since = since
        self.until = until
        self.maximumAuditReads = maximumAuditReads
    }
}
