#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One operating system thread that runs a closure once and must be joined.
///
/// The identifier is written once, before the value is shared, and `pthread_join` is the only later use, so the type needs no lock
/// although a pthread identifier is a pointer on some systems.
struct WorkerThread: @unchecked Sendable {
    private let identifier: pthread_t

    /// - Throws: `SimulatorError.thread` when the system has no thread to give.
    init(_ body: @escaping @Sendable () -> Void) throws(SimulatorError) {
        let box = unsafe Unmanaged.passRetained(ThreadBody(body))
        #if canImport(Glibc)
        var created = pthread_t()
        let code = unsafe pthread_create(&created, nil, threadMain, box.toOpaque())
        guard code == 0 else {
            unsafe box.release()
            throw .thread(code: code)
        }
        identifier = created
        #else
        var created: pthread_t?
        let code = unsafe pthread_create(&created, nil, threadMain, box.toOpaque())
        guard code == 0, let created = unsafe created else {
            unsafe box.release()
            throw .thread(code: code)
        }
        unsafe identifier = created
        #endif
    }

    func join() {
        #if canImport(Glibc)
        _ = pthread_join(identifier, nil)
        #else
        _ = unsafe pthread_join(identifier, nil)
        #endif
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

#if canImport(Glibc)
private let threadMain: @Sendable @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument = unsafe argument else { return nil }
    unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
#else
private let threadMain: @Sendable @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
    unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
#endif
