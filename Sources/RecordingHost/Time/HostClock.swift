public import RecordingKit

/// Where the host gets the time from and how it waits: the seam that lets tests run hours of back-off in a millisecond.
public protocol HostClock: Sendable {
    /// The wall-clock time, which may jump.
    var now: Timestamp { get }

    /// The time since some fixed moment; never goes back. Waits are measured with it.
    var uptime: Duration { get }

    /// Suspends until `deadline` on the ``uptime`` scale; returns at once when that has passed.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(until deadline: Duration) async throws
}

/// The machine's own clocks.
public struct SystemClock: HostClock {
    private let start = ContinuousClock.now

    /// Reads the machine's clocks; ``uptime`` counts from here.
    public init() {}

    /// The machine's wall-clock time to the millisecond.
    public var now: Timestamp { WallClock.now }

    /// The time since the clock was made, from the machine's continuous clock.
    public var uptime: Duration { start.duration(to: .now) }

    /// Suspends the task on the machine's continuous clock.
    public func sleep(until deadline: Duration) async throws {
        try await ContinuousClock().sleep(until: start.advanced(by: deadline), tolerance: .zero)
    }
}
