public import RecordingKit

/// For which ranges of time one part of a source was read completely: disjoint ranges in ascending order; pure.
///
/// Adding a range never forgets one beside it, so that filling an older gap keeps what is known of newer time, and the reverse.
public struct Coverage: Sendable, Hashable {
    /// The ranges, ascending; none overlaps another.
    public private(set) var ranges: [CoveredRange]

    /// Covers nothing.
    public init() { ranges = [] }

    /// Takes ranges over from a store; empty ones are dropped, and of ranges that overlap the later one in the list counts.
    public init(_ ranges: [CoveredRange]) {
        self.ranges = []
        for range in ranges { replace(with: range) }
    }

    /// Adds a range that was read now, in place of what was known of it before.
    ///
    /// - Parameters:
    ///   - range: the new range.
    ///   - run: ranges that were read before this run and touch are joined, so that the list stays short; what is joined counts as
    ///     read when the older of the two was.
    ///   - settlesAfter: as in ``missing(in:freshSince:settlesAfter:)``. Ranges that were settled when they were read are joined
    ///     among themselves and stay settled; joining one with a range that may change would let it be read again.
    public mutating func add(_ range: CoveredRange, joiningReadBefore run: Int64, settlesAfter: Duration? = nil) {
        replace(with: range)
        split(readBefore: run, settlesAfter)
        join(readBefore: run, settlesAfter)
    }

    /// What of `window` is still to be read, ascending.
    ///
    /// - Parameters:
    ///   - window: what is wanted.
    ///   - run: what was read in this run or a later one counts as read.
    ///   - settlesAfter: what was older than this when it was read does not change any more, and counts as read as well; nil when
    ///     everything may change for ever.
    public func missing(in window: TimeWindow, freshSince run: Int64, settlesAfter: Duration?) -> [TimeWindow] {
        let read = ranges.map { range in
            guard range.run < run else { return range.window }
            guard let settlesAfter else { return TimeWindow(from: range.window.from, to: range.window.from) }
            let settled = range.readAt.advanced(by: .zero - settlesAfter)
            return TimeWindow(from: range.window.from, to: min(range.window.to, settled))
        }
        return window.subtracting(read)
    }

    /// What of `window` was never read, ascending.
    public func gaps(in window: TimeWindow) -> [TimeWindow] { window.subtracting(ranges.map(\.window)) }

    /// What both cover, as ranges that touch nowhere.
    public func intersection(_ other: Coverage) -> [TimeWindow] {
        TimeWindow.intersection(joined, other.joined)
    }

    /// The covered ranges without regard to when they were read, joined where they touch.
    public var joined: [TimeWindow] { TimeWindow.joined(ranges.map(\.window)) }

    /// Drops everything from `time` on, which a clock that was wrong has let appear as covered.
    public mutating func forget(from time: Timestamp) {
        ranges = Coverage.cut(ranges, by: TimeWindow(from: time, to: .latest))
    }

    private mutating func replace(with range: CoveredRange) {
        guard !range.window.isEmpty else { return }
        ranges = Coverage.cut(ranges, by: range.window)
        let index = ranges.firstIndex { $0.window.from > range.window.from } ?? ranges.endIndex
        ranges.insert(range, at: index)
    }

    private static func cut(_ ranges: [CoveredRange], by window: TimeWindow) -> [CoveredRange] {
        ranges.flatMap { range -> [CoveredRange] in
            guard range.window.intersection(window) != nil else { return [range] }
            return range.window.subtracting([window]).map {
                CoveredRange(window: $0, readAt: range.readAt, run: range.run, recordings: nil)
            }
        }
    }

    /// Cuts ranges of earlier passes where they were settled when they were read.
    private mutating func split(readBefore run: Int64, _ settlesAfter: Duration?) {
        guard let settlesAfter else { return }
        ranges = ranges.flatMap { range -> [CoveredRange] in
            let settled = range.readAt.advanced(by: .zero - settlesAfter)
            guard range.run < run, range.window.from < settled, settled < range.window.to else { return [range] }
            return [(range.window.from, settled), (settled, range.window.to)].map {
                CoveredRange(
                    window: TimeWindow(from: $0, to: $1),
                    readAt: range.readAt,
                    run: range.run,
                    recordings: nil
                )
            }
        }
    }

    private mutating func join(readBefore run: Int64, _ settlesAfter: Duration?) {
        func isSettled(_ range: CoveredRange) -> Bool {
            settlesAfter.map { range.window.to <= range.readAt.advanced(by: .zero - $0) } ?? false
        }
        ranges = ranges.reduce(into: []) { joined, range in
            guard let last = joined.last, last.window.to == range.window.from, last.run < run, range.run < run,
                isSettled(last) == isSettled(range)
            else { return joined.append(range) }
            joined[joined.count - 1] = CoveredRange(
                window: TimeWindow(from: last.window.from, to: range.window.to),
                // What is settled does not change between the two readings.
                readAt: isSettled(range) ? max(last.readAt, range.readAt) : min(last.readAt, range.readAt),
                run: min(last.run, range.run),
                recordings: last.recordings.flatMap { first in range.recordings.map { first + $0 } }
            )
        }
    }
}
