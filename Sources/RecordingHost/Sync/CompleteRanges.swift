import RecordingKit

/// Works out, from how the listings ended, for which ranges of time everything was read: pure.
struct CompleteRanges: Sendable {
    private var windows: [TimeWindow] = []
    private var gaps: [TimeWindow] = []
    private var isEverythingListed = true
    private var hasUnboundedGap = false

    /// Notes that not all listings could be found, so that nothing can be said of any range.
    mutating func discoveryFailed() { isEverythingListed = false }

    /// Notes how one listing ended.
    mutating func add(_ window: TimeWindow?, isComplete: Bool) {
        switch (window, isComplete) {
        case (let window?, true): remember(window, in: &windows)
        case (let window?, false): remember(window, in: &gaps)
        case (nil, false): hasUnboundedGap = true
        case (nil, true): break
        }
    }

    /// The ranges for which everything was read, ascending.
    ///
    /// - Parameters:
    ///   - request: the range that was asked for, or nil when the platform is not asked for ranges.
    ///   - end: when the run began; what came after it is not covered.
    func ranges(of request: TimeWindow?, endingAt end: Timestamp) -> [CompleteRange] {
        guard isEverythingListed, !hasUnboundedGap else { return [] }
        guard request != nil else { return [CompleteRange(from: nil, to: end)] }
        var ranges: [CompleteRange] = []
        for window in windows.filter({ !$0.isEmpty }).sorted(by: { $0.from < $1.from }) {
            for piece in subtractingGaps(from: window) {
                if let last = ranges.last, last.to >= piece.from {
                    ranges[ranges.count - 1].to = max(last.to, piece.to)
                } else {
                    ranges.append(CompleteRange(from: piece.from, to: piece.to))
                }
            }
        }
        return ranges
    }

    /// Many listings, such as a site's hosts, share a window; each is kept once.
    private func remember(_ window: TimeWindow, in list: inout [TimeWindow]) {
        if !list.contains(window) { list.append(window) }
    }

    private func subtractingGaps(from window: TimeWindow) -> [TimeWindow] {
        gaps.reduce([window]) { pieces, gap in
            pieces.flatMap { piece -> [TimeWindow] in
                guard let overlap = piece.intersection(gap) else { return [piece] }
                return [
                    TimeWindow(from: piece.from, to: overlap.from),
                    TimeWindow(from: overlap.to, to: piece.to),
                ]
                .filter { !$0.isEmpty }
            }
        }
    }
}
