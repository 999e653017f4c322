import PluginProtocol

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads and writes the descriptors of one process, on a thread of its own.
final class ProcessWorker {
    private let channel: ProcessChannel
    private var input: Int32?
    private var output: Int32?
    private var diagnostics: Int32?
    private let grace: Int32
    private let report: @Sendable (ArraySlice<UInt8>) -> Void
    private var splitter: LineSplitter
    private var tail: DiagnosticTail
    private var unsent: [[UInt8]] = []
    /// How much of the first unsent line was sent.
    private var sent = 0
    /// Whether something could not be sent because nobody can read it any more.
    private var isUnread = false
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)
    private var wasKilled = false
    /// Whether it did not even end when it was killed, as one in the midst of a call to a device does not.
    private var isGivenUp = false
    private var hasExited = false

    /// How long one that was killed is waited for, in milliseconds.
    private static let patienceAfterKill: Int32 = 5_000

    /// Takes over the descriptors of a process; `report` is told at its end what it wrote for people.
    init(
        _ started: ProcessSpawn.Started,
        channel: ProcessChannel,
        limits: ProcessLimits,
        report: @escaping @Sendable (ArraySlice<UInt8>) -> Void
    ) {
        self.channel = channel
        input = started.input
        output = started.output
        diagnostics = started.diagnostics
        let (seconds, attoseconds) = limits.grace.components
        grace = Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
        splitter = LineSplitter(longestLine: min(limits.longestLine, 64 << 20))
        tail = DiagnosticTail(limit: limits.diagnosticBytes)
        self.report = report
    }

    deinit { closeAll() }

    /// Runs until the process is gone.
    func run() {
        while true {
            let orders = channel.takeOrders()
            unsent += orders.lines
            hasExited = orders.hasExited
            if hasExited || isGivenUp { break }
            flush()
            if unsent.isEmpty, !isUnread { channel.noteWritten() }
            if orders.isEnding {
                closeAll()
                awaitEnd()
            } else {
                awaitDescriptors()
            }
        }
        // What it said before it ended still counts.
        readOutput()
        readDiagnostics()
        closeAll()
        if !tail.kept.isEmpty { report(tail.kept) }
        channel.close(wasKilled: wasKilled)
    }

    /// Waits for the process to end by itself, as long as it may take, and then kills it; gives it up when that does not help.
    private func awaitEnd() {
        var wakeUp = pollfd(fd: channel.wake.reading, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&wakeUp, 1, wasKilled ? Self.patienceAfterKill : max(0, grace)) == 0 else { return }
        isGivenUp = wasKilled
        wasKilled = true
        channel.kill()
    }

    private func awaitDescriptors() {
        var polled = [pollfd(fd: channel.wake.reading, events: Int16(POLLIN), revents: 0)]
        polled.append(pollfd(fd: channel.isFull ? -1 : output ?? -1, events: Int16(POLLIN), revents: 0))
        polled.append(pollfd(fd: diagnostics ?? -1, events: Int16(POLLIN), revents: 0))
        polled.append(pollfd(fd: unsent.isEmpty ? -1 : input ?? -1, events: Int16(POLLOUT), revents: 0))
        let count = nfds_t(polled.count)
        guard unsafe poll(&polled, count, -1) > 0 else { return }
        if polled[1].revents != 0 { readOutput() }
        if polled[2].revents != 0 { readDiagnostics() }
    }

    /// Sends as much as there is room for.
    private func flush() {
        while let line = unsent.first, let input {
            let from = sent
            let count = unsafe line.withUnsafeBytes { bytes in
                unsafe write(input, bytes.baseAddress?.advanced(by: from), bytes.count - from)
            }
            guard count >= 0 else {
                if errno == EINTR { continue }
                // It reads no more; what that means, its output or its exit tells.
                if errno != EAGAIN {
                    unsent = []
                    isUnread = true
                }
                return
            }
            sent += count
            if sent == line.count {
                sent = 0
                unsent.removeFirst()
            }
        }
    }

    private func readOutput() {
        while let output {
            let count = fill(from: output)
            guard count > 0 else {
                if count < 0 && errno == EINTR { continue }
                if count < 0 && errno == EAGAIN { return }
                close(output)
                self.output = nil
                return channel.end(.closedOutput)
            }
            do {
                try splitter.take(buffer[..<count]) { channel.deliver($0) }
            } catch {
                close(output)
                self.output = nil
                return channel.end(.lineTooLong)
            }
            // What else came is read when this was taken; what a process said before it exited is read to its end.
            if count < buffer.count || channel.isFull && !hasExited { return }
        }
    }

    private func readDiagnostics() {
        guard let diagnostics else { return }
        let count = fill(from: diagnostics)
        if count > 0 {
            tail.take(buffer[..<count])
        } else if count == 0 || errno != EAGAIN && errno != EINTR {
            close(diagnostics)
            self.diagnostics = nil
        }
    }

    private func fill(from descriptor: Int32) -> Int {
        unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
    }

    private func closeAll() {
        for case let descriptor? in [input, output, diagnostics] { close(descriptor) }
        input = nil
        output = nil
        diagnostics = nil
    }
}
