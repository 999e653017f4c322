public import RecordingHost
public import RecordingKit
import Synchronization

/// A clock that a test moves: hours of waiting take no time.
///
/// An automatic clock jumps to the end of every sleep at once. A manual clock moves only with ``advance(by:)``; wait with
/// ``waitForSleepers(_:)`` until the code under test sleeps, then move it. May be used from any task.
public final class ManualClock: HostClock {
    fileprivate struct Sleeper {
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    fileprivate struct Watcher {
        let count: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    fileprivate struct State {
        var now: Timestamp
        var uptime = Duration.zero
        var slept: [Duration] = []
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Int: Watcher] = [:]
        var cancelled: Set<Int> = []
        var lastID = 0
    }

    private let isAutomatic: Bool
    private let state: Mutex<State>

    private init(now: Timestamp, isAutomatic: Bool) {
        self.isAutomatic = isAutomatic
        state = Mutex(State(now: now))
    }

    /// A clock that jumps to the end of every sleep.
    public static func automatic(at now: Timestamp) -> ManualClock { ManualClock(now: now, isAutomatic: true) }

    /// A clock that stands still until it is moved.
    public static func manual(at now: Timestamp) -> ManualClock { ManualClock(now: now, isAutomatic: false) }

    /// The wall-clock time; moves with ``uptime``.
    public var now: Timestamp { state.withLock { $0.now } }

    /// The time since the clock was made.
    public var uptime: Duration { state.withLock { $0.uptime } }

    /// How long each sleep was asked to last, in the order in which they began; those already over are left out.
    public var sleeps: [Duration] { state.withLock { $0.slept } }

    /// How many sleeps are under way; always 0 for an automatic clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// When the next sleep ends, or nil when nobody sleeps.
    public var nextDeadline: Duration? {
        state.withLock { $0.sleepers.values.map(\.deadline).min() }
    }

    /// Sleeps as ``HostClock/sleep(until:)`` says, in the clock's own time.
    public func sleep(until deadline: Duration) async throws {
        try Task.checkCancellation()
        let isOver = state.withLock { state in
            guard deadline > state.uptime else { return true }
            state.slept.append(deadline - state.uptime)
            if isAutomatic { state.advance(by: deadline - state.uptime) }
            return isAutomatic
        }
        if isOver { return await Task.yield() }
        try await suspend { state, id, continuation in
            guard deadline > state.uptime else { return [continuation] }
            state.sleepers[id] = Sleeper(deadline: deadline, continuation: continuation)
            return state.takeWatchers()
        }
    }

    /// Suspends until at least `count` sleeps are under way.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func waitForSleepers(_ count: Int = 1) async throws {
        try await suspend { state, id, continuation in
            guard state.sleepers.count < count else { return [continuation] }
            state.watchers[id] = Watcher(count: count, continuation: continuation)
            return []
        }
    }

    /// Moves both times forward and ends the sleeps that are over by then, the earliest first.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.advance(by: duration)
            let ids = state.sleepers.filter { $0.value.deadline <= state.uptime }
                .sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
                .map(\.key)
            return ids.compactMap { state.sleepers.removeValue(forKey: $0)?.continuation }
        }
        for continuation in woken { continuation.resume() }
    }

    /// Sets the wall clock alone, as when a person or a time server does.
    public func setWallClock(to now: Timestamp) { state.withLock { $0.now = now } }

    /// Suspends until `register`'s continuation is resumed; `register` returns those that can be resumed at once.
    private func suspend(
        _ register:
            @Sendable (inout State, Int, CheckedContinuation<Void, any Error>) -> [CheckedContinuation<
                Void, any Error
            >]
    ) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let ready: [CheckedContinuation<Void, any Error>]? = state.withLock { state in
                    state.cancelled.remove(id) == nil ? register(&state, id, continuation) : nil
                }
                guard let ready else { return continuation.resume(throwing: CancellationError()) }
                for continuation in ready { continuation.resume() }
            }
        } onCancel: {
            let waiting: CheckedContinuation<Void, any Error>? = state.withLock { state in
                if let sleeper = state.sleepers.removeValue(forKey: id) { return sleeper.continuation }
                if let watcher = state.watchers.removeValue(forKey: id) { return watcher.continuation }
                state.cancelled.insert(id)
                return nil
            }
            waiting?.resume(throwing: CancellationError())
        }
    }
}

extension ManualClock.State {
    fileprivate mutating func advance(by duration: Duration) {
        now = now.advanced(by: duration)
        uptime += duration
    }

    /// Removes the watchers that have waited for this many sleepers.
    fileprivate mutating func takeWatchers() -> [CheckedContinuation<Void, any Error>] {
        let ids = watchers.filter { $0.value.count <= sleepers.count }.keys.sorted()
        return ids.compactMap { watchers.removeValue(forKey: $0)?.continuation }
    }
}
