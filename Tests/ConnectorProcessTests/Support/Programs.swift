import Foundation
import RecordingHost
import RecordingKit
import Synchronization

@testable import ConnectorProcess

/// The connectors that the tests run as programs.
enum Programs {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    private static let package = tests.deletingLastPathComponent().deletingLastPathComponent()

    /// The example of the documentation.
    static let python = package.appending(path: "Docs/Examples/tape_archive.py").path

    /// The connector that does what it is told wrong.
    static let misbehaving = tests.appending(path: "Programs/misbehaving.py").path

    /// The Swift connector, beside the tests in the build folder.
    static let swift: String = {
        var folder = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        for _ in 0..<5 {
            folder = folder.deletingLastPathComponent()
            let candidate = folder.appending(path: "tape-archive-connector").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        return "/tape-archive-connector-was-not-built"
    }()

    /// Only a few tests have processes at the same time: each costs descriptors, and there are many other tests.
    private static let room = Permits(3)

    /// Inspects a program, does `body` with it, and ends its processes.
    static func with<Result>(
        _ path: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        sha256: String? = nil,
        limits: ProcessLimits = .forTests,
        clock: (any HostClock)? = nil,
        observer: @escaping @Sendable (ConnectorNotice) -> Void = { _ in },
        _ body: (ExecutableConnector) async throws -> Result
    ) async throws -> Result {
        try await room.withPermit {
            var program = ConnectorProgram(
                path: path,
                arguments: arguments,
                environment: environment,
                sha256: sha256,
                limits: limits,
                observer: observer
            )
            if let clock { program.clock = clock }
            let connector = try await program.inspect()
            do {
                let result = try await body(connector)
                await connector.close()
                return result
            } catch {
                await connector.close()
                throw error
            }
        }
    }

    /// Inspects a program for what that fails with; nil when it does not.
    static func inspectionFailure(of program: ConnectorProgram) async throws -> TapedeckError? {
        try await room.withPermit {
            do {
                await (try program.inspect()).close()
                return nil
            } catch let error as TapedeckError {
                return error
            }
        }
    }
}

extension ProcessLimits {
    /// Few processes, and no time-out that a loaded machine could reach.
    static var forTests: ProcessLimits {
        var limits = ProcessLimits()
        limits.processes = 3
        limits.startUp = .seconds(120)
        limits.silence = .seconds(120)
        return limits
    }
}

/// What the processes said to people.
final class Notices: Sendable {
    private let noted = Mutex<[ConnectorNotice]>([])

    var all: [ConnectorNotice] { noted.withLock { $0 } }
    var observer: @Sendable (ConnectorNotice) -> Void { { notice in self.noted.withLock { $0.append(notice) } } }
}
