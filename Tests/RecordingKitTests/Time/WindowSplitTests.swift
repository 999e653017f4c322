import RecordingKit
import Testing

@Suite("Windows are split by the longest span alone")
struct WindowSplitTests {
    private let start = Timestamp(secondsSince1970: 1_700_000_000)
    private let day = Duration.seconds(86_400)

    @Test("the pieces touch, ascend, cover the window and are never too long", arguments: [1, 89, 90, 91, 180, 365])
    func pieces(days: Int) {
        let window = TimeWindow(from: start, to: start.advanced(by: day * days))
        let pieces = WindowRules(longestSpan: day * 90, horizon: day * 10).split(window)
        #expect(pieces.count == (days + 89) / 90)
        #expect(pieces.first?.from == window.from)
        #expect(pieces.last?.to == window.to)
        #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.to == $1.from })
        #expect(pieces.allSatisfy { $0.length <= day * 90 && !$0.isEmpty })
    }

    @Test("without a longest span there is one piece, and an empty window has none")
    func unlimited() {
        let window = TimeWindow(from: start, to: start.advanced(by: day * 4_000))
        #expect(WindowRules.unfiltered.split(window) == [window])
        #expect(WindowRules.unfiltered.split(TimeWindow(from: start, to: start)).isEmpty)
    }
}
