import CurlTransport
import FileSinks
import Foundation
import KismetConnector
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import SQLiteStore
import WebexConnector

/// A folder with a ledger and JSON Lines files, filled by whole runs against a simulator on loopback.
struct Archive {
    let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: directory) }

    /// The connectors, registered as a program would.
    static func registry() throws -> ConnectorRegistry {
        var registry = ConnectorRegistry()
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        return registry
    }

    /// Performs one run over real sockets, real files and a real ledger.
    func sync(
        _ sources: [SourceConfiguration],
        request: SyncRequest = SyncRequest(),
        includesRaw: Bool = true,
        registry: ConnectorRegistry? = nil,
        clock: any HostClock = SystemClock(),
        jitter: @escaping @Sendable () -> Double = { 0.5 },
        through wrap: (any HTTPTransport) -> any HTTPTransport = { $0 },
        alsoInto others: [any Sink] = [],
        media: MediaSettings? = nil,
        mediaThrough wrapMedia: (any MediaTransport) -> any MediaTransport = { $0 },
        onProgress: @escaping @Sendable (SourceProgress) -> Void = { _ in }
    ) async throws -> SyncReport {
        let ledger = try SQLiteLedger.open(
            path: directory.appending(path: "tapedeck.db").path,
            holder: LedgerHolder(command: "test", since: clock.now)
        )
        let sink = JSONLinesSink(directory: directory.appending(path: "out").path, relativeTo: directory.path)
        let transport = try CurlTransport()
        let mediaTransport = try CurlMediaTransport(configuration: CurlMediaTransportConfiguration())
        let host = Host(
            registry: try registry ?? Archive.registry(),
            configuration: HostConfiguration(sources: sources, includesRaw: includesRaw),
            transport: wrap(transport),
            media: media.map {
                MediaFacilities(
                    transport: wrapMedia(mediaTransport),
                    store: FolderMediaStore(root: $0.directory),
                    settings: $0,
                    tool: "tapedeck/test"
                )
            },
            clock: clock,
            jitter: jitter
        )
        do {
            let report = try await host.sync(request, ledger: ledger, sinks: [sink] + others, onProgress: onProgress)
            await ledger.close()
            await transport.shutdown()
            await mediaTransport.shutdown()
            return report
        } catch {
            await ledger.close()
            await transport.shutdown()
            await mediaTransport.shutdown()
            throw error
        }
    }

    /// The records of one kind, in the order in which they were written.
    func records(_ kind: RecordKind) throws -> [JSONValue] {
        let file = directory.appending(path: "out/\(kind.rawValue).jsonl")
        let bytes = [UInt8](try Data(contentsOf: file))
        return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONDocument(parsing: Array($0)).root }
    }

    /// Everything that was written, as text, for searching.
    func contents(of kind: RecordKind) throws -> String {
        try String(contentsOf: directory.appending(path: "out/\(kind.rawValue).jsonl"), encoding: .utf8)
    }

    /// How many lines each file has.
    func lineCounts() throws -> [RecordKind: Int] {
        try [RecordKind.recordings, .accessSummaries, .accessEvents].reduce(into: [:]) {
            $0[$1] = try records($1).count
        }
    }

    /// What the ledger says is missing.
    ///
    /// - Parameter now: where the clock is; what the platform cannot be asked for any more is not missing.
    func gaps(at now: Timestamp) async throws -> [CoverageGap] {
        let ledger = try SQLiteLedger.openForReading(path: directory.appending(path: "tapedeck.db").path)
        var gaps: [CoverageGap] = []
        for status in try await ledger.sourceStatuses() {
            let earliest = WebexSource.connector.windowRules.earliestStart(at: now)
            let coverage = try await ledger.coverage(
                of: status.source,
                kinds: RecordKind.readByDefault,
                reachableFrom: earliest
            )
            gaps += coverage.gaps
        }
        await ledger.close()
        return gaps
    }

    /// What the ledger knows of each source.
    func statuses() async throws -> [SourceStatus] {
        let ledger = try SQLiteLedger.openForReading(path: directory.appending(path: "tapedeck.db").path)
        let statuses = try await ledger.sourceStatuses()
        await ledger.close()
        return statuses
    }
}

extension PlatformSimulator {
    /// A source that reads the simulated Kismet organization.
    func kismetSource(id: String = "clinic", limits: LimitOverrides = LimitOverrides()) -> SourceConfiguration {
        SourceConfiguration(
            id: id,
            connector: "kismet",
            settings: [
                "baseURL": .string(kismetBaseURL),
                "clientID": .string(plan.kismet.clientID),
                "clientSecret": .string(plan.kismet.clientSecret),
            ],
            limits: limits
        )
    }

    /// A source that reads all sites and hosts of the simulated Webex organization with a refresh token.
    func webexSource(
        id: String = "acme",
        settings: [String: SettingValue] = ["sites": "all", "hostEmail": "all"],
        limits: LimitOverrides = LimitOverrides()
    ) -> SourceConfiguration {
        let authorization = plan.webex.authorization
        var all = settings
        all["baseURL"] = .string(webexBaseURL)
        all["oauth"] = .object([
            "clientID": .string(authorization.clientID),
            "clientSecret": .string(authorization.clientSecret),
            "refreshToken": .string(authorization.refreshToken),
        ])
        return SourceConfiguration(id: id, connector: "webex", settings: all, limits: limits)
    }
}
