import CurlTransport
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

        // snippet.registry
        var registry = ConnectorRegistry()
        try registry.register(TapeArchiveSource.self)
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        // snippet.end

        // snippet.configuration
        let configuration = HostConfiguration(sources: [
            SourceConfiguration(
                id: "lobby",
                connector: "tape_archive",
                settings: ["accessToken": "token", "shelves": "lobby"]
            ),
            SourceConfiguration(
                id: "clinic",
                connector: "kismet",
                settings: ["clientID": "id", "clientSecret": "secret"],
                limits: LimitOverrides(concurrency: 4)
            ),
            SourceConfiguration(id: "acme", connector: "webex", settings: ["accessToken": "token"]),
        ])
        for problem in Host.problems(in: configuration, registry: registry) {
            throw Unexpected(description: "\(problem.path.joined(separator: ".")): \(problem.message)")
        }
        // snippet.end

        self.registry = registry
        self.configuration = configuration
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// One run over `transport`, with the last progress of each source.
    func run(over transport: any HTTPTransport) async throws -> (report: SyncReport, progress: [String: SourceProgress])
    {
        let host = Host(registry: registry, configuration: configuration, transport: transport)
        let latest = Progress()
        // snippet.run
        let ledger = try SQLiteLedger.open(
            path: folder.appending(path: "ledger.db").path,
            holder: LedgerHolder(command: "embed")
        )
        let report: SyncReport
        do {
            report = try await host.sync(
                SyncRequest(since: SystemClock().now.advanced(by: .seconds(-86_400))),
                ledger: ledger,
                sinks: [
                    JSONLinesSink(directory: folder.appending(path: "out").path),
                    IDListSink(url: folder.appending(path: "ids.txt")),
                ],
                onProgress: { progress in latest.bySource.withLock { $0[progress.source] = progress } }
            )
        } catch {
            await ledger.close()
            throw error
        }
        await ledger.close()
        // snippet.end
        return (report, latest.bySource.withLock { $0 })
    }

    /// What is wrong with each source.
    func check(over transport: any HTTPTransport) async throws -> [String: TapedeckError] {
        let host = Host(registry: registry, configuration: configuration, transport: transport)
        let ledger = try SQLiteLedger.open(
            path: folder.appending(path: "ledger.db").path,
            holder: LedgerHolder(command: "embed check")
        )
        // snippet.check
        var failures: [String: TapedeckError] = [:]
        for result in try await host.check(ledger: ledger) {
            failures[result.source] = result.failure
        }
        // snippet.end
        await ledger.close()
        return failures
    }

    /// Until when each source was read without a gap.
    func completeUntil() async throws -> [String: Timestamp] {
        // snippet.status
        let ledger = try SQLiteLedger.openForReading(path: folder.appending(path: "ledger.db").path)
        var ends: [String: Timestamp] = [:]
        for source in configuration.sources {
            let coverage = try await ledger.coverage(of: source.id, kinds: [.recordings], reachableFrom: nil)
            if coverage.gapCount == 0 { ends[source.id] = coverage.complete.last?.to }
        }
        await ledger.close()
        // snippet.end
        return ends
    }

    /// What a run with media would do.
    func planWithMedia() async throws -> [SourcePlan] {
        let media = folder.appending(path: "media").path
        var configuration = configuration
        configuration.sources[2].reads = [.recordings, .media]
        // snippet.media
        let plans = try await withCurlTransport { transport in
            try await withCurlMediaTransport { [registry, configuration] mediaTransport in
                let host = Host(
                    registry: registry,
                    configuration: configuration,
                    transport: transport,
                    media: MediaFacilities(
                        transport: mediaTransport,
                        store: FolderMediaStore(root: media),
                        settings: MediaSettings(directory: media),
                        tool: "embed/1.0"
                    )
                )
                return try host.plan(SyncRequest())
            }
        }
        // snippet.end
        return plans
    }

    /// How many records of a kind the files hold.
    func count(of kind: RecordKind) throws -> Int {
        try lines(in: "out/\(kind.rawValue).jsonl")
    }

    /// How many lines a file in the tool's folder has.
    func lines(in name: String) throws -> Int {
        try Data(contentsOf: folder.appending(path: name)).count { $0 == UInt8(ascii: "\n") }
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
