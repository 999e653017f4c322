import JSON5
import KismetConnector
import RecordingHost
import RecordingKit
import WebexConnector

@testable import TapedeckCLI

extension Fuzzer {
    /// Configuration files: whatever they say, all problems lie in the file, none shows a secret, and two readings say the same.
    static let configuration = Fuzzer(name: "configuration") { bytes in
        let text = SourceText(bytes)
        let first = ConfigurationReading(bytes, .everything)
        for problem in first.diagnostics {
            demand(problem.position.map(text.holds) ?? true, "a problem at a place that is not there")
            let line = problem.line(file: "tapedeck.json5")
            demand(!line.contains(ConfigurationReading.canary), "a problem shows a secret: \(line)")
            demand(!line.contains("\n"), "a problem on two lines: \(line)")
            demand(!problem.message.isEmpty, "a problem without a word")
        }
        demand(
            first.diagnostics == ConfigurationReading(bytes, .everything).diagnostics,
            "two readings say other things"
        )
        guard let loaded = first.loaded else {
            demand(first.diagnostics.contains { $0.severity == .error }, "a file is refused without a reason")
            return
        }
        demand(loaded.ledgerPath.hasPrefix("/"), "the ledger's path is not absolute")
        demand(!loaded.host.sources.isEmpty || loaded.sinks.isEmpty, "nothing to read from is accepted")
        for purpose in [ConfigurationLoader.Purpose.ledgerOnly, .ledgerAndSinks, .retention, .mediaOnly] {
            demand(ConfigurationReading(bytes, purpose).loaded != nil, "a good file is refused for \(purpose)")
        }
    }
}

/// What came of reading one file, with nothing but that file and two secrets around it.
private struct ConfigurationReading {
    /// What stands in the environment and in a file for a secret.
    static let canary = "c4n4ry-0f-7he-cl1n1c"

    private(set) var loaded: LoadedConfiguration?
    private(set) var diagnostics: [Diagnostic] = []

    init(_ bytes: [UInt8], _ purpose: ConfigurationLoader.Purpose) {
        let loader = ConfigurationLoader(
            registry: Self.registry,
            makeSink: { FuzzedSink(id: "\($0.kind):\($0.directory ?? $0.path ?? "")") },
            makeMediaStore: { request, _ in FolderMediaStore(root: request.directory) },
            files: Self.files(bytes),
            environment: ["SECRET": Self.canary, "EMPTY": "", "ID": "7"]
        )
        do throws(ConfigurationFailure) {
            let loaded = try loader.load("tapedeck.json5", for: purpose)
            diagnostics = loaded.warnings
            self.loaded = loaded
        } catch {
            diagnostics = error.problems + error.warnings
        }
    }

    private static let registry: ConnectorRegistry = {
        var registry = ConnectorRegistry()
        do {
            try registry.register(KismetSource.self)
            try registry.register(WebexSource.self)
        } catch {
            stop("\(error)")
        }
        return registry
    }()

    private static func files(_ bytes: [UInt8]) -> FileAccess {
        let contents = ["/clinic/tapedeck.json5": bytes, "/clinic/secret": Array(canary.utf8)]
        return FileAccess(
            currentFolder: { "/clinic" },
            kind: { contents[$0] != nil ? .file : $0 == "/" || $0 == "/clinic" ? .folder : .missing },
            isWritable: { _ in true },
            isReadableByOthers: { _ in false },
            isExecutable: { _ in false },
            isWritableByOthers: { _ in false },
            names: { _ in [] },
            resolved: { $0 },
            read: { path, limit in
                guard let content = contents[path], content.count <= limit else {
                    throw FileAccess.Failure(reason: "No such file or directory")
                }
                return content
            },
            readStart: { path, count in Array((contents[path] ?? []).prefix(count)) },
            createFolder: { _ in },
            writeNew: { _, _ in },
            allowRunning: { _ in },
            overwrite: { _, _ in }
        )
    }
}

/// A sink that keeps nothing.
private struct FuzzedSink: Sink {
    let id: String
    let locations: [String] = []

    func recover(to position: SinkPosition?) async throws -> SinkPosition { position ?? SinkPosition() }
    func write(_ batch: RecordBatch) async throws {}
    func commit() async throws -> SinkPosition { SinkPosition() }
    func close() async {}
}
