import CSpawn

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Rouses a thread that waits in `poll`.
///
/// It owns both ends, so that a signal to a thread that is gone goes nowhere and raises nothing.
final class WakePipe: Sendable {
    /// The end to poll.
    let reading: Int32
    private let writing: Int32

    /// Opens the pipe; nil when the program has too many files open.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe csp_pipe(&ends) == 0 else { return nil }
        reading = ends[0]
        writing = ends[1]
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Rouses the thread, now or when it waits next.
    func signal() {
        var byte: UInt8 = 1
        _ = unsafe write(writing, &byte, 1)
    }

    /// Forgets the signals so far.
    func clear() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while unsafe withUnsafeMutableBytes(of: &bytes, { unsafe read(reading, $0.baseAddress, $0.count) }) > 0 {}
    }
}
