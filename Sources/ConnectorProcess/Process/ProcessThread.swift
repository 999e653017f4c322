import CSpawn

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A thread for calls that block for as long as a process lives.
enum ProcessThread {
    /// Runs `body` on a new thread; false when the system has none.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let argument = unsafe Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        guard unsafe pthread_create(&thread, nil, runBody, argument) == 0 else {
            unsafe Unmanaged<ThreadBody>.fromOpaque(argument).release()
            return false
        }
        #if canImport(Darwin)
        if let thread = unsafe thread { unsafe pthread_detach(thread) }
        #else
        pthread_detach(thread)
        #endif
        return true
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

// The thread's body stands at file scope so that it inherits no actor.
#if canImport(Darwin)
private let runBody: @Sendable @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
    unsafe serve(argument)
    return nil
}
#else
private let runBody: @Sendable @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    if let argument = unsafe argument { unsafe serve(argument) }
    return nil
}
#endif

private func serve(_ argument: UnsafeMutableRawPointer) {
    // Signals are for the program's own threads; and writing to a process that is gone is an error here, not a signal.
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
}
