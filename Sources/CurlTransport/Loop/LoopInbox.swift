import RecordingHost
import Synchronization

/// What the callers tell the loop: a queue in order, and whether the loop runs.
final class LoopInbox: Sendable {
    enum Command: Sendable {
        case begin(any TransferOrder)
        case cancel(TransferTicket)
    }

    private enum Phase {
        case running
        case stopping
        case stopped
    }

    private struct State: Sendable {
        var phase = Phase.running
        var commands: [Command] = []
        /// Whether the alarm has rung for what is in the queue.
        var isSignalled = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let alarm: LoopAlarm

    init(alarm: LoopAlarm) { self.alarm = alarm }

    /// Queues `command`, or returns false when the loop has been told to stop.
    func post(_ command: Command) -> Bool {
        state.withLock { state in
            guard state.phase == .running else { return false }
            state.commands.append(command)
            if !state.isSignalled {
                state.isSignalled = true
                alarm.ring()
            }
            return true
        }
    }

    /// Tells the loop to stop.
    func requestStop() {
        state.withLock { state in
            guard state.phase == .running else { return }
            state.phase = .stopping
            alarm.ring()
        }
    }

    /// Waits until the loop has stopped.
    func waitUntilStopped() async {
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                guard state.phase != .stopped else { return true }
                state.waiters.append(continuation)
                return false
            }
            if isStopped { continuation.resume() }
        }
    }

    /// For the loop: swaps the queue for the empty `commands` and returns whether to go on.
    func take(_ commands: inout [Command]) -> Bool {
        state.withLock { state in
            swap(&state.commands, &commands)
            state.isSignalled = false
            return state.phase == .running
        }
    }

    /// For the loop: its last word.
    func markStopped() {
        let waiters = state.withLock { state in
            state.phase = .stopped
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
