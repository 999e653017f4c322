#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a process took of the machine.
struct ProcessUsage: Sendable, Hashable {
    /// Time of all processors, in the program and in the system for it.
    var cpuSeconds: Double
    /// The most memory that it held at once.
    var peakBytes: Int

    /// This process, from its start until now.
    static func ofThisProcess() -> ProcessUsage {
        var usage = rusage()
        // RUSAGE_SELF, which is of another type in each C library.
        _ = unsafe getrusage(0, &usage)
        return ProcessUsage(usage)
    }
}

extension ProcessUsage {
    init(_ usage: rusage) {
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        #if canImport(Darwin)
        let unit = 1
        #else
        let unit = 1_024
        #endif
        self.init(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakBytes: Int(usage.ru_maxrss) * unit
        )
    }
}
