import RecordingHost
import RecordingKit

extension RecordDatabase {
    /// Opens the database at `path` at a position and makes it when there is none: looks first, and changes something only when
    /// everything is as it should be.
    ///
    /// - Parameters:
    ///   - path: the absolute path; missing folders are made.
    ///   - position: the last position in the ledger, or nil when the ledger has never seen the database.
    ///   - holder: what others are told that want the same file meanwhile.
    ///   - settings: statements that are run on the open connection, such as limits.
    /// - Throws: `TapedeckError` with code `sink_failed`.
    static func open(
        _ path: String,
        at position: SinkPosition?,
        holder: LedgerHolder,
        settings: String
    ) throws -> RecordDatabase {
        let file = FilePath.name(path)
        do {
            let expected = try Expectation(position, file: file)
            if try FileStatus.of(path) == nil { try expected.checkEmpty(file) }
            try makeFolder(FilePath.folder(path))
            let lock = try LedgerLock(of: path, holder: holder, role: .records)
            if try FileStatus.of(path) == nil { try makeFile(path) }
            return try open(path, expected, lock, settings: settings)
        } catch let error as SQLiteError {
            throw error.described(file, as: .records)
        } catch let error as SystemError {
            throw StoreRole.records.refusal("the database \(file) cannot be opened: \(error); \(error.advice)")
        }
    }

    private static func open(
        _ path: String,
        _ expected: Expectation,
        _ lock: LedgerLock,
        settings: String
    ) throws -> RecordDatabase {
        let schema = RecordSchema()
        let file = FilePath.name(path)
        let connection = try SQLiteConnection(path: path, readOnly: false, followsLinks: false)
        var state = State(archive: expected.archive ?? 0, sequence: 0)
        switch try connection.content(schema, file: file) {
        case .empty: try expected.checkEmpty(file)
        case .tables:
            if try connection.integer("SELECT count(*) FROM tapedeck_sink") == 0,
                try !Expectation.holdsRecords(connection)
            {
                // A run was killed between making the tables and giving them their number.
                try expected.checkEmpty(file)
            } else {
                state = try expected.checked(try State(connection, file: file), connection, file)
            }
        }
        for suffix in ["", "-wal", "-shm"] {
            guard let status = try FileStatus.of(path + suffix), status.permissions & 0o077 != 0 else { continue }
            try FilePath.setPermissions(path + suffix, 0o600)
        }
        try connection.execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA fullfsync = ON;
            PRAGMA cache_size = -7800;
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA journal_size_limit = 67108864;
            """
        )
        try connection.execute(settings)
        try connection.migrate(to: schema)
        if state.sequence == 0 { state = try begin(expected, connection) }
        return try RecordDatabase(
            connection: connection,
            lock: lock,
            archive: state.archive,
            sequence: state.sequence
        )
    }

    /// Gives an empty database its number: the one that the ledger noted for it, else a random one.
    private static func begin(_ expected: Expectation, _ connection: SQLiteConnection) throws -> State {
        let begin = try connection.statement(
            "INSERT OR REPLACE INTO tapedeck_sink VALUES (1, coalesce(?, random()), 0)"
        )
        try begin.bind(bits: expected.archive)
        try begin.run()
        return State(
            archive: UInt64(bitPattern: try connection.integer("SELECT archive FROM tapedeck_sink")),
            sequence: 0
        )
    }

    private static func makeFolder(_ path: String) throws {
        try FilePath.makeFolder(path)
        guard try FileStatus.of(path)?.isFolder == true else {
            throw StoreRole.records.refusal(
                "\(FilePath.name(path)) is not a folder: move it away, or choose another path"
            )
        }
    }

    private static func makeFile(_ path: String) throws {
        do throws(SystemError) {
            _ = try OpenFile(path, as: .new)
        } catch {
            guard error.isExistingFile else { throw error }
            throw StoreRole.records.refusal(
                "\(FilePath.name(path)) is a symbolic link that leads nowhere: remove it, or choose another path"
            )
        }
        // A new file survives a power failure only once its entry in the folder is on the disk.
        try OpenFile(FilePath.folder(path), as: .folder).synchronize()
        try? OpenFile(FilePath.folder(FilePath.folder(path)), as: .folder).synchronize()
    }
}

/// How far a database says that it has come.
private struct State {
    let archive: UInt64
    let sequence: Int64

    init(archive: UInt64, sequence: Int64) {
        self.archive = archive
        self.sequence = sequence
    }

    init(_ connection: SQLiteConnection, file: String) throws {
        let select = try connection.statement("SELECT archive, sequence FROM tapedeck_sink")
        defer { select.reset() }
        guard try select.step() else {
            throw StoreRole.records.refusal(
                "the database \(file) does not say how far it has come; \(StoreRole.records.remedyForDamage)"
            )
        }
        self.init(archive: select.bits(0), sequence: select.integer(1))
    }
}

/// What a database must hold, by the ledger.
private struct Expectation {
    /// Commits that are known to the ledger.
    let sequence: Int64
    /// The number that the ledger noted for the database.
    let archive: UInt64?
    /// Whether the ledger has seen the database before.
    let isKnown: Bool
    /// Whether no commit may have followed those.
    let isFinal: Bool

    init(_ position: SinkPosition?, file: String) throws {
        guard position?.offsets.keys.allSatisfy({ $0 == RecordDatabase.part }) != false else {
            throw StoreRole.records.refusal(
                "the ledger knows of parts of the database \(file) that this program does not write: use the newer program"
            )
        }
        sequence = position?.offsets[RecordDatabase.part] ?? 0
        archive = position?.marks[RecordDatabase.part]
        isKnown = position != nil
        isFinal = position?.isFinal == true
    }

    /// Refuses a database without any records when some were committed to it.
    func checkEmpty(_ file: String) throws {
        guard sequence <= 0 else {
            throw StoreRole.records.refusal(
                "the database \(file) is missing or empty, but the ledger says that \(sequence) commits were made to it: "
                    + remedy
            )
        }
    }

    /// The state, if it is one that may be continued.
    func checked(_ state: State, _ connection: SQLiteConnection, _ file: String) throws -> State {
        guard isKnown || state.sequence == 0, try state.sequence > 0 || !Self.holdsRecords(connection) else {
            throw StoreRole.records.refusal(
                "the database \(file) already holds records that this ledger knows nothing of: "
                    + "if the ledger was lost or removed, run `tapedeck repair`; else move the file away, or use the ledger "
                    + "that wrote it"
            )
        }
        guard state.sequence >= sequence else {
            throw StoreRole.records.refusal(
                "the database \(file) has \(state.sequence) commits, but the ledger says that \(sequence) were made: "
                    + remedy
            )
        }
        guard state.sequence == sequence || !isFinal else {
            throw StoreRole.records.refusal(
                "the database \(file) has \(state.sequence) commits and the ledger knows of \(sequence), as when an older ledger was "
                    + "put back: use the newest ledger, or run `tapedeck repair`, which rebuilds the ledger from the files"
            )
        }
        if let archive, state.sequence > 0, archive != state.archive {
            throw StoreRole.records.refusal(
                "the database \(file) is not the one that this ledger wrote to, though it has its name: \(remedy)"
            )
        }
        return state
    }

    private var remedy: String {
        "put the whole file back as it was, with the -wal file beside it, or move it away and run `tapedeck repair`"
    }

    fileprivate static func holdsRecords(_ connection: SQLiteConnection) throws -> Bool {
        for table in RecordSchema.tables where try connection.integer("SELECT EXISTS (SELECT 1 FROM \(table))") > 0 {
            return true
        }
        return false
    }
}
