public import RecordingKit

/// How far reading one source has come.
public struct SourceProgress: Sendable {
    /// The configured source.
    public var source: String
    /// Pages read.
    public var pages: Int
    /// What was counted so far.
    public var counts: SourceCounts
    /// Until when everyone waits, while the platform asks for that.
    public var waitingUntil: Timestamp?
    /// How it ended; nil while it is being read.
    public var state: SourceState?
}
