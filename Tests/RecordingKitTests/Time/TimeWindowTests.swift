import RecordingKit
import Testing

@Suite("Time windows")
struct TimeWindowTests {
    private func window(_ from: Int64, _ to: Int64) -> TimeWindow {
        TimeWindow(from: Timestamp(secondsSince1970: from), to: Timestamp(secondsSince1970: to))
    }

    @Test("A window whose end is before its start is empty at its start")
    func reversedIsEmpty() {
        #expect(window(5, 3) == window(5, 5))
        #expect(window(5, 3).isEmpty)
        #expect(window(5, 3).length == .zero)
        #expect(!window(3, 5).isEmpty)
        #expect(window(3, 5).length == .seconds(2))
    }

    @Test("Windows that only touch have nothing in common")
    func intersects() {
        #expect(window(0, 10).intersection(window(5, 15)) == window(5, 10))
        #expect(window(5, 15).intersection(window(0, 10)) == window(5, 10))
        #expect(window(0, 10).intersection(window(2, 3)) == window(2, 3))
        #expect(window(0, 10).intersection(window(10, 20)) == nil)
        #expect(window(0, 10).intersection(window(5, 5)) == nil)
    }
}
