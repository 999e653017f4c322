import RecordingKit
import Synchronization

/// Refuses the answers of a source until one has shown that this machine's clock is right, or has said nothing about it.
///
/// Later answers are not asked: a platform's date that is wrong for once must not end a run that has begun well. Safe to use from
/// any task.
final class ClockGuard: Sendable {
    private let isSettled = Mutex(false)

    /// Takes an answer's fields into account.
    ///
    /// - Throws: `TapedeckError` with code `clock_wrong`.
    func check(_ headers: HTTPHeaders, sentAt: Timestamp, receivedAt: Timestamp) throws {
        guard !isSettled.withLock({ $0 }) else { return }
        switch ClockComparison(headers, sentAt: sentAt, receivedAt: receivedAt) {
        case .unknown: return
        case .right: isSettled.withLock { $0 = true }
        case .wrong(let platform):
            throw TapedeckError(
                .clockWrong,
                """
                This machine's clock shows \(receivedAt.wholeSeconds), and the platform's shows \(platform.wholeSeconds): set \
                this machine's clock right and run again. Nothing was read, because it would count for the wrong time.
                """
            )
        }
    }
}
