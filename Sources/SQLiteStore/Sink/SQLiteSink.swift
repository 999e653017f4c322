public import RecordingHost
import RecordingKit

/// Keeps records in the tables of one SQLite database, the last version of each, with views that answer who accessed what.
///
/// `Docs/sqlite-layout.md` describes the tables. The file holds health data: it is made readable by its owner alone, as are the
/// `-wal`, `-shm` and `.lock` files beside it and the folder when it is missing. It is in write-ahead mode: others read it while a
/// run writes, and see whole commits. A commit survives a power failure, together with its number; what a killed process left
/// unfinished is not there. Records that come again, as they do after a crash between this commit and that of the ledger, take
/// the place of themselves. Two runs cannot write into one file at once. Calls run one after another on a queue of the sink's own,
/// never on a thread of the cooperative pool. A sink that failed stays failed until it recovers again.
///
/// It is no ``ReplayableSink``: a row holds what a record says but not its JSON text nor the versions before it, and keeping
/// those would double the file. JSON Lines files are what other sinks are filled from.
public actor SQLiteSink: Sink {
    /// `sqlite:` and the file's absolute path.
    public nonisolated let id: String
    /// The file's path.
    public nonisolated let locations: [String]

    private let executor = QueueExecutor(label: "tapedeck.sqlite")
    let path: String
    private let settings: String
    private var database: RecordDatabase?
    private var failure: TapedeckError?

    /// The queue on which the sink's calls run.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Writes into the database at `path`, which is made when the sink first recovers; nothing is touched before.
    ///
    /// - Parameters:
    ///   - path: the file, absolute or relative to the working directory; a symbolic link in its place is refused.
    ///   - base: a folder that moves together with the file and with the ledger, such as that of the configuration; what lies
    ///     below it is known to the ledger by its relative path. Default none.
    public init(path: String, relativeTo base: String? = nil) {
        self.init(path: path, relativeTo: base, settings: "")
    }

    /// - Parameter settings: statements that are run on each connection, so that a test can set limits.
    init(path: String, relativeTo base: String? = nil, settings: String) {
        // The last part stays as it is: a symbolic link there is to be seen and refused.
        let folder = FilePath.absolute(FilePath.folder(path))
        let path = (folder == "/" ? "" : folder) + "/" + FilePath.name(path)
        let prefix = base.map { FilePath.absolute($0) + "/" }
        id = "sqlite:" + (prefix.flatMap { path.hasPrefix($0) ? String(path.dropFirst($0.count)) : nil } ?? path)
        locations = [path]
        self.path = path
        self.settings = settings
    }

    /// Makes or opens the database and compares it with `position`.
    ///
    /// It may have come further than that, by commits of which the ledger was not told; their records come again.
    ///
    /// - Parameter position: the last position in the ledger, or nil when the ledger has never seen this sink; then the file must
    ///   be missing or hold no records.
    /// - Returns: the position that the database is at now.
    /// - Throws: `TapedeckError` with code `sink_failed` when the file is missing, has fewer commits than the position says, is
    ///   another database than the ledger knows, or holds records although the ledger has never seen it; when it is no database
    ///   of records, is damaged, or was written by a newer program, and is left as it is then; when another run holds it, who
    ///   is named; when the system refuses.
    public func recover(to position: SinkPosition?) throws -> SinkPosition {
        close()
        failure = nil
        let holder = LedgerHolder(command: "writing records")
        let opened = try RecordDatabase.open(path, at: position, holder: holder, settings: settings)
        database = opened
        return opened.position
    }

    /// Puts the batch's records into the tables, each in the place of the one with its key.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`; then nothing since the last commit is kept, and every later call throws
    ///   it again.
    public func write(_ batch: RecordBatch) throws {
        try whileGood { try $0.write(batch.records) }
    }

    /// Makes everything that was written durable.
    ///
    /// - Returns: the number of commits, with the database's own number as its mark.
    /// - Throws: `TapedeckError` with code `sink_failed`, also when the file was moved or removed; every later call throws it again.
    public func commit() throws -> SinkPosition {
        try whileGood { database in
            try database.commit()
            guard !database.hasMoved else {
                throw refusal("the database \(FilePath.name(path)) was moved or removed: put it back and run again")
            }
            return database.position
        }
    }

    /// Closes the database and lets another run use it; what was not committed is dropped.
    public func close() {
        database?.close()
        database = nil
    }

    private func refusal(_ reason: String) -> TapedeckError { StoreRole.records.refusal(reason) }

    private func whileGood<Result>(_ body: (RecordDatabase) throws -> Result) throws -> Result {
        if let failure { throw failure }
        let file = FilePath.name(path)
        guard let database else { throw refusal("the database \(file) is not open: recover it first") }
        do {
            return try body(database)
        } catch {
            database.rollBack()
            let described = (error as? SQLiteError)?.described(file, as: .records)
            let failure =
                described ?? error as? TapedeckError
                ?? refusal("the database \(file) failed: run again, and report it if it stays")
            self.failure = failure
            throw failure
        }
    }
}
