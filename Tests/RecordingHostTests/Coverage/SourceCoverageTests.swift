import RecordingKit
import Testing

@testable import RecordingHost

@Suite("What a source is complete for")
struct SourceCoverageTests {
    private let kinds: [RecordKind] = [.recordings, .accessEvents]

    private func time(_ seconds: Int64) -> Timestamp { Timestamp(secondsSince1970: seconds) }

    private func window(_ from: Int64, _ to: Int64) -> TimeWindow { TimeWindow(from: time(from), to: time(to)) }

    private func read(_ windows: [TimeWindow]) -> Coverage {
        Coverage(windows.map { CoveredRange(window: $0, readAt: time(0), run: 1, recordings: nil) })
    }

    private func part(
        _ recordings: [TimeWindow],
        _ events: [TimeWindow]? = nil,
        failed: [(TimeWindow, String)] = []
    ) -> RangedPart {
        RangedPart(
            label: "site",
            coverage: [.recordings: read(recordings), .accessEvents: read(events ?? recordings)],
            failures: failed.map { window, code in
                CoverageGap(
                    label: "site",
                    window: window,
                    failure: ListingFailure(code: code, reason: "No."),
                    attempts: 2,
                    triedAt: time(9)
                )
            }
        )
    }

    private func whole(
        completeAt: Int64? = nil,
        isComplete: Bool = true,
        count: Int = 0
    ) -> WholeParts {
        WholeParts(
            count: count,
            completeAt: completeAt.map { time($0) },
            isComplete: isComplete,
            gaps: [],
            gapCount: 0
        )
    }

    private func coverage(
        _ parts: [RangedPart],
        whole: WholeParts? = nil,
        foundAt: Int64? = 100,
        earliest: Int64? = nil
    ) -> SourceCoverage {
        SourceCoverage(
            kinds: kinds,
            foundAt: foundAt.map { time($0) },
            reachableFrom: earliest.map { time($0) },
            ranged: parts,
            whole: whole ?? self.whole()
        )
    }

    private func ranges(_ coverage: SourceCoverage) -> [ClosedRange<Int64>] {
        coverage.complete.map { ($0.from?.seconds ?? .min)...$0.to.seconds }
    }

    @Test("Only what every part was read for, for every kind, is complete")
    func intersection() {
        let parts = [part([window(0, 50)], [window(10, 60)]), part([window(0, 20), window(30, 100)])]
        #expect(ranges(coverage(parts)) == [10...20, 30...50])
        #expect(ranges(coverage(parts + [part([])])) == [])
    }

    @Test("Nothing is claimed after the parts were found, and nothing at all when they never were")
    func foundAt() {
        #expect(ranges(coverage([part([window(0, 100)])], foundAt: 70)) == [0...70])
        #expect(ranges(coverage([part([window(80, 100)])], foundAt: 70)) == [])
        #expect(ranges(coverage([part([window(0, 100)])], foundAt: nil)) == [])
        #expect(ranges(coverage([], foundAt: nil)) == [])
    }

    @Test("Parts without ranges hold the end back to the oldest of their readings")
    func wholeParts() {
        #expect(ranges(coverage([], whole: whole(completeAt: 40, count: 2))) == [.min...40])
        #expect(ranges(coverage([], whole: whole(completeAt: 140, count: 2))) == [.min...100])
        #expect(ranges(coverage([], whole: whole(isComplete: false, count: 2))) == [])
        #expect(ranges(coverage([part([window(0, 90)])], whole: whole(completeAt: 40, count: 1))) == [0...40])
        #expect(ranges(coverage([part([window(0, 90)])], whole: whole(isComplete: false, count: 1))) == [])
    }

    @Test("A gap is what lies between what was read, up to the last time that all parts were found")
    func gaps() {
        let found = coverage([part([window(20, 40), window(50, 60)])]).gaps
        #expect(found.map(\.window) == [window(40, 50), window(60, 100)])
        #expect(found.allSatisfy { $0.failure == nil && $0.attempts == 0 })
    }

    @Test("The fraction of a second that a run leaves to the next is no gap")
    func fraction() {
        let found = SourceCoverage(
            kinds: kinds,
            foundAt: time(100).advanced(by: .milliseconds(750)),
            reachableFrom: nil,
            ranged: [part([window(0, 100)])],
            whole: whole()
        )
        #expect(found.gaps.isEmpty && found.gapCount == 0)
    }

    @Test("Each gap says why its own range failed, and ranges that were never tried say nothing")
    func reasons() {
        let failed = [(window(30, 40), "server_error"), (window(40, 50), "not_found")]
        let found = coverage([part([window(0, 20), window(50, 100)], failed: failed)]).gaps
        #expect(found.map(\.window) == [window(20, 30), window(30, 40), window(40, 50)])
        #expect(found.map { $0.failure?.code } == [nil, "server_error", "not_found"])
        #expect(found.map(\.attempts) == [0, 2, 2])
        #expect(coverage([part([window(0, 100)], failed: failed)]).gaps.isEmpty)
    }

    @Test("A failure before what can be reached and before everything that was read is no gap")
    func unreachableFailures() {
        let failed = [(window(0, 10), "timeout")]
        let read = [window(20, 100)]
        #expect(coverage([part(read, failed: failed)], earliest: 15).gaps.isEmpty)
        #expect(
            coverage([part(read, failed: failed)], earliest: 5).gaps.map(\.window) == [window(0, 10), window(10, 20)]
        )
        // Older time was read, so that the failure lies within the archive.
        let both = [window(-20, -10), window(20, 100)]
        #expect(coverage([part(both, failed: failed)], earliest: 15).gaps.contains { $0.window == window(0, 10) })
    }

    @Test("Gaps are counted beyond those that are listed")
    func many() {
        let reads = (0..<600).map { window($0 * 2, $0 * 2 + 1) }
        let found = coverage([part(reads), part(reads)], foundAt: 1_200)
        #expect(found.gaps.count == SourceCoverage.maximumGaps)
        #expect(found.gapCount == 1_200)
    }
}
