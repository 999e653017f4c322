public import RecordingKit

/// What one commit puts into the ledger, all of it or nothing.
public struct LedgerChanges: Sendable {
    /// Recordings whose entry is new or changed; the whole entry is replaced.
    public var recordings: [RecordingChange] = []
    /// Access events that were written.
    public var events: [EventChange] = []
    /// Listings that ended in this run.
    public var listings: [ListingOutcome] = []
    /// Requests that left entries in a customer's audit trail.
    public var auditReads: [AuditRead] = []
    /// Where the sinks are after the records of this commit; sinks that are not named stay where they were.
    public var sinkPositions: [String: SinkPosition] = [:]

    /// Makes an empty set of changes.
    public init() {}

    /// Whether there is nothing to remember.
    public var isEmpty: Bool {
        recordings.isEmpty && events.isEmpty && listings.isEmpty && auditReads.isEmpty && sinkPositions.isEmpty
    }
}

/// The new entry of one recording.
public struct RecordingChange: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// The recording's id.
    public var id: String
    /// The whole entry.
    public var entry: KnownRecording

    /// Describes a change.
    public init(source: String, id: String, entry: KnownRecording) {
        self.source = source
        self.id = id
        self.entry = entry
    }
}

/// An access event that was written.
public struct EventChange: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// The event.
    public var key: EventKey
    /// Hash of its content.
    public var fingerprint: UInt64

    /// Describes a change.
    public init(source: String, key: EventKey, fingerprint: UInt64) {
        self.source = source
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// How reading one listing ended.
public struct ListingOutcome: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// Hash of the listing's key.
    public var listing: UInt64
    /// What people are shown.
    public var label: String
    /// The range that it covers, where the platform is asked for ranges.
    public var window: TimeWindow?
    /// The run in which it ended.
    public var run: Int64
    /// When it ended.
    public var finishedAt: Timestamp
    /// How many recordings it returned.
    public var recordings: Int
    /// Why it is incomplete; nil when it is complete.
    public var failure: ListingFailure?

    /// Describes an outcome.
    public init(
        source: String,
        listing: UInt64,
        label: String,
        window: TimeWindow?,
        run: Int64,
        finishedAt: Timestamp,
        recordings: Int,
        failure: ListingFailure?
    ) {
        self.source = source
        self.listing = listing
        self.label = label
        self.window = window
        self.run = run
        self.finishedAt = finishedAt
        self.recordings = recordings
        self.failure = failure
    }
}

/// Why a listing is incomplete.
public struct ListingFailure: Sendable, Hashable {
    /// The error's code.
    public var code: String
    /// The error's safe description.
    public var reason: String

    /// Describes a failure.
    public init(code: String, reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// A request that left an entry in a customer's audit trail.
public struct AuditRead: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// The endpoint as a template.
    public var endpoint: String
    /// When it was sent.
    public var sentAt: Timestamp
    /// The platform's id of the request.
    public var requestID: String?
    /// How many entries it left.
    public var cost: Int

    /// Describes a read.
    public init(source: String, endpoint: String, sentAt: Timestamp, requestID: String?, cost: Int) {
        self.source = source
        self.endpoint = endpoint
        self.sentAt = sentAt
        self.requestID = requestID
        self.cost = cost
    }
}
