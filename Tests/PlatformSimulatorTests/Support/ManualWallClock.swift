import PlatformSimulator
import Synchronization

/// Clocks that move when the test says so.
final class ManualWallClock: Sendable {
    private let milliseconds: Mutex<Int64>
    private let start: Int64

    init(seconds: Int64) {
        milliseconds = Mutex(seconds * 1000)
        start = seconds * 1000
    }

    func advance(seconds: Double) {
        milliseconds.withLock { $0 += Int64(seconds * 1000) }
    }

    var simulatorClock: SimulatorClock {
        SimulatorClock(
            wallMilliseconds: { self.milliseconds.withLock { $0 } },
            monotonicNanoseconds: { self.milliseconds.withLock { ($0 - self.start) * 1_000_000 } }
        )
    }
}
