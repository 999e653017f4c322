import RawJSON
import RecordingHost

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The platforms of a job in a process of their own, from the side that started it.
struct ServedPlatforms: Sendable {
    /// A process that does not say where it serves within this time is not going to.
    private static let patience = Duration.seconds(30)

    let announcement: BenchAnnouncement
    private let process: ChildProcess
    /// Its standard input: it serves until that is closed.
    private let input: Int32
    private let outputFile: String
    private let clock: any HostClock

    /// Starts to serve.
    ///
    /// - Parameters:
    ///   - executable: this program.
    ///   - port: the port on 127.0.0.1; 0 lets the system choose.
    ///   - folder: where the process's output is kept.
    static func start(
        _ job: BenchJob,
        scale: Double,
        executable: String,
        port: Int = 0,
        folder: String,
        clock: any HostClock
    ) async throws -> ServedPlatforms {
        var pipe: [Int32] = [-1, -1]
        guard makePipe(&pipe) else {
            throw CommandFailure(exitCode: .failed, message: "The system has no pipe to give.")
        }
        let outputFile = "\(folder)/serve.out"
        let process: ChildProcess
        do {
            defer { close(pipe[0]) }
            process = try ChildProcess(
                ChildProcess.Launch(
                    path: executable,
                    arguments: ["bench", "--serve", job.name, "--scale", "\(scale)", "--port", "\(port)"],
                    environment: [:],
                    input: pipe[0],
                    outputFile: outputFile,
                    errorFile: "\(folder)/serve.err"
                )
            )
        } catch {
            close(pipe[1])
            throw error
        }
        do {
            let line = try await firstLine(of: process, in: outputFile, clock: clock)
            guard let announcement = BenchAnnouncement(line) else { throw Self.silence(folder) }
            return ServedPlatforms(
                announcement: announcement,
                process: process,
                input: pipe[1],
                outputFile: outputFile,
                clock: clock
            )
        } catch {
            close(pipe[1])
            process.kill()
            throw error
        }
    }

    /// Ends the process in order, and returns what it has seen.
    func stop() async throws -> BenchServerStatistics {
        close(input)
        do {
            let deadline = clock.uptime + Self.patience
            while process.ended() == nil {
                guard clock.uptime < deadline else { throw Self.silence(FilePath.parent(of: outputFile)) }
                try await clock.sleep(until: clock.uptime + .milliseconds(2))
            }
        } catch {
            process.kill()
            throw error
        }
        guard let line = Self.lines(of: outputFile).last, let statistics = BenchServerStatistics(line) else {
            throw Self.silence(FilePath.parent(of: outputFile))
        }
        return statistics
    }

    /// Ends the process, whatever it does.
    func kill() {
        close(input)
        process.kill()
    }

    private static func firstLine(
        of process: ChildProcess,
        in file: String,
        clock: any HostClock
    ) async throws -> JSONValue {
        let deadline = clock.uptime + patience
        while clock.uptime < deadline {
            if let line = lines(of: file).first { return line }
            guard process.ended() == nil else { break }
            try await clock.sleep(until: clock.uptime + .milliseconds(2))
        }
        throw silence(FilePath.parent(of: file))
    }

    /// The whole lines of a file, as far as they are JSON.
    private static func lines(of file: String) -> [JSONValue] {
        guard let bytes = try? FileAccess.system.readStart(file, 1 << 16), let end = bytes.lastIndex(of: 0x0A) else {
            return []
        }
        return bytes[..<end].split(separator: 0x0A).compactMap { try? JSONDocument(parsing: Array($0)).root }
    }

    private static func silence(_ folder: String) -> CommandFailure {
        let text = (try? FileAccess.system.readStart("\(folder)/serve.err", 400)) ?? []
        let said = String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)
        return CommandFailure(
            exitCode: .failed,
            message: "The simulated platforms cannot be started\(said.isEmpty ? "." : ": \(said)")"
        )
    }

    /// A pipe that programs that are started do not inherit.
    private static func makePipe(_ ends: inout [Int32]) -> Bool {
        guard unsafe pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return true
    }
}
