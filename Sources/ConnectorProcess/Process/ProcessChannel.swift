import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the callers and the threads of one process tell each other.
///
/// Lines that came and were not asked for yet wait here; when there are many, the process's thread reads no more for a while.
/// They also wait until the process has taken all that was sent to it, so that one that asks and never reads is answered no more.
final class ProcessChannel: Sendable {
    /// What the process's thread is to do.
    struct Orders {
        var lines: [[UInt8]] = []
        var isEnding = false
        var hasExited = false
    }

    private struct State {
        var orders = Orders()
        var received: [[UInt8]] = []
        var receivedBytes = 0
        /// Whether something that was sent is not written out.
        var hasUnwritten = false
        var receiver: CheckedContinuation<[UInt8], any Error>?
        /// Why it is being ended, once it is.
        var end: ProcessEnd?
        var exit: ProcessExit?
        /// Whether nothing more comes and the descriptors are closed.
        var isOver = false
        /// Whether its number may belong to another process by now.
        var isReaped = false
        var exitWaiters: [CheckedContinuation<Void, Never>] = []
    }

    /// How much may wait before nothing more is read: more than a connector that awaits its turn ever sends.
    private static let waitingLines = 64
    private static let waitingBytes = 256 << 10

    let processID: pid_t
    let wake: WakePipe
    private let state = Mutex(State())

    init(processID: pid_t, wake: WakePipe) {
        self.processID = processID
        self.wake = wake
    }

    // MARK: - For callers

    /// Whether the process is gone.
    var isGone: Bool { state.withLock { $0.isOver } }

    /// Whether it can be given another call: it lives, and said nothing since the last one.
    var isReady: Bool { state.withLock { $0.end == nil && $0.exit == nil && !$0.isOver && $0.received.isEmpty } }

    /// Queues a line for the process; nothing happens when it is gone, which ``receive()`` then tells.
    func send(_ line: [UInt8]) {
        state.withLock { state in
            guard state.end == nil, !state.isOver else { return }
            state.orders.lines.append(line)
            state.hasUnwritten = true
            wake.signal()
        }
    }

    /// The next line of the process, without its line feed; called by one task at a time.
    ///
    /// - Throws: ``ProcessEnd`` when none comes any more; `CancellationError` as soon as the task is cancelled.
    func receive() async throws -> [UInt8] {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<[UInt8], any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if !state.received.isEmpty, !state.hasUnwritten { return .success(takeLine(&state)) }
                    if state.isOver { return .failure(state.end ?? .ended) }
                    state.receiver = continuation
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            takeReceiver()?.resume(throwing: CancellationError())
        }
    }

    /// Ends the process: it gets `lastWord`, if there is room for it, and the end of its input, and is killed when it does not
    /// end within the grace.
    func end(_ reason: ProcessEnd, saying lastWord: [UInt8]? = nil) {
        state.withLock { state in
            guard state.end == nil, !state.isOver else { return }
            if let lastWord { state.orders.lines.append(lastWord) }
            state.end = reason
            state.orders.isEnding = true
            wake.signal()
        }
    }

    /// Waits until the process is gone, its group with it, and its status collected.
    func waitUntilGone() async {
        await withCheckedContinuation { continuation in
            let isGone = state.withLock { state in
                guard !state.isOver else { return true }
                state.exitWaiters.append(continuation)
                return false
            }
            if isGone { continuation.resume() }
        }
    }

    // MARK: - For the threads

    /// Takes what there is to do.
    func takeOrders() -> Orders {
        wake.clear()
        return state.withLock { state in
            var orders = Orders(isEnding: state.orders.isEnding, hasExited: state.orders.hasExited)
            swap(&orders.lines, &state.orders.lines)
            return orders
        }
    }

    /// Says that all lines that were taken are written out.
    func noteWritten() {
        let (receiver, line) = state.withLock { state -> (CheckedContinuation<[UInt8], any Error>?, [UInt8]) in
            state.hasUnwritten = !state.orders.lines.isEmpty
            guard !state.hasUnwritten, !state.received.isEmpty, let receiver = state.receiver else { return (nil, []) }
            state.receiver = nil
            return (receiver, takeLine(&state))
        }
        receiver?.resume(returning: line)
    }

    /// Whether so much waits that nothing more should be read.
    var isFull: Bool { state.withLock { Self.isFull($0) } }

    /// Hands over a line that came.
    func deliver(_ line: [UInt8]) {
        let receiver = state.withLock { state -> CheckedContinuation<[UInt8], any Error>? in
            guard state.end == nil || state.exit != nil else { return nil }
            if !state.hasUnwritten, let receiver = state.receiver {
                state.receiver = nil
                return receiver
            }
            state.received.append(line)
            state.receivedBytes += line.count
            return nil
        }
        receiver?.resume(returning: line)
    }

    /// Kills the process and its group, unless it is gone.
    func kill() {
        state.withLock { state in
            guard !state.isReaped else { return }
            killAll()
        }
    }

    /// Waits for the process to exit, ends what is left of its group, and collects its status; blocks.
    func reap() {
        var info = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        // As long as its status is not collected, its number belongs to nobody else.
        let exit = state.withLock { state -> ProcessExit in
            killAll()
            var status: Int32 = 0
            var collected = unsafe waitpid(processID, &status, 0)
            while collected == -1, errno == EINTR { collected = unsafe waitpid(processID, &status, 0) }
            state.isReaped = true
            guard collected == processID else { return .unknown }
            return status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
        }
        state.withLock { state in
            state.exit = exit
            state.orders.hasExited = true
            wake.signal()
        }
    }

    /// Says that nothing more comes and that nothing is open any more.
    ///
    /// - Parameter wasKilled: whether it did not end by itself.
    func close(wasKilled: Bool) {
        let (receiver, end, waiters) = state.withLock { state in
            state.isOver = true
            // Whoever dies closes everything: that it died says more.
            if state.end == nil || state.end == .closedOutput && !wasKilled {
                state.end = .exited(state.exit ?? .unknown)
            }
            defer {
                state.receiver = nil
                state.exitWaiters = []
            }
            return (state.receiver, state.end ?? .ended, state.exitWaiters)
        }
        receiver?.resume(throwing: end)
        for waiter in waiters { waiter.resume() }
    }

    private static func isFull(_ state: State) -> Bool {
        state.received.count >= waitingLines || state.receivedBytes >= waitingBytes
    }

    private func takeLine(_ state: inout State) -> [UInt8] {
        let wasFull = Self.isFull(state)
        let line = state.received.removeFirst()
        state.receivedBytes -= line.count
        if wasFull, !Self.isFull(state) { wake.signal() }
        return line
    }

    private func takeReceiver() -> CheckedContinuation<[UInt8], any Error>? {
        state.withLock { state in
            defer { state.receiver = nil }
            return state.receiver
        }
    }

    /// Kills the group that it was started in, and itself, because it may have moved to another: that one is left alone, since it may
    /// be this program's own.
    private func killAll() {
        for target in [-processID, processID] {
            #if canImport(Glibc)
            _ = Glibc.kill(target, SIGKILL)
            #elseif canImport(Musl)
            _ = Musl.kill(target, SIGKILL)
            #else
            _ = Darwin.kill(target, SIGKILL)
            #endif
        }
    }
}
