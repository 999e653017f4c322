import RawJSON
import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("How a source stands")
struct SourceStandingTests {
    private let now = Timestamp(secondsSince1970: 1_780_000_000)

    private func standing(_ change: (inout SourceStanding) -> Void) -> SourceStanding {
        let descriptor = ConnectorDescriptor(
            id: "tape",
            name: "Tape",
            summary: "",
            baseURL: "https://tape.example",
            authentication: .none,
            settings: [],
            windowRules: WindowRules(longestSpan: .seconds(86_400), horizon: .seconds(100 * 86_400)),
            completeness: .reconciled
        )
        var outcome = SourceOutcome(source: "clinic", connector: "tape", state: .incomplete)
        outcome.counts.written = [.recordings: 5, .accessEvents: 7]
        outcome.counts.requests = 20
        var standing = SourceStanding(source: "clinic", connector: "tape", descriptor: descriptor, now: now)
        standing.status = SourceStatus(
            source: "clinic",
            lastOutcome: outcome,
            lastRunAt: now,
            recordings: 5,
            events: 7,
            auditReads: 2
        )
        standing.coverage.complete = [CompleteRange(from: day(-9), to: day(-1))]
        standing.runs = [
            RunSummary(run: 3, beganAt: day(-1), endedAt: day(-1).advanced(by: .seconds(90)), outcome: outcome)
        ]
        change(&standing)
        return standing
    }

    private func day(_ number: Int64) -> Timestamp { now.advanced(by: .seconds(number * 86_400)) }

    private func gap(_ from: Int64, _ to: Int64) -> CoverageGap {
        CoverageGap(
            label: "room 1",
            window: TimeWindow(from: day(from), to: day(to)),
            failure: ListingFailure(code: "server_error", reason: "The platform failed."),
            attempts: 2,
            triedAt: day(-1)
        )
    }

    @Test("names a gap with its range, reason, attempts and what comes next")
    func gaps() {
        let text = standing { standing in
            standing.coverage.gaps = [gap(-5, -4)]
            standing.coverage.gapCount = 1
        }
        .lines(width: 200).joined(separator: "\n")
        #expect(text.contains("room 1 from \(day(-5)) to \(day(-4))"))
        #expect(text.contains("The platform failed.; tried 2 times, last \(day(-1)); the next run reads it"))
    }

    @Test("does not promise what the platform cannot give any more, nor before the time that it named")
    func nextTries() {
        let standing = standing { $0.status?.lastOutcome?.retryAt = day(1) }
        #expect(standing.nextTry(gap(-150, -100)) == .never)
        #expect(standing.nextTry(gap(-150, -99)) == .after(day(1)))
        #expect(self.standing { _ in }.nextTry(gap(-5, -4)) == .nextRun)
    }

    @Test("shows the kinds that differ, the runs, and no line that is too wide", arguments: [80, 120])
    func lines(width: Int) {
        let lines = standing { standing in
            standing.coverageByKind = [
                (.recordings, standing.coverage.complete), (.accessEvents, []),
            ]
        }
        .lines(width: width)
        #expect(lines.contains { $0.contains("access_events: complete for no range yet") })
        #expect(!lines.contains { $0.contains("recordings: complete") })
        #expect(lines.contains { $0.contains("reconciled") })
        #expect(lines.contains { $0.contains("1m30s") && $0.contains("12") && $0.contains("20") }, "\(lines)")
        #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= width })
    }

    @Test("says after a repair that the next run reads anew, though the last one was complete")
    func afterRepair() {
        let standing = standing { standing in
            standing.status?.lastOutcome?.state = .complete
            standing.coverage.complete = []
        }
        #expect(standing.nextStep.contains("checked against the platform"))
    }

    @Test("never says that there is nothing to do beside a gap, in words and for machines", arguments: 0..<5)
    func gapAfterCompleteRun(reason: Int) throws {
        let standing = standing { standing in
            standing.status?.lastOutcome?.state = .complete
            switch reason {
            case 0: standing.coverage.gaps = [gap(-5, -4)]
            case 1: standing.coverage.gaps = [gap(-150, -100), gap(-5, -4)]
            case 2: standing.coverage.gaps = [gap(-150, -100)]
            case 3: standing.coverage.complete.append(CompleteRange(from: day(0), to: day(1)))
            default: standing.coverage.gapCount = SourceCoverage.maximumGaps + 1
            }
            standing.coverage.gapCount = max(standing.coverage.gapCount, standing.coverage.gaps.count)
        }
        let expected = reason == 2 ? "not on the platform any more" : "Run \"tapedeck sync clinic\""
        #expect(standing.nextStep.contains(expected))
        var writer = JSONWriter()
        standing.write(to: &writer)
        let texts = standing.lines(width: 200) + [String(decoding: writer.bytes, as: UTF8.self)]
        #expect(texts.allSatisfy { !$0.contains("Nothing to do") })
    }

    @Test("says that there is nothing to do when there is not")
    func nothingToDo() {
        let standing = standing { $0.status?.lastOutcome?.state = .complete }
        #expect(standing.nextStep.contains("Nothing to do"))
    }

    @Test("is the same for machines")
    func json() throws {
        var writer = JSONWriter()
        standing { standing in
            standing.coverage.gaps = [gap(-150, -100)]
            standing.coverage.gapCount = 1
        }
        .write(to: &writer)
        let json = try JSONDocument(parsing: writer.bytes).root
        #expect(json["completeness"]?["state"]?.string == "reconciled")
        let gaps = try #require(json["incomplete_listings"]).elements.map { $0 }
        #expect(gaps.map { $0["next_try"]?.string } == ["not_any_more"])
        let runs = try #require(json["recent_runs"]).elements.map { $0 }
        #expect(runs.map { $0["written"]?.integer } == [12])
        #expect(runs.map { $0["duration_seconds"]?.double } == [90])
    }
}
