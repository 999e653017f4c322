public import RecordingKit

/// How a run ended for one source, in numbers and without personal data.
public struct SourceOutcome: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// The connector's id.
    public var connector: String
    /// How it ended.
    public var state: SourceState
    /// The ranges for which the archive is complete, this run and all before it together, ascending; open at the start when the
    /// platform has no ranges.
    public var complete: [CompleteRange]
    /// What was counted.
    public var counts: SourceCounts
    /// What stopped the source or made it incomplete, most important first.
    public var failures: [ListingFailure]
    /// When it may be tried again, where the platform said so.
    public var retryAt: Timestamp?

    /// Describes an outcome.
    public init(
        source: String,
        connector: String,
        state: SourceState,
        complete: [CompleteRange] = [],
        counts: SourceCounts = SourceCounts(),
        failures: [ListingFailure] = [],
        retryAt: Timestamp? = nil
    ) {
        self.source = source
        self.connector = connector
        self.state = state
        self.complete = complete
        self.counts = counts
        self.failures = failures
        self.retryAt = retryAt
    }
}

/// How reading a source ended.
public enum SourceState: String, Sendable, Hashable, CaseIterable {
    /// Everything was read.
    case complete
    /// Some listings could not be read; what was read is kept.
    case incomplete
    /// Nothing could be read.
    case failed
    /// The credentials were rejected.
    case credentialsRejected = "credentials_rejected"
    /// The platform asks to come back later.
    case tryLater = "try_later"
    /// A signal or the embedding program stopped it; what was read is kept.
    case stopped
}

/// A range for which everything was read.
public struct CompleteRange: Sendable, Hashable {
    /// The first instant, or nil for the beginning of what the platform has.
    public var from: Timestamp?
    /// The first instant after the range.
    public var to: Timestamp

    /// Describes a range.
    public init(from: Timestamp?, to: Timestamp) {
        self.from = from
        self.to = to
    }
}

/// What was counted while a source was read.
public struct SourceCounts: Sendable, Hashable {
    /// Recordings that listings returned, each counted once.
    public var recordings = 0
    /// Records written, new or changed, by kind.
    public var written: [RecordKind: Int] = [:]
    /// Access events that were read, known ones included.
    public var events = 0
    /// Recordings whose access events were read.
    public var details = 0
    /// Listings that were read completely.
    public var listingsComplete = 0
    /// Listings that were not.
    public var listingsIncomplete = 0
    /// Requests sent, retries included.
    public var requests = 0
    /// Requests that were sent again.
    public var retries = 0
    /// Answers that said "too many requests".
    public var rateLimited = 0
    /// The time for which requests were held back by the platform's limits and by back-off, once for all that waited together.
    public var waited: Duration = .zero
    /// Entries that the run left in the customer's audit trail.
    public var auditReads = 0
    /// What became of the media that were asked for.
    public var media = MediaCounts()

    /// Counts nothing.
    public init() {}
}

/// What a ledger knows of one source.
public struct SourceStatus: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// How its last finished run ended; nil when none has.
    public var lastOutcome: SourceOutcome?
    /// When that run began.
    public var lastRunAt: Timestamp?
    /// Recordings known.
    public var recordings: Int
    /// Access events known.
    public var events: Int
    /// Entries left in the customer's audit trail by all runs.
    public var auditReads: Int

    /// Describes a status.
    public init(
        source: String,
        lastOutcome: SourceOutcome?,
        lastRunAt: Timestamp?,
        recordings: Int,
        events: Int,
        auditReads: Int
    ) {
        self.source = source
        self.lastOutcome = lastOutcome
        self.lastRunAt = lastRunAt
        self.recordings = recordings
        self.events = events
        self.auditReads = auditReads
    }
}
