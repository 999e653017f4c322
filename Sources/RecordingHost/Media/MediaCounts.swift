public import RecordingKit

/// What became of a source's media in one run.
public struct MediaCounts: Sendable, Hashable {
    /// Renditions by what became of them.
    public var states: [MediaState: Int] = [:]
    /// Bytes that were received, those included that were received again.
    public var bytesReceived: Int64 = 0
    /// Recordings that the platform took back although files of theirs are stored.
    public var withdrawn = 0
    /// Recordings that are left for later runs: nothing was asked for them.
    public var left = 0

    /// Counts nothing.
    public init() {}

    /// Whether nothing was counted.
    public var isEmpty: Bool { self == MediaCounts() }
}
