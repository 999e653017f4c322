public import RecordingKit

/// A range of time of which everything was read.
public struct CoveredRange: Sendable, Hashable {
    /// The range; its end does not belong to it.
    public var window: TimeWindow
    /// When the reading began: what changed afterwards may be missing.
    public var readAt: Timestamp
    /// The run in which the reading ended; of ranges that were joined, the older one.
    public var run: Int64
    /// How many recordings came; nil when that is not known for this range by itself.
    public var recordings: Int?

    /// Describes a range.
    public init(window: TimeWindow, readAt: Timestamp, run: Int64, recordings: Int?) {
        self.window = window
        self.readAt = readAt
        self.run = run
        self.recordings = recordings
    }
}
