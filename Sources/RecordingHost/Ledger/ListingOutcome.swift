public import RecordingKit

/// How reading one listing ended.
public struct ListingOutcome: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// Hash of the listing's key: the part of the source, whatever range of it was read.
    public var part: UInt64
    /// What people are shown, without the range.
    public var label: String
    /// The range that was asked for; nil where the platform is not asked for ranges.
    public var window: TimeWindow?
    /// The range that the answer covers, which may begin later where the platform's horizon has moved on meanwhile.
    public var covered: TimeWindow?
    /// The kinds of record that were read.
    public var kinds: [RecordKind]
    /// The run in which it ended.
    public var run: Int64
    /// When the reading began, also when that was in an earlier run.
    public var readAt: Timestamp
    /// The first run of the source's pass; what was read before may be joined in the books.
    public var firstRunOfPass: Int64
    /// How long after its time an item may still change.
    ///
    /// Nil when that never ends. Ranges that are joined in the books stay settled.
    public var settlesAfter: Duration?
    /// When it ended.
    public var finishedAt: Timestamp
    /// How many recordings it returned.
    public var recordings: Int
    /// Why it is incomplete; nil when it is complete.
    public var failure: ListingFailure?

    /// Describes an outcome.
    public init(
        source: String,
        part: UInt64,
        label: String,
        window: TimeWindow?,
        covered: TimeWindow?,
        kinds: [RecordKind],
        run: Int64,
        readAt: Timestamp,
        firstRunOfPass: Int64,
        finishedAt: Timestamp,
        recordings: Int,
        failure: ListingFailure?,
        settlesAfter: Duration? = nil
    ) {
        self.settlesAfter = settlesAfter
        self.source = source
        self.part = part
        self.label = label
        self.window = window
        self.covered = covered
        self.kinds = kinds
        self.run = run
        self.readAt = readAt
        self.firstRunOfPass = firstRunOfPass
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

/// A part that was found and needed no reading in this run.
public struct SkippedPart: Sendable, Hashable {
    /// The configured source.
    public var source: String
    /// Hash of the listing's key.
    public var part: UInt64
    /// What people are shown, without a range.
    public var label: String
    /// Whether it is read by range.
    public var hasRanges: Bool
    /// The run in which it was found.
    public var run: Int64
    /// Whether nothing more is expected in it, so that it holds no range back.
    public var isSettled: Bool

    /// Describes a part.
    public init(source: String, part: UInt64, label: String, hasRanges: Bool, run: Int64, isSettled: Bool) {
        self.source = source
        self.part = part
        self.label = label
        self.hasRanges = hasRanges
        self.run = run
        self.isSettled = isSettled
    }
}
