public import RecordingKit

/// What the ledger remembers of one recording.
public struct KnownRecording: Sendable, Hashable {
    /// Hash of the listing that wrote the recording last.
    public var listing: UInt64
    /// Hash of the recording's content without its context, as it was last written.
    public var content: UInt64
    /// Hash of the recording's context, as it was last written.
    public var context: UInt64
    /// Hash of the counters, as they were last written; nil when there were none.
    public var summary: UInt64?
    /// The access revision whose events were read completely; nil when they never were, or the platform gives no revision.
    public var accessRevision: String?
    /// The time of the newest access event held, once the events were read completely; nil before that or when there are none.
    public var eventsThrough: Timestamp?
    /// Whether the access events were ever read completely.
    public var eventsWereRead: Bool
    /// The run in which a listing returned it when the entry was last written.
    public var seenInRun: Int64
    /// The ledger's number for the recording, small and from 0 within its source; nil when it gives none.
    ///
    /// With a number, a sighting alone need not be written.
    public var number: Int?

    /// Describes what is remembered.
    public init(
        listing: UInt64,
        content: UInt64,
        context: UInt64,
        summary: UInt64? = nil,
        accessRevision: String? = nil,
        eventsThrough: Timestamp? = nil,
        eventsWereRead: Bool = false,
        seenInRun: Int64 = 0,
        number: Int? = nil
    ) {
        self.listing = listing
        self.content = content
        self.context = context
        self.summary = summary
        self.accessRevision = accessRevision
        self.eventsThrough = eventsThrough
        self.eventsWereRead = eventsWereRead
        self.seenInRun = seenInRun
        self.number = number
    }
}
