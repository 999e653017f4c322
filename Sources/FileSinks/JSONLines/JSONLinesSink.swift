public import RecordingHost
import RecordingKit

/// Appends records to one series of JSON Lines files for each kind: `recordings.jsonl`, `access_summaries.jsonl`,
/// `access_events.jsonl`.
///
/// The files hold health data: they are made readable by their owner alone, as is the folder when it is missing. They only ever hold
/// whole lines, except for what a killed process left behind the last commit. Two runs cannot write into one folder at once; a
/// ``CSVSink`` of the same run can. Calls run one after another on a queue of the sink's own, never on a thread of the cooperative
/// pool. A sink that failed stays failed until it recovers again.
///
/// **Names.** With a compression the names end with `.gz` or `.zst`. With rotation they are numbered from the beginning,
/// `recordings.0001.jsonl`, and once a commit has made a file as long as the limit, the next record goes into the file with the next
/// number; a file is never renamed, and none but the one with the highest number is ever touched again, so finished files may be
/// moved away. When compression or rotation is configured anew, the next record begins another file.
///
/// **Recovery.** What lies behind the last commit is cut off when it is what a killed run leaves: records of the file's kind, at the
/// end perhaps the beginning of one, or the zeros of a power failure. Those records are read from the platform again. Anything else
/// there is somebody's work: nothing is changed, and the refusal names the line. So is more than a run writes between two commits,
/// 64 MiB or two files of a kind, as when an older ledger was put back, and a file whose last bytes before the commit are not those
/// that were written.
public actor JSONLinesSink: ReplayableSink {
    /// `jsonl:` and the folder's path.
    public nonisolated let id: String
    /// The path of each kind's first file; that of media only once there is one.
    public nonisolated var locations: [String] { folder.firstPaths }

    private let executor = QueueExecutor(label: "tapedeck.jsonl")
    nonisolated let folder: LineFolder
    private var files: RecordFiles

    /// The queue on which the sink's calls run.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Writes into `directory`, which is made when the sink first recovers; nothing is touched before.
    ///
    /// - Parameters:
    ///   - directory: the folder, absolute or relative to the working directory.
    ///   - base: a folder that moves together with this one and with the ledger, such as that of the configuration; what lies
    ///     below it is known to the ledger by its relative path. Default none.
    ///   - compression: how the files are compressed. Default not at all.
    ///   - rotateAfter: the length in bytes, as it is on the disk, at which a file is finished and another begins; at least 1.
    ///     Default nil: one file for each kind, for ever.
    public init(
        directory: String,
        relativeTo base: String? = nil,
        compression: Compression = .none,
        rotateAfter: Int64? = nil
    ) {
        self.init(
            directory: directory,
            relativeTo: base,
            settings: RotationSettings(compression: compression, rotateAfter: rotateAfter),
            operations: .system
        )
    }

    init(
        directory: String,
        relativeTo base: String? = nil,
        settings: RotationSettings = RotationSettings(),
        operations: FileOperations
    ) {
        let format = JSONLinesFormat()
        let identity = FolderIdentity(directory: directory, relativeTo: base, format: format.name)
        folder = LineFolder(path: identity.path, format: format, settings: settings, operations: operations)
        id = identity.id
        files = RecordFiles(folder: folder)
    }

    /// No: the host has made their text already.
    public nonisolated var readsRecords: Bool { false }

    /// Makes or opens the files and cuts them back to `position`.
    ///
    /// - Parameter position: the last position in the ledger, or nil when the ledger has never seen this sink; then the files must
    ///   be missing or empty.
    /// - Returns: the position that the files are at now.
    /// - Throws: `TapedeckError` with code `sink_failed` when a file is shorter than the position says, was changed before it, or
    ///   holds something behind it that no killed run leaves; when it holds something although the ledger has never seen it; when
    ///   it is not an ordinary file; when another run holds the folder; when the system refuses.
    public func recover(to position: SinkPosition?) throws -> SinkPosition { try files.recover(to: position) }

    /// Appends the batch's lines to the files.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`; then the files end with whole lines or frames, and every later call
    ///   throws it again.
    public func write(_ batch: RecordBatch) throws { try files.write(batch) }

    /// Makes everything that was written durable.
    ///
    /// - Returns: the files' lengths by their names, with marks of what stands before.
    /// - Throws: `TapedeckError` with code `sink_failed`, also when another program has changed a file; every later call throws it
    ///   again, because what a failed flush left on the disk is not known.
    public func commit() throws -> SinkPosition { try files.commit() }

    /// Appends the batch's lines and makes them durable; throws as ``write(_:)`` and ``commit()`` do.
    public func keep(_ batch: RecordBatch) throws -> SinkPosition {
        try files.write(batch)
        return try files.commit()
    }

    /// Closes the files and lets another run use the folder.
    public func close() { files.close() }

    /// The position behind the last whole line or frame of what lies in the folder, for a ledger that is made anew.
    ///
    /// Nothing is changed, and nothing is read of an uncompressed file but its end.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`.
    public func survey() throws -> SinkPosition { try folder.survey() }

    /// Hands over the records between two positions in batches of at most about 1 000 records or 1 MB of text, recordings first,
    /// then summaries, then events.
    ///
    /// Needs no recovery, and may be called while the sink is open. A file of which nothing lies between the positions need not be
    /// there.
    ///
    /// - Parameters:
    ///   - start: a position that an earlier commit returned; nil for the beginning.
    ///   - end: a position that a commit returned.
    ///   - body: takes one batch.
    /// - Throws: `TapedeckError` with code `sink_failed`, naming file and line, when a line cannot be read back as a record, and when
    ///   a file is missing, too short or changed; what `body` throws.
    public nonisolated func replay(
        from start: SinkPosition?,
        through end: SinkPosition,
        _ body: (RecordBatch) async throws -> Void
    ) async throws {
        let reader = RecordReader(folder: folder, start: start, end: end)
        while let batch = try await reader.next() { try await body(batch) }
    }
}
