import RecordingKit
import Synchronization

/// Counts what happens to one source while it is read, and tells whoever wants to know.
///
/// Safe to use from any task.
final class SourceMonitor: Sendable {
    private struct State {
        var counts = SourceCounts()
        var pages = 0
        var heldBackUntil: Duration = .zero
        var waitingUntil: Timestamp?
        var hasSucceeded = false
        var state: SourceState?
    }

    private let source: String
    private let clock: any HostClock
    private let onProgress: @Sendable (SourceProgress) -> Void
    private let state = Mutex(State())

    init(source: String, clock: any HostClock, onProgress: @escaping @Sendable (SourceProgress) -> Void) {
        self.source = source
        self.clock = clock
        self.onProgress = onProgress
    }

    /// What was counted so far.
    var counts: SourceCounts { state.withLock { $0.counts } }

    /// Whether any page was taken over in this run.
    var hasSucceeded: Bool { state.withLock { $0.hasSucceeded } }

    /// Counts a request that is about to be sent.
    func sent(isRepeated: Bool, auditCost: Int = 0) {
        state.withLock { state in
            state.counts.requests += 1
            state.counts.auditReads += auditCost
            if isRepeated { state.counts.retries += 1 }
        }
    }

    /// Counts an answer that asks for fewer requests.
    func refused() {
        state.withLock { $0.counts.rateLimited += 1 }
    }

    /// Counts a wait; stretches that overlap count once.
    func waits(from start: Duration, until end: Duration) {
        let until = clock.now.advanced(by: end - clock.uptime)
        state.withLock { state in
            state.counts.waited += max(.zero, end - max(start, state.heldBackUntil))
            state.heldBackUntil = max(state.heldBackUntil, end)
            state.waitingUntil = until
        }
        report()
    }

    /// Counts a page that was taken over.
    func tookPage(_ change: (inout SourceCounts) -> Void) {
        let now = clock.uptime
        state.withLock { state in
            state.pages += 1
            state.hasSucceeded = true
            if state.heldBackUntil <= now { state.waitingUntil = nil }
            change(&state.counts)
        }
        report()
    }

    /// Changes the counts without that being a page.
    func count(_ change: (inout SourceCounts) -> Void) {
        state.withLock { change(&$0.counts) }
    }

    /// Tells how the source ended.
    func ended(_ outcome: SourceState) {
        state.withLock { state in
            state.state = outcome
            state.waitingUntil = nil
        }
        report()
    }

    private func report() {
        onProgress(
            state.withLock { state in
                SourceProgress(
                    source: source,
                    pages: state.pages,
                    counts: state.counts,
                    waitingUntil: state.waitingUntil,
                    state: state.state
                )
            }
        )
    }
}
