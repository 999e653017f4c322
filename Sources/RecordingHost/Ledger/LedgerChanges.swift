public import RecordingKit

/// What one commit puts into the ledger, all of it or nothing.
public struct LedgerChanges: Sendable {
    /// Recordings whose entry is new or changed; the whole entry is replaced.
    public var recordings: [RecordingChange] = []
    /// Access events that were written.
    public var events: [EventChange] = []
    /// Passes that begin; each takes the place of the source's earlier one.
    public var passes: [Pass] = []
    /// Listings that ended in this run.
    public var listings: [ListingOutcome] = []
    /// Parts that were found and needed no reading.
    public var skippedParts: [SkippedPart] = []
    /// Listings that are under way, each with the place where it continues when it is cut; an entry takes the place of the one
    /// before, but recordings that were to be read stay.
    public var openListings: [OpenListing] = []
    /// Listings that are not to be continued any more.
    public var droppedListings: [ListingKey] = []
    /// Recordings of open listings whose access events were read, and which are remembered no more.
    public var finishedDetails: [DetailKey] = []
    /// Recordings whose media are wanted, new or with something else to be asked with.
    public var mediaDemands: [MediaDemand] = []
    /// What became of recordings whose media were asked for.
    public var mediaProgress: [MediaProgress] = []
    /// How far the manifests of media folders have come, by folder.
    public var manifestHeads: [String: ManifestHead] = [:]
    /// Requests that left entries in a customer's audit trail.
    public var auditReads: [AuditRead] = []
    /// Where the sinks are after the records of this commit; sinks that are not named stay where they were.
    public var sinkPositions: [String: SinkPosition] = [:]

    /// Makes an empty set of changes.
    public init() {}

    /// Whether there is nothing to remember.
    public var isEmpty: Bool {
        recordings.isEmpty && events.isEmpty && passes.isEmpty && listings.isEmpty && skippedParts.isEmpty
            && openListings.isEmpty && droppedListings.isEmpty && finishedDetails.isEmpty && auditReads.isEmpty
            && mediaDemands.isEmpty && mediaProgress.isEmpty
            && manifestHeads.isEmpty
            && sinkPositions.isEmpty
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

/// A request that left an entry in a customer's audit trail.
public struct AuditRead: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// The recording that was asked for; nil when the request was about none.
    public var recordingID: String?
    /// The endpoint as a template.
    public var endpoint: String
    /// When it was sent.
    public var sentAt: Timestamp
    /// The platform's id of the request.
    public var requestID: String?
    /// When it was answered, by the platform's clock, which also stamps the entries; nil when that is not known.
    public var platformTime: Timestamp?
    /// How many entries it left.
    public var cost: Int

    /// Describes a read.
    public init(
        source: String,
        recordingID: String? = nil,
        endpoint: String,
        sentAt: Timestamp,
        requestID: String?,
        cost: Int
    ) {
        self.source = source
        self.recordingID = recordingID
        self.endpoint = endpoint
        self.sentAt = sentAt
        self.requestID = requestID
        self.cost = cost
    }
}
