import RecordingHost
import RecordingKit

/// A clock on which waits take as long as they do, and the time of day stands still.
///
/// What is asked for while recording must be what is asked for when the recording is played back, and that all happens at one time.
struct StandingClock: HostClock {
    let now: Timestamp
    let base: any HostClock

    var uptime: Duration { base.uptime }

    func sleep(until deadline: Duration) async throws { try await base.sleep(until: deadline) }
}
