public import RecordingKit

/// What names a listing in the ledger: a part of a source and a range.
public struct ListingKey: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// Hash of the listing's key.
    public var part: UInt64
    /// The range; nil where the platform is not asked for ranges.
    public var window: TimeWindow?

    /// Names a listing.
    public init(source: String, part: UInt64, window: TimeWindow?) {
        self.source = source
        self.part = part
        self.window = window
    }
}

/// A listing that is under way, with what it takes to continue it in another process.
public struct OpenListing: Sendable {
    /// What names it.
    public var name: ListingKey
    /// The listing as the connector made it.
    public var listing: Listing
    /// The place of the page that is due, as text that only the host reads.
    public var place: String
    /// When the reading began.
    public var beganAt: Timestamp
    /// How many recordings came before the place.
    public var recordings: Int
    /// The recordings before the place whose access events are still to be read; in a change those that are added.
    public var details: [RememberedDetail]
    /// How many times in a row continuing it has failed with the page that is due.
    public var failedResumptions: Int

    /// Describes an open listing.
    public init(
        name: ListingKey,
        listing: Listing,
        place: String,
        beganAt: Timestamp,
        recordings: Int,
        details: [RememberedDetail],
        failedResumptions: Int = 0
    ) {
        self.failedResumptions = failedResumptions
        self.name = name
        self.listing = listing
        self.place = place
        self.beganAt = beganAt
        self.recordings = recordings
        self.details = details
    }
}

/// What must be remembered of a recording so that its access events can be read later.
public struct RememberedDetail: Sendable, Hashable {
    /// The recording's id.
    public var recordingID: String
    /// The recording's context.
    public var context: [ContextEntry]
    /// What the connector added for itself.
    public var parameters: [String: String]
    /// The access revision that the listing gave.
    public var revision: String?
    /// The time of the newest event that was held.
    public var since: Timestamp?

    /// Describes what is remembered.
    public init(
        recordingID: String,
        context: [ContextEntry],
        parameters: [String: String],
        revision: String?,
        since: Timestamp?
    ) {
        self.recordingID = recordingID
        self.context = context
        self.parameters = parameters
        self.revision = revision
        self.since = since
    }
}

/// What names a recording of an open listing.
public struct DetailKey: Sendable, Hashable {
    /// The listing.
    public var listing: ListingKey
    /// The recording's id.
    public var recordingID: String

    /// Names a recording.
    public init(listing: ListingKey, recordingID: String) {
        self.listing = listing
        self.recordingID = recordingID
    }
}
