import RecordingHost
import Synchronization

/// Ends a process that says nothing while the host waits for a word of it.
final class SilenceWatch: Sendable {
    private let channel: ProcessChannel
    private let limit: Duration
    private let clock: any HostClock
    /// Since when the host waits; nil while the host itself is at work.
    private let waitingSince: Mutex<Duration?>

    init(_ channel: ProcessChannel, limit: Duration, clock: any HostClock) {
        self.channel = channel
        self.limit = limit
        self.clock = clock
        waitingSince = Mutex(clock.uptime)
    }

    /// Does `body`, and watches meanwhile.
    func guarding<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.run() }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Receives a line; the time until it comes counts, and no other.
    func receive() async throws -> [UInt8] {
        waitingSince.withLock { $0 = clock.uptime }
        defer { waitingSince.withLock { $0 = nil } }
        return try await channel.receive()
    }

    private func run() async {
        while true {
            // In this order, so that no wait seems longer than it is.
            let now = clock.uptime
            let since = waitingSince.withLock { $0 }
            if let since, now >= since + limit { return channel.end(.silent) }
            guard (try? await clock.sleep(until: (since ?? now) + limit)) != nil else { return }
        }
    }
}
