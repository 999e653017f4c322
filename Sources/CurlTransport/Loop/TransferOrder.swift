import Synchronization

/// A request on its way to the loop.
///
/// Whoever takes it must answer its caller exactly once: by refusing it, or through the exchange that it makes.
protocol TransferOrder: Sendable {
    var request: WireRequest { get }
    var ticket: TransferTicket { get }

    func makeExchange() -> any Exchange
    func refuse(_ error: any Error)
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
