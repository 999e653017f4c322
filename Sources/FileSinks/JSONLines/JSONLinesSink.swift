public import RecordingHost
import RecordingKit

/// Appends records to one JSON Lines file for each kind: `recordings.jsonl`, `access_summaries.jsonl`, `access_events.jsonl`.
///
/// The files hold health data: they are made readable by their owner alone, as is the folder when it is missing. They only ever hold
/// whole lines, except for what a killed process left behind the last commit, which the next ``recover(to:)`` cuts off. Two runs
/// cannot write into one folder at once. Calls run one after another on a queue of the sink's own, never on a thread of the
/// cooperative pool. A sink that failed stays failed until it recovers again.
public actor JSONLinesSink: Sink {
    /// `jsonl:` and the folder's absolute path.
    public nonisolated let id: String
    /// The files' paths.
    public nonisolated let locations: [String]

    private let executor = QueueExecutor(label: "tapedeck.jsonl")
    private let folder: LineFolder
    private let operations: FileOperations
    private var files: [LineFile] = []
    private var failure: TapedeckError?

    private static let kinds: [RecordKind] = [.recordings, .accessSummaries, .accessEvents]

    /// The queue on which the sink's calls run.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Writes into `directory`, which is made when the sink first recovers; nothing is touched before.
    ///
    /// - Parameters:
    ///   - directory: the folder, absolute or relative to the working directory.
    ///   - base: a folder that moves together with this one and with the ledger, such as that of the configuration; what lies
    ///     below it is known to the ledger by its relative path. Default none.
    public init(directory: String, relativeTo base: String? = nil) {
        self.init(directory: directory, relativeTo: base, operations: .system)
    }

    init(directory: String, relativeTo base: String? = nil, operations: FileOperations) {
        let path = FilePath.absolute(directory)
        folder = LineFolder(path: path, names: Self.kinds.map(Self.name))
        let prefix = base.map { FilePath.absolute($0) + "/" }
        id = "jsonl:" + (prefix.flatMap { path.hasPrefix($0) ? String(path.dropFirst($0.count)) : nil } ?? path)
        locations = folder.names.map { path + "/" + $0 }
        self.operations = operations
    }

    /// Makes or opens the files and cuts them back to `position`.
    ///
    /// - Parameter position: the last position in the ledger, or nil when the ledger has never seen this sink; then the files must
    ///   be missing or empty.
    /// - Returns: the position that the files are at now.
    /// - Throws: `TapedeckError` with code `sink_failed` when a file is shorter than the position says, has no line end there, or
    ///   holds something although the ledger has never seen it; when it is not an ordinary file; when another run holds the folder;
    ///   when the system refuses.
    public func recover(to position: SinkPosition?) throws -> SinkPosition {
        files = []
        failure = nil
        files = try folder.open(at: position)
        return self.position
    }

    /// Appends the batch's lines to the files.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`; then the files end with whole lines, and every later call throws it again.
    public func write(_ batch: RecordBatch) throws {
        try whileGood {
            for kind in batch.kinds {
                let name = Self.name(kind)
                guard let index = files.firstIndex(where: { $0.name == name }) else {
                    throw folder.refusal("records of kind \(kind) cannot be written as JSON Lines")
                }
                let lines = batch.lines(of: kind)
                try folder.attempt(name) { () throws(SystemError) in try files[index].append(lines.span, operations) }
            }
        }
    }

    /// Makes everything that was written durable.
    ///
    /// - Returns: the files' lengths by their names.
    /// - Throws: `TapedeckError` with code `sink_failed`, also when another program has changed a file; every later call throws it
    ///   again, because what a failed flush left on the disk is not known.
    public func commit() throws -> SinkPosition {
        try whileGood {
            for index in files.indices {
                let name = files[index].name
                let actual = try folder.attempt(name) { () throws(SystemError) in
                    try files[index].synchronize(operations)
                    return try files[index].actualLength()
                }
                guard actual == files[index].length else {
                    throw folder.refusal(
                        "\(folder.shown(name)) holds \(actual) bytes where \(files[index].length) were written: "
                            + "another program changes it; stop that and run again"
                    )
                }
            }
            return position
        }
    }

    /// Closes the files and lets another run use the folder.
    public func close() { files = [] }

    private var position: SinkPosition {
        SinkPosition(offsets: Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.length) }))
    }

    private static func name(_ kind: RecordKind) -> String { kind.rawValue + ".jsonl" }

    private func whileGood<Result>(_ body: () throws -> Result) throws -> Result {
        if let failure { throw failure }
        guard !files.isEmpty else {
            throw folder.refusal("\(FilePath.name(folder.path)) is not open: recover it first")
        }
        do {
            return try body()
        } catch {
            failure = error as? TapedeckError ?? folder.refusal("\(FilePath.name(folder.path)) failed")
            throw error
        }
    }
}
