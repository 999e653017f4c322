package import RecordingKit
import Synchronization

/// Lets requests of one origin and credential through: so many at once, so many a second, and none while the gate is closed.
///
/// Waiting requests go in the order in which they came. Safe to use from any task; a cancelled wait ends at once.
package final class Pacer: Sendable {
    /// The right to send one request; given back with ``finish(_:_:)``.
    package struct Permit: Sendable {
        fileprivate let slot: RateLearner.Slot
    }

    /// How a request that was let through ended.
    package enum Outcome: Sendable {
        /// The server answered, and did not refuse it for there being too many.
        case answered
        /// The server refused it for there being too many; the gate closes for this long.
        case refused(wait: Duration)
        /// The server asks everyone to wait for another reason.
        case postponed(wait: Duration)
        /// There was no answer, or it was cancelled.
        case failed
    }

    private struct State {
        var learner: RateLearner
        var underWay = 0
        var allowed: Int
        var accepted = 0
        var nextWaiter = 0
        var waiters: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private let limits: ConnectorLimits
    private let clock: any HostClock
    private let onWait: @Sendable (_ from: Duration, _ until: Duration) -> Void
    private let state: Mutex<State>

    /// Makes an open pacer.
    ///
    /// - Parameters:
    ///   - limits: what the configuration and the connector allow.
    ///   - clock: measures and waits.
    ///   - onWait: told when the gate closes, with both ends on the clock's scale.
    package init(
        limits: ConnectorLimits,
        clock: any HostClock,
        onWait: @escaping @Sendable (_ from: Duration, _ until: Duration) -> Void = { _, _ in }
    ) {
        self.limits = limits
        self.clock = clock
        self.onWait = onWait
        // A few at first, so that a server which refuses is found out by a few requests and not by all of them.
        state = Mutex(
            State(
                learner: RateLearner(requestsPerSecond: limits.requestsPerSecond),
                allowed: min(limits.concurrency, 3)
            )
        )
    }

    /// Waits until one request may be sent.
    ///
    /// - Throws: `CancellationError`.
    package func acquire() async throws -> Permit {
        try await enter()
        do {
            while true {
                let slot = state.withLock { $0.learner.reserve(at: clock.uptime) }
                try await clock.sleep(until: slot.time)
                if state.withLock({ $0.learner.isValid(slot) }) { return Permit(slot: slot) }
            }
        } catch {
            leave()
            throw error
        }
    }

    /// Gives a permit back and learns from how the request ended.
    package func finish(_ permit: Permit, _ outcome: Outcome) {
        let now = clock.uptime
        state.withLock { state in
            switch outcome {
            case .answered:
                state.learner.accepted(permit.slot, at: now)
                state.accepted += 1
                if state.accepted % 10 == 0 { state.allowed = min(state.allowed + 1, limits.concurrency) }
            case .refused(let wait):
                state.learner.refused(permit.slot, at: now, wait: wait)
            case .postponed(let wait):
                state.learner.close(until: now + wait)
            case .failed:
                break
            }
        }
        switch outcome {
        case .refused(let wait), .postponed(let wait): onWait(now, now + wait)
        case .answered, .failed: break
        }
        leave()
    }

    private func enter() async throws {
        let id: Int? = state.withLock { state in
            if state.underWay < state.allowed, state.waiters.isEmpty {
                state.underWay += 1
                return nil
            }
            state.nextWaiter += 1
            return state.nextWaiter
        }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let resume: CheckedContinuation<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return continuation }
                    if state.underWay < state.allowed, state.waiters.isEmpty {
                        state.underWay += 1
                        return continuation
                    }
                    state.waiters.append((id, continuation))
                    return nil
                }
                guard let resume else { return }
                if Task.isCancelled { resume.resume(throwing: CancellationError()) } else { resume.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0).continuation }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    private func leave() {
        let next = state.withLock { state in
            state.underWay -= 1
            var next: [CheckedContinuation<Void, any Error>] = []
            while state.underWay < state.allowed, !state.waiters.isEmpty {
                state.underWay += 1
                next.append(state.waiters.removeFirst().continuation)
            }
            return next
        }
        for continuation in next { continuation.resume() }
    }
}
