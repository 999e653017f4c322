import RecordingHost

/// Runs a program to its end and watches what it takes.
struct ProcessWatch: Sendable {
    /// What came of a program.
    struct Outcome: Sendable, Hashable {
        var status: Int32
        var wallSeconds: Double
        var cpuSeconds: Double
        var peakBytes: Int?
        /// When the watched file was no longer empty.
        var firstBytesSeconds: Double?
    }

    let clock: any HostClock

    /// Runs a program; ends it when the task is cancelled.
    ///
    /// - Parameter file: a file of which the first bytes are waited for, besides.
    func run(_ launch: ChildProcess.Launch, watching file: String? = nil) async throws -> Outcome {
        // The system counts the memory of whoever starts a program as that of the program.
        let inherited = ProcessUsage.ofThisProcess().peakBytes
        let start = clock.uptime
        let process = try ChildProcess(launch)
        var firstBytes: Duration?
        var sampledPeak: Int?
        do {
            while true {
                let end = process.ended()
                let elapsed = clock.uptime - start
                if firstBytes == nil, let file, (try? FileStatus.of(file))?.size ?? 0 > 0 { firstBytes = elapsed }
                if let end {
                    return Outcome(
                        status: end.status,
                        wallSeconds: elapsed.inSeconds,
                        cpuSeconds: end.usage.cpuSeconds,
                        peakBytes: end.usage.peakBytes > inherited ? end.usage.peakBytes : sampledPeak,
                        firstBytesSeconds: firstBytes?.inSeconds
                    )
                }
                sampledPeak = process.peakBytes ?? sampledPeak
                try await clock.sleep(until: start + elapsed + Self.pause(after: elapsed))
            }
        } catch {
            process.kill()
            throw error
        }
    }

    /// How long to look away: so short that it matters little next to what has passed, and no shorter.
    static func pause(after elapsed: Duration) -> Duration {
        min(max(elapsed / 200, .microseconds(500)), .milliseconds(10))
    }
}
