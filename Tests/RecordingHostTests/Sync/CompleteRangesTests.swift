import RecordingKit
import Testing

@testable import RecordingHost

struct CompleteRangesTests {
    private func window(_ from: Int64, _ to: Int64) -> TimeWindow {
        TimeWindow(from: Timestamp(secondsSince1970: from), to: Timestamp(secondsSince1970: to))
    }

    private func ranges(
        _ listings: [(Int64, Int64, Bool)],
        request: TimeWindow? = TimeWindow(from: Timestamp(secondsSince1970: 0), to: Timestamp(secondsSince1970: 100))
    ) -> [[Int64]] {
        var coverage = CompleteRanges()
        for (from, to, isComplete) in listings { coverage.add(window(from, to), isComplete: isComplete) }
        return coverage.ranges(of: request, endingAt: Timestamp(secondsSince1970: 100)).map { range in
            [range.from?.seconds ?? -1, range.to.seconds]
        }
    }

    @Test(
        "Windows that touch are one range, gaps split, and one failed listing of a window is a gap",
        arguments: [
            ([], []), ([(0, 10, true)], [[0, 10]]), ([(10, 20, true), (0, 10, true)], [[0, 20]]),
            ([(0, 10, true), (20, 30, true)], [[0, 10], [20, 30]]), ([(0, 10, false)], []),
            ([(0, 10, true), (0, 10, false)], []), ([(0, 30, true), (10, 20, false)], [[0, 10], [20, 30]]),
            ([(0, 10, true), (5, 15, false), (10, 20, true)], [[0, 5], [15, 20]]),
            ([(0, 20, true), (10, 30, true)], [[0, 30]]), ([(0, 0, true)], []),
        ] as [([(Int64, Int64, Bool)], [[Int64]])]
    )
    func table(listings: [(Int64, Int64, Bool)], expected: [[Int64]]) {
        #expect(ranges(listings) == expected)
    }

    @Test("A platform without ranges is complete from its beginning, unless a listing failed") func unfiltered() {
        let end = Timestamp(secondsSince1970: 100)
        var coverage = CompleteRanges()
        coverage.add(nil, isComplete: true)
        #expect(coverage.ranges(of: nil, endingAt: end) == [CompleteRange(from: nil, to: end)])
        coverage.add(nil, isComplete: false)
        #expect(coverage.ranges(of: nil, endingAt: end).isEmpty)
    }

    @Test("After a failed discovery, or a failed part without a range, nothing is said of any range")
    func unknownParts() {
        let end = Timestamp(secondsSince1970: 100)
        var undiscovered = CompleteRanges()
        undiscovered.add(window(0, 10), isComplete: true)
        var unbounded = undiscovered
        undiscovered.discoveryFailed()
        unbounded.add(nil, isComplete: false)
        #expect(undiscovered.ranges(of: window(0, 100), endingAt: end).isEmpty)
        #expect(unbounded.ranges(of: window(0, 100), endingAt: end).isEmpty)
    }

    @Test("A second is covered when a complete window holds it and no failed one does") func bruteForce() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<1_000 {
            let listings = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                let from = Int64.random(in: 0..<40, using: &random)
                return (
                    from, from + Int64.random(in: 0...20, using: &random), Int.random(in: 0..<4, using: &random) > 0
                )
            }
            let found = ranges(listings)
            for second in 0..<Int64(64) {
                let holds: ((Int64, Int64, Bool)) -> Bool = { $0.0 <= second && second < $0.1 }
                let isCovered = listings.contains { $0.2 && holds($0) } && !listings.contains { !$0.2 && holds($0) }
                #expect(found.contains { $0[0] <= second && second < $0[1] } == isCovered, "\(listings) at \(second)")
            }
            #expect(zip(found, found.dropFirst()).allSatisfy { $0[1] < $1[0] }, "\(listings)")
        }
    }
}
