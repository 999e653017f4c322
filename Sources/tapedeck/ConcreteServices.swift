import ConnectorProcess
import CurlTransport
import FileSinks
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import TapedeckCLI

/// The transport, ledger and sinks that this program is made with.
enum ConcreteServices {
    static let version = "0.1.0"

    /// - Parameter clock: where the time comes from.
    static func make(clock: any HostClock = SystemClock()) -> Services {
        Services(
            version: version,
            clock: clock,
            withTransport: { body in
                let configuration = CurlTransportConfiguration(userAgent: "tapedeck/\(version)")
                return try await withCurlTransport(configuration: configuration) { try await body($0) }
            },
            withMediaTransport: { bytesPerSecond, body in
                let configuration = CurlMediaTransportConfiguration(
                    userAgent: "tapedeck/\(version)",
                    bytesPerSecond: bytesPerSecond
                )
                return try await withCurlMediaTransport(configuration: configuration) { try await body($0) }
            },
            openLedger: { path in
                try SQLiteLedger.open(path: path, holder: LedgerHolder(command: "tapedeck", since: clock.now))
            },
            openLedgerForReading: { try SQLiteLedger.openForReading(path: $0) },
            openLedgerForTokens: { path in
                try SQLiteLedger.openForTokens(
                    path: path,
                    holder: LedgerHolder(command: "tapedeck check", since: clock.now)
                )
            },
            openLedgerForRepair: { path, isDryRun in
                let holder = LedgerHolder(command: "tapedeck repair", since: clock.now)
                return try SQLiteLedgerRepair(path: path, holder: holder, isDryRun: isDryRun)
            },
            makeSink: makeSink,
            makeMediaStore: { try makeMediaStore($0, transport: $1, clock: clock) },
            loadProgram: loadProgram,
            makeStandInKey: {
                var generator = SystemRandomNumberGenerator()
                return StandInKey(using: &generator)
            }
        )
    }

    private static let sinkKinds = ["jsonl", "csv", "sqlite"]

    @Sendable
    private static func makeSink(_ request: SinkRequest) throws -> any Sink {
        switch request.kind {
        case "jsonl":
            let (directory, compression) = try folderOptions(request)
            return JSONLinesSink(
                directory: directory,
                relativeTo: request.base,
                compression: compression,
                rotateAfter: request.rotateAfter
            )
        case "csv":
            let (directory, compression) = try folderOptions(request)
            return CSVSink(
                directory: directory,
                relativeTo: request.base,
                compression: compression,
                rotateAfter: request.rotateAfter
            )
        case "sqlite": return try makeSQLiteSink(request)
        default:
            let kinds = sinkKinds.map { "\"\($0)\"" }.joined(separator: ", ")
            throw SinkProblem(option: "kind", message: "Expected a kind of sink: \(kinds).", knownNames: sinkKinds)
        }
    }

    /// The options of a sink that writes several files into a folder.
    private static func folderOptions(_ request: SinkRequest) throws -> (directory: String, compression: Compression) {
        guard let directory = request.directory else {
            throw SinkProblem(option: "directory", message: "\"directory\" is missing: the folder for the files.")
        }
        guard request.path == nil else {
            throw SinkProblem(
                option: "path",
                message: "A \"\(request.kind)\" sink has no \"path\"; it writes into \"directory\"."
            )
        }
        let compression = request.compression.map(Compression.init(rawValue:)) ?? .none
        guard Compression.all.contains(compression) else {
            let names = Compression.all.map(\.rawValue)
            let shown = names.map { "\"\($0)\"" }.joined(separator: ", ")
            throw SinkProblem(option: "compress", message: "Expected a compression: \(shown).", knownNames: names)
        }
        return (directory, compression)
    }

    private static func makeSQLiteSink(_ request: SinkRequest) throws -> any Sink {
        guard let path = request.path else {
            throw SinkProblem(option: "path", message: "\"path\" is missing: the file of the database.")
        }
        guard request.directory == nil else {
            throw SinkProblem(
                option: "directory",
                message: "A \"sqlite\" sink has no \"directory\"; it writes into the file \"path\"."
            )
        }
        if request.compression != nil {
            throw SinkProblem(option: "compress", message: "A \"sqlite\" sink has no \"compress\".")
        }
        if request.rotateAfter != nil {
            throw SinkProblem(option: "rotate", message: "A \"sqlite\" sink has no \"rotate\".")
        }
        return SQLiteSink(path: path, relativeTo: request.base)
    }
}
