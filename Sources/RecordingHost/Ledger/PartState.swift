public import RecordingKit

/// What the ledger knows of one part of a source.
public struct PartState: Sendable {
    /// For which ranges it was read, by kind of record; empty for a part without ranges.
    public var coverage: [RecordKind: Coverage]
    /// When its last complete reading began, for a part without ranges; nil when there was none.
    public var completeAt: Timestamp?
    /// The run in which it ended.
    public var completeRun: Int64
    /// The kinds that were read then.
    public var completeKinds: [RecordKind]
    /// How many recordings came then.
    public var recordings: Int
    /// Its listings that were cut.
    public var openListings: [OpenListing]

    /// Describes a part; knows nothing by default.
    public init(
        coverage: [RecordKind: Coverage] = [:],
        completeAt: Timestamp? = nil,
        completeRun: Int64 = 0,
        completeKinds: [RecordKind] = [],
        recordings: Int = 0,
        openListings: [OpenListing] = []
    ) {
        self.coverage = coverage
        self.completeAt = completeAt
        self.completeRun = completeRun
        self.completeKinds = completeKinds
        self.recordings = recordings
        self.openListings = openListings
    }
}
