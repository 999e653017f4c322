import Foundation
import Synchronization

/// The program as it was built, run as a process of its own.
enum Tool {
    /// How a process ended.
    struct Result: Sendable {
        /// The exit status, or nil when a signal ended it.
        let exitCode: Int32?
        /// The signal that ended it.
        let signal: Int32?
        let standardOutput: String
        let standardError: String

        var wasKilled: Bool { signal == SIGKILL }
        var text: String { standardOutput + standardError }
    }

    /// A process takes milliseconds; one that takes this long hangs.
    private static let patience = Duration.seconds(60)

    /// The program beside the tests in the build folder; nil when it is not there.
    static let executable: URL? = {
        let tests = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        var folder = tests.deletingLastPathComponent()
        for _ in 0..<5 {
            let candidate = folder.appending(path: "tapedeck")
            if FileManager.default.isExecutableFile(atPath: candidate.path), !isFolder(candidate) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }()

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        _ = unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        return isFolder.boolValue
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - folder: where it runs and where its output is kept meanwhile.
    ///   - delay: when it is killed from outside, if it still runs then.
    static func run(
        _ arguments: [String],
        in folder: URL,
        environment: [String: String] = [:],
        killedAfter delay: Duration? = nil
    ) async throws -> Result {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = folder.appending(path: "stdout")
        let errors = folder.appending(path: "stderr")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try emptyFile(output)
        process.standardError = try emptyFile(errors)
        let (ended, signal) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in signal.finish() }
        try process.run()
        let identifier = process.processIdentifier
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard (try? await Task.sleep(for: delay ?? patience)) != nil else { return }
                _ = kill(identifier, SIGKILL)
            }
            for await _ in ended {}
            group.cancelAll()
        }
        let wasSignalled = process.terminationReason == .uncaughtSignal
        return Result(
            exitCode: wasSignalled ? nil : process.terminationStatus,
            signal: wasSignalled ? process.terminationStatus : nil,
            standardOutput: try String(contentsOf: output, encoding: .utf8),
            standardError: try String(contentsOf: errors, encoding: .utf8)
        )
    }

    private static func emptyFile(_ url: URL) throws -> FileHandle {
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }
}
