import RecordingKit
import Synchronization

/// Remembers that the platform asked for a longer wait than is allowed.
///
/// Requests that wait meanwhile are then not sent, and do not wait for that long either. Safe to use from any task.
final class LongWait: Sendable {
    private let until = Mutex<Timestamp?>(nil)

    /// Notes when the platform may be asked again; the latest time counts.
    func note(until time: Timestamp) {
        until.withLock { $0 = max($0 ?? time, time) }
    }

    /// The time that was noted last, or nil when everything may be sent.
    var end: Timestamp? { until.withLock { $0 } }
}
