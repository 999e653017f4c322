import RecordingKit
import Testing

@testable import RecordingHost
@testable import TapedeckCLI

@Suite("Progress")
struct ProgressBoardTests {
    private let now = Timestamp(secondsSince1970: 1_767_225_600)

    private func progress(
        _ source: String,
        pages: Int,
        recordings: Int = 0,
        waitingUntil: Timestamp? = nil,
        state: SourceState? = nil
    ) throws -> SourceProgress {
        var counts = SourceCounts()
        counts.recordings = recordings
        return SourceProgress(
            source: source,
            pages: pages,
            counts: counts,
            waitingUntil: waitingUntil,
            state: state
        )
    }

    @Test("On a terminal the lines are drawn over, at most ten times a second")
    func redrawing() throws {
        var board = ProgressBoard(style: .redrawn(width: 80))
        let first = board.accept(try progress("a", pages: 1), at: .zero, now: now)
        #expect(first == "\r\u{1B}[2Ka: 1 page, 0 recordings, 0 events\n")
        #expect(board.accept(try progress("a", pages: 2), at: .milliseconds(99), now: now).isEmpty)
        let second = board.accept(try progress("a", pages: 3), at: .milliseconds(100), now: now)
        #expect(second == "\u{1B}[1A\r\u{1B}[2Ka: 3 pages, 0 recordings, 0 events\n")
        let third = board.accept(try progress("b", pages: 1), at: .milliseconds(110), now: now)
        #expect(third.hasPrefix("\u{1B}[1A\r\u{1B}[2Ka: 3 pages"))
        #expect(third.hasSuffix("\r\u{1B}[2Kb: 1 page, 0 recordings, 0 events\n"))
        #expect(board.accept(try progress("b", pages: 2), at: .milliseconds(120), now: now).isEmpty)
        #expect(board.finish(at: .milliseconds(130)).hasPrefix("\u{1B}[2A"))
    }

    @Test("A line shows the rate, and until when everyone waits")
    func details() throws {
        var board = ProgressBoard(style: .appended)
        _ = board.accept(try progress("a", pages: 1), at: .zero, now: now)
        let until = try #require(Timestamp("2026-01-01T00:05:00.5Z"))
        let line = board.accept(
            try progress("a", pages: 2, recordings: 300, waitingUntil: until),
            at: .seconds(3),
            now: now
        )
        #expect(line == "a: 2 pages, 300 recordings, 0 events, 100/s, waiting until 2026-01-01T00:05:00Z\n")
    }

    @Test("Without a terminal a source has a line at first, every five seconds and when its state changes")
    func plainLines() throws {
        var board = ProgressBoard(style: .appended)
        #expect(!board.accept(try progress("a", pages: 1), at: .zero, now: now).isEmpty)
        #expect(board.accept(try progress("a", pages: 2), at: .milliseconds(4_900), now: now).isEmpty)
        #expect(!board.accept(try progress("a", pages: 3), at: .seconds(5), now: now).isEmpty)
        #expect(board.accept(try progress("a", pages: 4), at: .seconds(6), now: now).isEmpty)
        let last = board.accept(try progress("a", pages: 4, state: .tryLater), at: .seconds(6), now: now)
        #expect(last.hasSuffix(", try later\n"))
        #expect(!last.contains("\u{1B}"))
        #expect(board.finish(at: .seconds(7)).isEmpty)
    }

    @Test("Without a terminal a wait has a line of its own only when it is long")
    func plainWaits() throws {
        var board = ProgressBoard(style: .appended)
        _ = board.accept(try progress("a", pages: 1), at: .zero, now: now)
        let short = try progress("a", pages: 1, waitingUntil: now.advanced(by: .milliseconds(4_900)))
        #expect(board.accept(short, at: .seconds(1), now: now).isEmpty)
        let long = try progress("a", pages: 1, waitingUntil: now.advanced(by: .seconds(5)))
        #expect(board.accept(long, at: .seconds(1), now: now).contains("waiting until 2026-01-01T00:00:05Z"))
    }

    @Test("A narrow terminal cuts lines, and many sources do not scroll it")
    func limits() throws {
        var board = ProgressBoard(style: .redrawn(width: 20))
        for index in 0..<25 {
            _ = board.accept(try progress("source\(index)", pages: 1), at: .seconds(index), now: now)
        }
        let lines = board.finish(at: .seconds(30)).split(separator: "\n").map {
            $0.split(separator: "\u{1B}[2K").last ?? ""
        }
        #expect(lines.count == 21)
        #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= 19 })
        #expect(lines.last == "… and 5 more sourc…")
    }
}
