package import RecordingKit
import Synchronization

/// Lets requests of one origin and credential through: so many at once, so many a second, and none while the gate is closed.
///
/// Requests go in the order in which they came: the first in the queue waits for a free place and for its moment, the others
/// wait for it, so that a rate that changed holds from the next request on. Safe to use from any task; a cancelled wait ends at
/// once and gives back its place.
package final class Pacer: Sendable {
    /// The right to send one request; given back once with ``finish(_:_:)``.
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
        let ramp: ConcurrencyRamp
        var underWay = 0
        var accepted = 0
        /// Whether a request that has its place still waits for its moment.
        var isTurnTaken = false
        var nextWaiter = 0
        var waiters: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []

        /// Takes the turn and a place when both are free.
        mutating func takeTurn() -> Bool {
            guard !isTurnTaken, underWay < ramp.limit(afterAccepting: accepted) else { return false }
            isTurnTaken = true
            underWay += 1
            return true
        }

        /// Takes the turn for the first in the queue, if it can be had.
        mutating func nextTurn() -> CheckedContinuation<Void, any Error>? {
            guard !waiters.isEmpty, takeTurn() else { return nil }
            return waiters.removeFirst().continuation
        }
    }

    /// What became of an attempt to enter the queue.
    private enum Entry {
        case granted
        case queued
        case cancelled
    }

    private let clock: any HostClock
    private let onWait: @Sendable (_ from: Duration, _ until: Duration) -> Void
    private let state: Mutex<State>

    /// Makes an open pacer.
    ///
    /// - Parameters:
    ///   - limits: what the configuration and the connector allow.
    ///   - clock: measures and waits.
    ///   - onWait: told by how much the gate's closing grew, with both ends on the clock's scale. The spans never overlap, so
    ///     their sum is the time for which the gate was closed, however many requests were refused meanwhile.
    package init(
        limits: ConnectorLimits,
        clock: any HostClock,
        onWait: @escaping @Sendable (_ from: Duration, _ until: Duration) -> Void = { _, _ in }
    ) {
        self.clock = clock
        self.onWait = onWait
        state = Mutex(
            State(
                learner: RateLearner(requestsPerSecond: limits.requestsPerSecond),
                ramp: ConcurrencyRamp(ceiling: limits.concurrency)
            )
        )
    }

    /// Requests a second that are sent now at most, or nil while nothing limits them.
    package var currentRate: Double? { state.withLock(\.learner.currentRate) }

    /// Waits until one request may be sent.
    ///
    /// - Throws: `CancellationError`.
    package func acquire() async throws -> Permit {
        try await takeTurn()
        var latest: RateLearner.Slot?
        do {
            while true {
                try Task.checkCancellation()
                let now = clock.uptime
                let slot = state.withLock { $0.learner.reserve(at: now) }
                latest = slot
                if slot.time > now { try await clock.sleep(until: slot.time) }
                let departure = slot.time > now ? clock.uptime : now
                if let used = state.withLock({ $0.learner.depart(slot, at: departure) }) {
                    endTurn { _ in }
                    return Permit(slot: used)
                }
            }
        } catch {
            endTurn { state in
                if let latest { state.learner.giveBack(latest) }
                state.underWay -= 1
            }
            throw error
        }
    }

    /// Gives a permit back and learns from how the request ended.
    package func finish(_ permit: Permit, _ outcome: Outcome) {
        let now = clock.uptime
        closingGate(at: now) { state in
            state.underWay -= 1
            switch outcome {
            case .answered:
                state.accepted += 1
                state.learner.accepted(permit.slot, at: now)
            case .refused(let wait):
                state.learner.refused(permit.slot, at: now, wait: wait)
            case .postponed(let wait):
                state.learner.close(until: now + wait)
            case .failed:
                break
            }
        }
    }

    /// Closes the gate for everyone, for a server that says so without refusing (``RateHeaders``).
    package func close(for wait: Duration) {
        let now = clock.uptime
        closingGate(at: now) { $0.learner.close(until: now + wait) }
    }

    /// Changes the state, reports by how much the gate's closing grew, and lets the next one go where that is possible now.
    private func closingGate(at now: Duration, _ change: (inout State) -> Void) {
        let (from, until, next) = state.withLock { state in
            let before = state.learner.closedUntil
            change(&state)
            return (max(now, before), state.learner.closedUntil, state.nextTurn())
        }
        next?.resume()
        if until > from { onWait(from, until) }
    }

    private func endTurn(_ change: (inout State) -> Void) {
        let next = state.withLock { state in
            change(&state)
            state.isTurnTaken = false
            return state.nextTurn()
        }
        next?.resume()
    }

    private func takeTurn() async throws {
        let id: Int? = state.withLock { state in
            if state.waiters.isEmpty, state.takeTurn() { return nil }
            state.nextWaiter += 1
            return state.nextWaiter
        }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // Cancellation is looked for under the lock: the handler below takes it too, so it finds either a waiter to
                // remove or a task that has not entered the queue and will not.
                let entry = state.withLock { state -> Entry in
                    if Task.isCancelled { return .cancelled }
                    if state.waiters.isEmpty, state.takeTurn() { return .granted }
                    state.waiters.append((id, continuation))
                    return .queued
                }
                switch entry {
                case .granted: continuation.resume()
                case .cancelled: continuation.resume(throwing: CancellationError())
                case .queued: break
                }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0).continuation }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
