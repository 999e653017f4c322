public import RecordingKit

/// One run of a source that has ended.
public struct RunSummary: Sendable, Hashable {
    /// The run's number.
    public var run: Int64
    /// When it began.
    public var beganAt: Timestamp
    /// When it ended; nil when that is not known.
    public var endedAt: Timestamp?
    /// How it ended for the source; without ranges.
    public var outcome: SourceOutcome

    /// Describes a run.
    public init(run: Int64, beganAt: Timestamp, endedAt: Timestamp?, outcome: SourceOutcome) {
        self.run = run
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.outcome = outcome
    }
}

/// A part of a source that was found by an earlier run.
public struct KnownPart: Sendable {
    /// Hash of the listing's key.
    public var part: UInt64
    /// What people are shown.
    public var label: String
    /// Whether it is read by range.
    public var hasRanges: Bool
    /// What is known of it.
    public var state: PartState

    /// Describes a part.
    public init(part: UInt64, label: String, hasRanges: Bool, state: PartState) {
        self.part = part
        self.label = label
        self.hasRanges = hasRanges
        self.state = state
    }
}
