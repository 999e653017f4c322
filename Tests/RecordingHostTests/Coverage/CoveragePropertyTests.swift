import RecordingKit
import Testing

@testable import RecordingHost

@Suite("Coverage against a model that counts single seconds")
struct CoveragePropertyTests {
    /// What is known of one second.
    private struct Known: Equatable {
        var run: Int64
        var readAt: Int64
    }

    private typealias Model = [Int64: Known]

    private static let length: Int64 = 60

    private func time(_ seconds: Int64) -> Timestamp { Timestamp(secondsSince1970: seconds) }

    private func window(_ from: Int64, _ to: Int64) -> TimeWindow { TimeWindow(from: time(from), to: time(to)) }

    private func seconds(_ windows: [TimeWindow]) -> Set<Int64> {
        Set(windows.flatMap { $0.from.seconds..<$0.to.seconds })
    }

    private func isInOrder(_ windows: [TimeWindow]) -> Bool {
        windows.allSatisfy { !$0.isEmpty } && zip(windows, windows.dropFirst()).allSatisfy { $0.to <= $1.from }
    }

    private func randomWindow(_ generator: inout SeededGenerator) -> TimeWindow {
        let from = Int64.random(in: 0..<Self.length, using: &generator)
        return window(from, .random(in: from...Self.length, using: &generator))
    }

    @Test("Adding, joining, forgetting and asking agree with the model", arguments: [nil, 0, 7, 25] as [Int64?])
    func histories(settling: Int64?) {
        for seed in 0..<40 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var coverage = Coverage()
            var model: Model = [:]
            for run in 1...12 as ClosedRange<Int64> {
                let firstRunOfPass = max(1, run - .random(in: 0...2, using: &generator))
                for _ in 0..<Int.random(in: 0...3, using: &generator) {
                    let readAt = run * 10 + .random(in: -5...5, using: &generator)
                    let read = randomWindow(&generator)
                    coverage.add(
                        CoveredRange(window: read, readAt: time(readAt), run: run, recordings: 1),
                        joiningReadBefore: firstRunOfPass,
                        settlesAfter: settling.map { .seconds($0) }
                    )
                    for second in seconds([read]) { model[second] = Known(run: run, readAt: readAt) }
                }
                if Int.random(in: 0..<10, using: &generator) == 0 {
                    let end = Int64.random(in: 30...Self.length, using: &generator)
                    coverage.forget(from: time(end))
                    model = model.filter { $0.key < end }
                }
                check(coverage, model, freshSince: firstRunOfPass, settling, randomWindow(&generator))
            }
        }
    }

    private func check(
        _ coverage: Coverage,
        _ model: Model,
        freshSince run: Int64,
        _ settling: Int64?,
        _ asked: TimeWindow
    ) {
        #expect(isInOrder(coverage.ranges.map(\.window)))
        #expect(seconds(coverage.joined) == Set(model.keys))
        #expect(isInOrder(coverage.gaps(in: asked)))
        #expect(seconds(coverage.gaps(in: asked)) == seconds([asked]).subtracting(model.keys))
        let missing = coverage.missing(in: asked, freshSince: run, settlesAfter: settling.map { .seconds($0) })
        #expect(isInOrder(missing))
        let due = seconds([asked]).filter { second in
            guard let known = model[second] else { return true }
            if known.run >= run { return false }
            guard let settling else { return true }
            return second >= known.readAt - settling
        }
        // Joining may let a range be read once more; it must never let one that is due count as read.
        #expect(seconds(missing).isSuperset(of: due))
        for range in coverage.ranges {
            for second in seconds([range.window]) {
                #expect(range.run <= model[second]?.run ?? .min)
                let isSettled = settling.map { second < (model[second]?.readAt ?? .min) - $0 } ?? false
                #expect(isSettled || range.readAt.seconds <= model[second]?.readAt ?? .min)
            }
        }
    }

    @Test("What two parts have in common agrees with the model")
    func intersections() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let left = (0..<3).map { _ in randomWindow(&generator) }
            let right = (0..<3).map { _ in randomWindow(&generator) }
            let common = coverage(left).intersection(coverage(right))
            #expect(seconds(common) == seconds(left).intersection(seconds(right)))
            #expect(zip(common, common.dropFirst()).allSatisfy { $0.to < $1.from })
            #expect(seconds(left[0].subtracting(right)) == seconds([left[0]]).subtracting(seconds(right)))
        }
    }

    private func coverage(_ windows: [TimeWindow]) -> Coverage {
        Coverage(windows.map { CoveredRange(window: $0, readAt: time(0), run: 1, recordings: nil) })
    }

    @Test("Filling an older gap loses nothing of newer time, and the reverse")
    func olderGap() {
        var coverage = Coverage()
        for (run, read) in [window(40, 60), window(0, 10), window(10, 40)].enumerated() {
            coverage.add(
                CoveredRange(window: read, readAt: time(100), run: Int64(run + 1), recordings: 2),
                joiningReadBefore: Int64(run + 1)
            )
        }
        #expect(coverage.joined == [window(0, 60)])
    }

    @Test(
        "Over many hourly runs the list stays short, and no run reads more than what is new or may change",
        arguments: [nil, 7 * 86_400] as [Int64?]
    )
    func hourlyRuns(settling: Int64?) {
        let horizon: Int64 = 30 * 86_400
        let piece: Int64 = 9 * 86_400
        var coverage = Coverage()
        var longest = 0
        for run in 1...1_200 as ClosedRange<Int64> {
            let now = horizon + run * 3_600
            let rules = WindowRules(longestSpan: .seconds(piece), horizon: nil)
            for asked in rules.split(window(now - horizon, now)) {
                let missing = coverage.missing(in: asked, freshSince: run, settlesAfter: settling.map { .seconds($0) })
                if let settling, run > 1 {
                    let read = missing.reduce(Duration.zero) { $0 + $1.length }
                    #expect(read <= .seconds(settling + 2 * 3_600))
                }
                for read in missing {
                    coverage.add(
                        CoveredRange(window: read, readAt: time(now), run: run, recordings: 1),
                        joiningReadBefore: run,
                        settlesAfter: settling.map { .seconds($0) }
                    )
                }
            }
            longest = max(longest, coverage.ranges.count)
        }
        #expect(longest <= 12)
        #expect(coverage.joined == [window(3_600, horizon + 1_200 * 3_600)])
    }
}
