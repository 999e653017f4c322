import RecordingHost
import Testing

@testable import CurlTransport

@Suite("A watch on the progress of a transfer")
struct ProgressWatchTests {
    private let start = ContinuousClock.now

    private func watch(minimum: Int = 100, period: Duration = .seconds(60)) -> ProgressWatch {
        ProgressWatch(idleTimeout: .seconds(20), slow: SlowWatch(minimum: minimum, period: period))
    }

    private func verdict(_ watch: inout ProgressWatch, after seconds: Double, total: Int = 0) -> TransportError.Kind? {
        watch.verdict(at: start + .seconds(seconds)) { total }?.kind
    }

    @Test("says nothing before there is a connection")
    func connecting() {
        var watch = watch()
        #expect(verdict(&watch, after: 1000) == nil)
    }

    @Test("ends silence after the idle time-out, counted from the last byte")
    func silence() {
        var watch = watch()
        watch.begin(at: start)
        watch.note(bytes: 1, at: start + .seconds(15))
        #expect(verdict(&watch, after: 34.9) == nil)
        #expect(verdict(&watch, after: 35) == .timedOut)
    }

    @Test("does not end silence when libcurl has counted bytes of which no callback tells")
    func countedBytes() {
        var watch = watch()
        watch.begin(at: start)
        #expect(verdict(&watch, after: 20, total: 5) == nil)
        #expect(verdict(&watch, after: 39, total: 5) == nil)
        #expect(verdict(&watch, after: 40, total: 5) == .timedOut)
    }

    @Test(
        "ends a drip that never falls silent",
        arguments: [(99, TransportError.Kind.timedOut as TransportError.Kind?), (100, nil)]
    )
    func drip(bytes: Int, expected: TransportError.Kind?) {
        var watch = watch()
        watch.begin(at: start)
        for count in 0..<bytes { watch.note(bytes: 1, at: start + .seconds(Double(count) * 59 / 100)) }
        #expect(verdict(&watch, after: 59.9) == nil)
        #expect(verdict(&watch, after: 60) == expected)
    }

    @Test("judges every period by itself")
    func laterPeriod() {
        var watch = watch()
        watch.begin(at: start)
        watch.note(bytes: 1000, at: start + .seconds(59))
        #expect(verdict(&watch, after: 60) == nil)
        for second in 61..<120 { watch.note(bytes: 1, at: start + .seconds(second)) }
        #expect(verdict(&watch, after: 119.9) == nil)
        #expect(verdict(&watch, after: 120) == .timedOut)
    }

    @Test("does not count the time for which a transfer is held back")
    func held() {
        var watch = watch()
        watch.begin(at: start)
        watch.note(bytes: 10, at: start + .seconds(10))
        watch.hold(at: start + .seconds(10))
        #expect(verdict(&watch, after: 500) == nil)
        watch.release(at: start + .seconds(500))
        #expect(verdict(&watch, after: 519) == nil)
        watch.note(bytes: 10, at: start + .seconds(519))
        watch.note(bytes: 10, at: start + .seconds(535))
        #expect(verdict(&watch, after: 549) == nil)
        #expect(verdict(&watch, after: 550) == .timedOut)
    }

    @Test("counts time again after it was held back")
    func silenceAfterRelease() {
        var watch = watch()
        watch.begin(at: start)
        watch.hold(at: start + .seconds(5))
        watch.release(at: start + .seconds(100))
        #expect(verdict(&watch, after: 114) == nil)
        #expect(verdict(&watch, after: 115) == .timedOut)
    }

    @Test("tells when there can be a verdict")
    func deadline() {
        var watch = watch(period: .seconds(10))
        watch.begin(at: start)
        #expect(watch.deadline(from: start + .seconds(3)) == start + .seconds(10))
        watch.note(bytes: 200, at: start + .seconds(9))
        #expect(verdict(&watch, after: 10) == nil)
        #expect(watch.deadline(from: start + .seconds(10)) == start + .seconds(20))
        watch.hold(at: start + .seconds(12))
        #expect(watch.deadline(from: start + .seconds(112)) == start + .seconds(120))
    }
}
