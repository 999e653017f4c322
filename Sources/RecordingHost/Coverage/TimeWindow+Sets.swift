package import RecordingKit

extension TimeWindow {
    /// What of this window lies in none of `others`, ascending.
    package func subtracting(_ others: [TimeWindow]) -> [TimeWindow] {
        var rest: [TimeWindow] = []
        var start = from
        for other in others.filter({ !$0.isEmpty }).sorted(by: { $0.from < $1.from }) {
            guard other.from < to, other.to > start else { continue }
            if other.from > start { rest.append(TimeWindow(from: start, to: other.from)) }
            start = max(start, other.to)
        }
        if start < to { rest.append(TimeWindow(from: start, to: to)) }
        return rest
    }

    /// The windows in ascending order, joined where they touch or overlap; empty ones are dropped.
    package static func joined(_ windows: [TimeWindow]) -> [TimeWindow] {
        windows.filter { !$0.isEmpty }.sorted { $0.from < $1.from }.reduce(into: []) { joined, window in
            if let last = joined.last, last.to >= window.from {
                joined[joined.count - 1] = TimeWindow(from: last.from, to: max(last.to, window.to))
            } else {
                joined.append(window)
            }
        }
    }

    /// What two lists of disjoint windows have in common, ascending.
    package static func intersection(_ left: [TimeWindow], _ right: [TimeWindow]) -> [TimeWindow] {
        joined(left.flatMap { window in right.compactMap { window.intersection($0) } })
    }
}
