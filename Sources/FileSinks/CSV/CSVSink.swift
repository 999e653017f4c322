public import RecordingHost
import RecordingKit

/// Appends records to one series of CSV files (RFC 4180) for each kind: `recordings.csv`, `access_summaries.csv`,
/// `access_events.csv`.
///
/// Every file begins with a header and ends each row with CR LF; text is UTF-8 without a byte order mark. Null is a field of no
/// characters, an empty text is `""`. Objects are flattened: `host_id`, `actor_email`; `context`, `changes` and `raw` are JSON text;
/// `actions` are words with a space between them. A text that a spreadsheet might take for a formula has an apostrophe in front, and
/// so has one that begins with an apostrophe: taking one leading apostrophe away gives back the exact text.
///
/// Names, permissions, locks and recovery are those of ``JSONLinesSink``, with which it may share the folder in one run. The
/// torn beginning of a row cannot be told from somebody's note for certain: when it is cut off it is kept in a file beside,
/// `recordings.csv.cut-off`. Rows cannot be read back as records.
public actor CSVSink: Sink {
    /// `csv:` and the folder's path.
    public nonisolated let id: String
    /// The path of each kind's first file; that of media only once there is one.
    public nonisolated var locations: [String] { folder.firstPaths }

    private let executor = QueueExecutor(label: "tapedeck.csv")
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
        let format = CSVFormat()
        let identity = FolderIdentity(directory: directory, relativeTo: base, format: format.name)
        folder = LineFolder(path: identity.path, format: format, settings: settings, operations: operations)
        id = identity.id
        files = RecordFiles(folder: folder)
    }

    /// Makes or opens the files and cuts them back to `position`.
    ///
    /// - Parameter position: the last position in the ledger, or nil when the ledger has never seen this sink; then the files must
    ///   be missing, or hold nothing but their header.
    /// - Returns: the position that the files are at now.
    /// - Throws: `TapedeckError` with code `sink_failed` when a file is shorter than the position says, was changed before it, or
    ///   holds something behind it that no killed run leaves; when it holds something although the ledger has never seen it; when
    ///   it is not an ordinary file; when another run holds the folder; when the system refuses.
    public func recover(to position: SinkPosition?) throws -> SinkPosition { try files.recover(to: position) }

    /// Appends the batch's rows to the files.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`; then the files end with whole rows or frames, and every later call
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
}
