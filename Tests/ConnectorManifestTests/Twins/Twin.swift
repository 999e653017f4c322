import ConnectorManifest
import KismetConnector
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing
import WebexConnector

/// One platform as a compiled-in connector and as a manifest.
struct Twin: Sendable, CustomTestStringConvertible {
    /// One of the two.
    struct Side: Sendable {
        let descriptor: ConnectorDescriptor
        let makeSource: @Sendable (Settings) throws -> any RecordingSource
    }

    let name: String
    let compiled: Side
    let declared: Side

    init<Source: Connector>(_ name: String, _ type: Source.Type) throws {
        self.name = name
        compiled = Side(descriptor: Source.connector) { try Source(settings: $0) }
        let manifest = try manifest(at: "Twins/\(name).json5")
        declared = Side(descriptor: manifest.descriptor) { try manifest.makeSource(settings: $0) }
    }

    var testDescription: String { name }

    static func kismet() throws -> Twin { try Twin("kismet", KismetSource.self) }
    static func webex() throws -> Twin { try Twin("webex", WebexSource.self) }
}

/// What one side wrote and asked over two runs.
struct TwinRun: Sendable, Equatable {
    /// The lines of each kind, sorted, because sources are read concurrently.
    var lines: [[String]] = []
    /// Method and URL of each request, sorted.
    var requests: [String] = []
    var states: [String] = []
    var failures: [String] = []
}

extension Twin.Side {
    /// Runs twice over the same script.
    func run(settings: [String: SettingValue], now: String, routes: [ScriptedRoute]) async throws -> TwinRun {
        let bench = try ConnectorBench(
            descriptor,
            settings: settings,
            now: try #require(Timestamp(now)),
            routes: routes,
            makeSource: makeSource
        )
        var run = TwinRun()
        for _ in 0..<2 {
            let outcome = try await bench.sync()
            run.states.append("\(outcome.state)")
            run.failures.append(outcome.failures.map(\.code).sorted().joined(separator: ","))
        }
        let box = LineBox()
        try await bench.sink.replay(from: nil, through: try await bench.sink.commit()) { await box.add($0) }
        run.lines = await box.lines
        run.requests = bench.transport.requests.map { "\($0.method) \($0.url.text)" }.sorted()
        return run
    }

    /// A source for checked settings.
    func source(_ settings: [String: SettingValue]) throws -> any RecordingSource {
        let parsed = descriptor.settings.parse(settings)
        try #require(parsed.problems.isEmpty)
        return try makeSource(parsed.settings)
    }
}

private actor LineBox {
    private var byKind: [RecordKind: [String]] = [:]

    func add(_ batch: RecordBatch) {
        for kind in batch.kinds {
            let text = String(decoding: batch.lines(of: kind), as: UTF8.self)
            byKind[kind, default: []] += text.split(separator: "\n").map(String.init)
        }
    }

    var lines: [[String]] { RecordKind.all.map { (byKind[$0] ?? []).sorted() } }
}

/// What media came to, for comparing.
func outline(_ media: MediaAvailability) -> String {
    switch media {
    case .available(let links):
        links.map { link in
            let end = link.expiresAt.map(\.description) ?? "?"
            return "\(link.rendition) \(link.url) \(end) \(link.fileExtension ?? "?") \(link.sendsCredentials)"
        }
        .joined(separator: "\n")
    case .pending(let reason): "pending: \(reason)"
    case .forbidden(let reason): "forbidden: \(reason)"
    case .gone(let reason): "gone: \(reason)"
    }
}

/// What media came to, or the code of why not.
func outline(of recording: Recording, _ source: any RecordingSource, _ api: ScriptedAPI) async throws -> String {
    let provider = try #require(source as? any MediaProviding)
    do {
        return outline(try await provider.media(of: recording, api: api.client))
    } catch let error as TapedeckError {
        return "error: \(error.code.rawValue)"
    }
}
