import RecordingHost
import Synchronization

/// A call on its way to the loop.
///
/// Whoever takes it must resume the continuation exactly once.
struct TransferOrder: Sendable {
    let request: WireRequest
    let ticket: TransferTicket
    let continuation: CheckedContinuation<TransportResponse, any Error>
}

/// The identity of one call, and whether it was cancelled before the loop had taken it.
final class TransferTicket: Sendable {
    private let cancelled = Atomic(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    /// Must come before the command to cancel: a loop that finds nothing to cancel will find this when it is told to begin.
    func cancel() {
        cancelled.store(true, ordering: .releasing)
    }
}
