import Foundation

/// A process that runs to its end while its memory and descriptors are watched.
struct WatchedProcess {
    let executable: URL
    let folder: URL
    var environment: [String: String] = [:]

    /// A signal that is sent at some moment.
    struct Signal: Sendable {
        var number: Int32
        var after: Duration
    }

    /// How it ended, and what it had needed.
    struct Result: Sendable {
        var exitCode: Int32?
        /// The signal that ended it.
        var signal: Int32?
        var standardOutput = ""
        var standardError = ""
        var length = Duration.zero
        /// The signals that were sent before it ended, with how long it went on after the first.
        var sent: [Int32] = []
        var lengthAfterSignal = Duration.zero
        /// In kilobytes.
        var peakMemory = 0
        var peakDescriptors = 0

        var text: String { standardOutput + standardError }
    }

    /// Runs it.
    ///
    /// - Parameters:
    ///   - signal: sent if it still runs then.
    ///   - patience: after this long it is asked to end, and ten seconds later it is killed.
    func run(_ arguments: [String], signal: Signal? = nil, patience: Duration = .seconds(60)) async throws -> Result {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = try Output(in: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output.standardOutput
        process.standardError = output.standardError
        var signals = [
            Signal(number: SIGTERM, after: patience), Signal(number: SIGKILL, after: patience + .seconds(10)),
        ]
        if let signal { signals.insert(signal, at: 0) }
        var result = Result()
        let start = ContinuousClock.now
        var signalled: ContinuousClock.Instant?
        try Self.start(process)
        let probe = ProcessProbe(identifier: process.processIdentifier)
        while process.isRunning {
            if let next = signals.first, start.duration(to: .now) >= next.after {
                _ = kill(process.processIdentifier, next.number)
                result.sent.append(next.number)
                signalled = signalled ?? .now
                signals.removeFirst()
            }
            if let sample = probe.sample() {
                result.peakMemory = max(result.peakMemory, sample.peakMemory)
                result.peakDescriptors = max(result.peakDescriptors, sample.descriptors)
            }
            let rest = signals.first.map { $0.after - start.duration(to: .now) } ?? .milliseconds(20)
            try await Task.sleep(for: min(.milliseconds(20), max(.milliseconds(1), rest)))
        }
        result.length = start.duration(to: .now)
        result.lengthAfterSignal = signalled.map { $0.duration(to: .now) } ?? .zero
        let wasSignalled = process.terminationReason == .uncaughtSignal
        result.exitCode = wasSignalled ? nil : process.terminationStatus
        result.signal = wasSignalled ? process.terminationStatus : nil
        (result.standardOutput, result.standardError) = try output.read()
        return result
    }

    /// Starts it as a shell does: threads of a pool block signals, and a process inherits that from its thread.
    private static func start(_ process: Process) throws {
        var (none, before) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    /// Where the output is kept meanwhile.
    private struct Output {
        let files: [URL]
        let standardOutput: FileHandle
        let standardError: FileHandle

        init(in folder: URL) throws {
            files = ["stdout", "stderr"].map { folder.appending(path: $0) }
            for file in files { try Data().write(to: file) }
            standardOutput = try FileHandle(forWritingTo: files[0])
            standardError = try FileHandle(forWritingTo: files[1])
        }

        func read() throws -> (String, String) {
            try standardOutput.close()
            try standardError.close()
            func text(_ file: URL) throws -> String { String(decoding: try Data(contentsOf: file), as: UTF8.self) }
            return (try text(files[0]), try text(files[1]))
        }
    }
}
