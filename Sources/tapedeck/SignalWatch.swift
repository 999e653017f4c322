import Dispatch
import Synchronization
import TapedeckCLI

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Turns SIGINT and SIGTERM into elements of a stream, and ends the process when it does not end by itself.
///
/// The first signal goes into the stream. A second one, or the deadline after the first, ends the process at once; that is
/// safe, because what was not committed is read again.
final class SignalWatch {
    /// How long the process may take to end by itself, a little under five seconds.
    private static let deadline = DispatchTimeInterval.milliseconds(4_500)

    /// The first signal.
    let signals: AsyncStream<StopSignal>
    private let sources: [any DispatchSourceSignal]

    /// Begins to watch; the signals' own effects are off from here on.
    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: StopSignal.self)
        signals = stream
        let queue = DispatchQueue(label: "tapedeck.signals")
        let gate = Gate()
        _ = signal(SIGPIPE, SIG_IGN)
        sources = [(SIGINT, StopSignal.interrupt), (SIGTERM, .terminate)].map { number, stopSignal in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                guard gate.enter() else { _exit(stopSignal.exitCode.rawValue) }
                continuation.yield(stopSignal)
                queue.asyncAfter(deadline: .now() + Self.deadline) { _exit(stopSignal.exitCode.rawValue) }
            }
            source.resume()
            return source
        }
    }

    /// Lets the first one through.
    private final class Gate: Sendable {
        private let isOpen = Mutex(true)

        func enter() -> Bool {
            isOpen.withLock { isOpen in
                defer { isOpen = false }
                return isOpen
            }
        }
    }
}
