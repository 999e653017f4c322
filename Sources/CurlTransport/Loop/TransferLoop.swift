import RecordingHost

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A thread that runs transfers, and the way to reach it.
///
/// The thread holds the worker and the inbox, never this object: dropping this object stops the thread.
final class TransferLoop: Sendable {
    private let inbox: LoopInbox

    init(options: LoopOptions) throws(TransportError) {
        let worker = try LoopWorker(options: options)
        inbox = worker.inbox
        try startThread(worker)
    }

    deinit {
        inbox.requestStop()
    }

    /// Begins a transfer, or ends the call at once when the loop has been told to stop.
    func submit(_ order: any TransferOrder) {
        guard inbox.post(.begin(order)) else {
            return order.refuse(TransportError(.transportFailed, "the transport was shut down"))
        }
    }

    /// Ends the transfer of `ticket` if there is one.
    ///
    /// A loop that is stopping ends it anyway.
    func cancel(_ ticket: TransferTicket) {
        _ = inbox.post(.cancel(ticket))
    }

    /// Stops the thread and waits until everything it held is released.
    func stop() async {
        inbox.requestStop()
        await inbox.waitUntilStopped()
    }
}

/// Gives `worker` to a new thread.
///
/// The thread is detached: its last word is ``LoopInbox/markStopped()``.
private func startThread(_ worker: sending LoopWorker) throws(TransportError) {
    let argument = unsafe Unmanaged.passRetained(worker).toOpaque()
    #if canImport(Darwin)
    var thread: pthread_t?
    #else
    var thread = pthread_t()
    #endif
    let status = unsafe pthread_create(&thread, nil, runLoop, argument)
    guard status == 0 else {
        unsafe Unmanaged<LoopWorker>.fromOpaque(argument).release()
        throw TransportError(.transportFailed, "the loop's thread cannot be started: error \(status)")
    }
    #if canImport(Darwin)
    if let thread = unsafe thread { unsafe pthread_detach(thread) }
    #else
    pthread_detach(thread)
    #endif
}

/// The thread's body. It stands at file scope so that it inherits no actor.
#if canImport(Darwin)
private let runLoop: @Sendable @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
    unsafe serve(argument)
    return nil
}
#else
private let runLoop: @Sendable @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    if let argument = unsafe argument { unsafe serve(argument) }
    return nil
}
#endif

private func serve(_ argument: UnsafeMutableRawPointer) {
    // Signals are for the program's own threads, and a TLS library may raise SIGPIPE.
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    unsafe runToEnd(argument).markStopped()
}

/// Runs the worker and lets go of it, so that all handles are freed when the inbox says that the loop has stopped.
private func runToEnd(_ argument: UnsafeMutableRawPointer) -> LoopInbox {
    let worker = unsafe Unmanaged<LoopWorker>.fromOpaque(argument).takeRetainedValue()
    worker.run()
    return worker.inbox
}
