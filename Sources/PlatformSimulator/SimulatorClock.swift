#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the simulator reads the time.
package struct SimulatorClock: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package var wallMilliseconds: @Sendable () -> Int64
    /// Nanoseconds on a clock that never goes back, for rate limits and running `Retry-After` intervals.
    package var monotonicNanoseconds: @Sendable () -> Int64

    package init(
        wallMilliseconds: @escaping @Sendable () -> Int64,
        monotonicNanoseconds: @escaping @Sendable () -> Int64 = { SimulatorClock.read(CLOCK_MONOTONIC) }
    ) {
        self.wallMilliseconds = wallMilliseconds
        self.monotonicNanoseconds = monotonicNanoseconds
    }

    /// The clocks of the operating system.
    package static let system = SimulatorClock { SimulatorClock.read(CLOCK_REALTIME) / 1_000_000 }

    /// A wall clock that stands still; the monotonic clock runs.
    package static func fixed(unixSeconds: Int64) -> SimulatorClock {
        SimulatorClock { unixSeconds * 1000 }
    }

    var wallSeconds: Int64 { CivilTime.floorDivide(wallMilliseconds(), 1000) }

    private static func read(_ identifier: clockid_t) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(identifier, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
