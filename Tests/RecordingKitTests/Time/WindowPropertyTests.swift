import RecordingKit
import Testing

@Suite("Windows and their bounds, for random rules")
struct WindowPropertyTests {
    private static let day: Int64 = 86_400

    private struct Case {
        var rules: WindowRules
        var unit: Int64
        var margin: Int64
        var now: Timestamp
        var request: TimeWindow
    }

    private func randomCase(_ generator: inout SeededGenerator) -> Case {
        let choice = Int.random(in: 0..<3, using: &generator)
        let unit = choice == 0 ? 1 : Self.day
        let margin = choice == 2 ? Self.day : 0
        // A day of a zone that is not known is asked for with a day on either side.
        let shortest = unit + 2 * margin
        let longest = Int64.random(in: shortest...(shortest + 100 * Self.day), using: &generator)
        let horizon = Int64.random(in: 0...500 * Self.day, using: &generator)
        let rules = WindowRules(
            longestSpan: Int.random(in: 0..<4, using: &generator) == 0
                ? nil : .seconds(longest) + .milliseconds(7),
            horizon: Bool.random(using: &generator) ? nil : .seconds(horizon),
            horizonMargin: .seconds(Int64.random(in: 0...7_200, using: &generator)),
            unit: [.second, .dayInUTC, .dayInUnknownZone][choice],
            includesEnd: Bool.random(using: &generator)
        )
        let now = randomTime(1_700_000_000...1_800_000_000, &generator)
        let from = randomTime((now.seconds - 600 * Self.day)...now.seconds, &generator)
        let to = randomTime(from.seconds...(now.seconds + 2 * Self.day), &generator)
        return Case(rules: rules, unit: unit, margin: margin, now: now, request: TimeWindow(from: from, to: to))
    }

    private func randomTime(_ range: ClosedRange<Int64>, _ generator: inout SeededGenerator) -> Timestamp {
        let isOnDay = Int.random(in: 0..<4, using: &generator) == 0
        let seconds = Int64.random(in: range, using: &generator)
        return Timestamp(
            secondsSince1970: isOnDay ? seconds / Self.day * Self.day : seconds,
            nanoseconds: isOnDay ? 0 : .random(in: 0..<1_000_000_000, using: &generator)
        )
    }

    /// The first instant after what an answer to these bounds may hold.
    private func end(_ last: Timestamp, _ this: Case) -> Timestamp {
        guard this.rules.includesEnd else { return last }
        return last.advanced(by: .seconds(this.unit))
    }

    @Test("Windows touch, cover what is allowed of the request, and nothing else")
    func coverage() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let this = randomCase(&generator)
            let windows = this.rules.windows(covering: this.request, at: this.now)
            let end = this.request.to.wholeSeconds
            let earliest = this.rules.horizon.map {
                this.now.advanced(by: .zero - $0 + this.rules.horizonMargin)
            }
            guard let first = windows.first, let last = windows.last else {
                let start = max(this.request.from.wholeSeconds, earliest ?? .earliest)
                // Within the first unit of what is allowed no request can be made.
                #expect(start.advanced(by: .seconds(this.unit + this.margin)) >= end)
                continue
            }
            #expect(last.to == end)
            #expect(first.from >= this.request.from.wholeSeconds)
            let isCut = first.from > this.request.from.wholeSeconds
            let delay = earliest.map { first.from.duration(since: $0) }
            #expect(!isCut || delay.map { $0 <= .seconds(this.unit + this.margin) } == true)
            #expect(zip(windows, windows.dropFirst()).allSatisfy { $0.to == $1.from })
            #expect(windows.allSatisfy { !$0.isEmpty })
        }
    }

    @Test("Bounds hold their window, on units, within the longest span and the horizon")
    func bounds() {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<2_000 {
            let this = randomCase(&generator)
            for window in this.rules.windows(covering: this.request, at: this.now) {
                let (first, last) = this.rules.bounds(of: window)
                #expect(first.seconds % this.unit == 0 && last.seconds % this.unit == 0)
                // Whatever the zone is, up to a day on either side.
                #expect(first.advanced(by: .seconds(this.margin)) <= window.from)
                #expect(end(last, this).advanced(by: .seconds(-this.margin)) >= window.to)
                if let span = this.rules.longestSpan {
                    let asked = this.unit == 1 ? last : end(last, this)
                    #expect(asked.duration(since: first) <= span)
                }
                if let earliest = this.rules.earliestStart(at: this.now) { #expect(first >= earliest) }
                if let horizon = this.rules.horizon { #expect(this.now.duration(since: first) <= horizon) }
            }
        }
    }

    @Test("Bounds of neighbours overlap by no more than the rules make necessary")
    func overlaps() {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<2_000 {
            let this = randomCase(&generator)
            let bounds = this.rules.windows(covering: this.request, at: this.now).map { this.rules.bounds(of: $0) }
            for (left, right) in zip(bounds, bounds.dropFirst()) {
                let overlap = end(left.last, this).duration(since: right.first)
                // Neighbours meet where a unit begins.
                let includedInstant: Int64 = this.unit == 1 && this.rules.includesEnd ? 1 : 0
                #expect(overlap == .seconds(2 * this.margin + includedInstant))
            }
        }
    }

    @Test("A part of a window asks for no more than the window", arguments: 14...16 as ClosedRange<UInt64>)
    func narrowed(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let this = randomCase(&generator)
            for window in this.rules.windows(covering: this.request, at: this.now) {
                let from = randomTime(window.from.seconds...window.to.seconds, &generator)
                let piece = TimeWindow(from: max(window.from, from), to: window.to)
                guard !piece.isEmpty else { continue }
                let (outer, inner) = (this.rules.bounds(of: window), this.rules.bounds(of: piece))
                #expect(inner.first >= outer.first && inner.last <= outer.last)
            }
        }
    }
}
