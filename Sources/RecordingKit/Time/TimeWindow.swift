/// A half-open span of time: `from` belongs to it, `to` does not.
public struct TimeWindow: Sendable, Hashable {
    /// The first instant of the window.
    public let from: Timestamp
    /// The first instant after the window.
    public let to: Timestamp

    /// Makes the window `[from, to)`; one whose end is before its start is empty at `from`.
    public init(from: Timestamp, to: Timestamp) {
        self.from = from
        self.to = max(from, to)
    }

    /// How long the window is; never negative.
    public var length: Duration { to.duration(since: from) }

    /// Whether nothing lies in the window.
    public var isEmpty: Bool { from == to }

    /// What this window and `other` have in common, or nil when that is nothing.
    public func intersection(_ other: TimeWindow) -> TimeWindow? {
        let start = max(from, other.from)
        let end = min(to, other.to)
        return start < end ? TimeWindow(from: start, to: end) : nil
    }
}
