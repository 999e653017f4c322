import FileSinks
import Foundation
import KismetConnector
import RecordingHost
import RecordingKit
import SQLiteStore
import Synchronization
import TapeArchiveConnector
import WebexConnector

/// A tool that reads three sources into a folder of its own.
struct Tool {
    let folder: URL
    private let registry: ConnectorRegistry
    private let configuration: HostConfiguration

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "embed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var registry = ConnectorRegistry()
        try registry.register(TapeArchiveSource.self)
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        self.registry = registry
        configuration = HostConfiguration(sources: [
            SourceConfiguration(
                id: "lobby",
                connector: "tape_archive",
                settings: ["accessToken": "token", "shelf": "lobby"]
            ),
            SourceConfiguration(
                id: "clinic",
                connector: "kismet",
                settings: ["clientID": "id", "clientSecret": "secret"]
            ),
            SourceConfiguration(id: "acme", connector: "webex", settings: ["accessToken": "token"]),
        ])
        let problems = Host.problems(in: configuration, registry: registry)
        try expect(problems.isEmpty, "a configuration without problems, not \(problems.map(\.message))")
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// One run over `transport`, with the last progress of each source.
    func run(over transport: any HTTPTransport) async throws -> (report: SyncReport, progress: [String: SourceProgress])
    {
        let host = Host(registry: registry, configuration: configuration, transport: transport)
        let ledger = try SQLiteLedger.open(
            path: folder.appending(path: "ledger.db").path,
            holder: LedgerHolder(command: "embed")
        )
        let latest = Progress()
        do {
            let report = try await host.sync(
                SyncRequest(since: SystemClock().now.advanced(by: .seconds(-86_400))),
                ledger: ledger,
                sinks: [JSONLinesSink(directory: folder.appending(path: "out").path)],
                onProgress: { progress in latest.bySource.withLock { $0[progress.source] = progress } }
            )
            await ledger.close()
            return (report, latest.bySource.withLock { $0 })
        } catch {
            await ledger.close()
            throw error
        }
    }

    /// How many records of a kind the files hold.
    func count(of kind: RecordKind) throws -> Int {
        let file = folder.appending(path: "out/\(kind.rawValue).jsonl")
        return try Data(contentsOf: file).count { $0 == UInt8(ascii: "\n") }
    }

    private final class Progress: Sendable {
        let bySource = Mutex<[String: SourceProgress]>([:])
    }
}

/// What was not as a program that uses the library may expect.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
}

func expect(_ condition: Bool, _ expectation: @autoclosure () -> String) throws {
    guard condition else { throw Unexpected(description: "expected \(expectation())") }
}
