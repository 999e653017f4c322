import PlatformSimulator
import RecordingHost
import RecordingKit
import Synchronization

/// The machine's clock, put forward so that weeks pass in minutes; waits take as long as ever.
final class ShiftedClock: HostClock {
    private let system = SystemClock()
    private let shift: Mutex<Int64>

    init(ahead seconds: Int64 = 0) { shift = Mutex(seconds) }

    /// How far it is ahead, in seconds.
    var ahead: Int64 { shift.withLock { $0 } }

    func advance(by seconds: Int64) { shift.withLock { $0 += seconds } }

    var now: Timestamp { system.now.advanced(by: .seconds(ahead)) }
    var uptime: Duration { system.uptime }

    func sleep(until deadline: Duration) async throws { try await system.sleep(until: deadline) }
}

extension SimulatorClock {
    /// Shows what a host's clock shows.
    static func following(_ clock: ShiftedClock) -> SimulatorClock {
        SimulatorClock(wallMilliseconds: {
            let now = clock.now
            return now.seconds * 1_000 + Int64(now.nanoseconds) / 1_000_000
        })
    }
}
