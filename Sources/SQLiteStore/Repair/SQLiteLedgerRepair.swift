public import RecordingHost
import RecordingKit

/// The place of a ledger in one SQLite file, held for a repair.
///
/// The new ledger is built in `<ledger>.repairing` and, once it is whole and on the disk, renamed to `<ledger>.repaired` and from
/// there into its place. Killed before that rename, a repair has changed nothing; killed after it, the next repair ends what was
/// begun. A repair that is only tried out keeps what it builds in a file that has no name and is gone with the process.
public actor SQLiteLedgerRepair: RepairableLedger {
    let path: String
    let file: String
    let isDryRun: Bool
    private let executor = QueueExecutor(label: "tapedeck.repair")
    private var lock: LedgerLock?
    /// Keeps tokens from being renewed in a ledger that is being replaced.
    private var tokenLock: OpenFile?
    /// The new ledger while it is built.
    var building: SQLiteConnection?
    /// Statements on the new ledger that run for each record.
    var recordingRows: RecordingRows?
    var eventRows: EventRows?
    /// Whether the old ledger's entries, those that waited included, stand in temporary tables of the new one's connection.
    var hasMergedOld = false
    /// Whether the old ledger can be read from end to end, in this program's version of the tables.
    var canReadOld = false
    /// Whether the old file is a database at all.
    var isDatabase = false

    /// The queue on which the calls run.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Takes the place of a ledger for a repair; nothing is changed.
    ///
    /// - Parameters:
    ///   - path: the database; its folder must exist.
    ///   - holder: what a run is told that wants the ledger meanwhile.
    ///   - isDryRun: whether the repair is only tried out, so that nothing can be replaced. Default no.
    /// - Throws: `TapedeckError` with code `ledger_busy` when a run holds the ledger, `ledger_failed` when the folder is missing or
    ///   may not be written.
    public init(path: String, holder: LedgerHolder, isDryRun: Bool = false) throws {
        self.path = FilePath.absolute(path)
        file = FilePath.name(self.path)
        self.isDryRun = isDryRun
        let folder = FilePath.folder(self.path)
        do {
            guard try FileStatus.of(folder)?.isFolder == true else {
                throw TapedeckError(.ledgerFailed, "the folder for the ledger \(file) does not exist")
            }
        } catch let error as SystemError {
            throw TapedeckError(.ledgerFailed, "the ledger \(file) cannot be opened: \(error); \(error.advice)")
        }
        lock = try LedgerLock(of: self.path, holder: holder)
        do {
            tokenLock = try FileTokenLock.take(FileTokenLock.path(self.path))
        } catch {
            throw TapedeckError(.ledgerFailed, "the ledger \(file) cannot be locked: \(error); \(error.advice)")
        }
        guard tokenLock != nil else {
            throw TapedeckError(.ledgerBusy, "tokens of the ledger \(file) are being renewed; wait until that ends")
        }
    }

    /// Gives the place free, and drops what was begun.
    public func close() {
        dropBuilding()
        tokenLock = nil
        lock?.release()
        lock = nil
    }

    /// What lies there.
    public func examine() throws -> LedgerCondition {
        try described {
            var condition = try look()
            if !isDryRun, try FileStatus.of(pendingPath) != nil {
                if condition == .sound {
                    // The old ledger was put back meanwhile, or the kill came before anything of it was changed.
                    try FilePath.remove(pendingPath)
                } else {
                    _ = try putInPlace(suffix: Self.suffixOfInterrupted)
                    condition = try look()
                }
            }
            return condition
        }
    }

    /// How far each sink has come by the old ledger, and whether anything may stand behind that; empty when it cannot be read.
    public func oldSinkStates() async throws -> [String: SinkState] {
        guard canReadOld else { return [:] }
        let ledger = try Self.ledger(oldLocation(), file: file, readOnly: true)
        var states = try await ledger.sinkStates()
        let lastRunEndedInOrder = try await ledger.lastRunEndedInOrder()
        await ledger.close()
        for (sink, state) in states {
            states[sink]?.position.isFinal = lastRunEndedInOrder && state.lacksSince == nil
        }
        return states
    }

    /// The name of a ledger that was found damaged beside a new one that was ready.
    static let suffixOfInterrupted = ".before-repair"

    /// Where the new ledger is built.
    var buildingPath: String { path + ".repairing" }
    /// Where it waits until it is put in the place of the old one.
    var pendingPath: String { path + ".repaired" }

    /// Does `body`, and gives failures the words that people need.
    func described<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as SQLiteError {
            throw error.described(file)
        } catch let error as DamagedEntries {
            throw error.described(file)
        } catch let error as SystemError {
            throw TapedeckError(.ledgerFailed, "the ledger \(file) cannot be repaired: \(error); \(error.advice)")
        }
    }

    /// Opens the old ledger's file for reading.
    func readOld() throws -> SQLiteConnection {
        try SQLiteConnection(path: oldLocation(), readOnly: true, isBuilding: true)
    }

    /// Where the old ledger is read, as a URI.
    ///
    /// Without a write-ahead log it is read as a file that nobody changes, so that SQLite makes no files beside it.
    func oldLocation() throws(SystemError) -> String {
        let log = try FileStatus.of(path + "-wal")?.size ?? 0
        return "file:" + Self.escaped(path) + "?mode=ro" + (log == 0 ? "&immutable=1" : "")
    }

    private static func escaped(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D...0x2F, 0x5F: text.unicodeScalars.append(.init(byte))
            default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    /// The database at `path` as a ledger, without its lock and as it is.
    static func ledger(_ path: String, file: String, readOnly: Bool) throws -> SQLiteLedger {
        do {
            let connection = try SQLiteConnection(path: path, readOnly: readOnly, isBuilding: readOnly)
            return SQLiteLedger(connection: connection, lock: nil, file: file)
        } catch let error {
            throw error.described(file)
        }
    }

    func dropBuilding() {
        endBuilding()
        if !isDryRun { try? FilePath.remove(buildingPath) }
    }

    /// Closes the new ledger.
    func endBuilding() {
        recordingRows = nil
        eventRows = nil
        hasMergedOld = false
        building = nil
    }

    private func look() throws -> LedgerCondition {
        canReadOld = false
        isDatabase = false
        guard let status = try FileStatus.of(path) else { return .missing }
        guard status.isRegularFile else {
            throw TapedeckError(.ledgerFailed, "\(file) is not an ordinary file: move it away, or choose another path")
        }
        guard status.size > 0 else { return .missing }
        do {
            let connection = try readOld()
            guard case .tables(let version) = try connection.content(LedgerSchema.current, file: file) else {
                return .missing
            }
            isDatabase = true
            if let damage = try Self.damage(connection) { return .damaged(damage) }
            canReadOld = version == LedgerSchema.current.version
            if canReadOld { try Self.checkPending(connection) }
        } catch let error as SQLiteError {
            guard error.isDamage else { throw error }
            return .damaged(error.name)
        } catch is DamagedEntries {
            canReadOld = false
            return .damaged("entries that wait for their tables cannot be read")
        }
        if !canReadOld, !isDryRun {
            try SQLiteLedger.bringUpToDate(path, file: file)
            canReadOld = true
        }
        return .sound
    }

    private static func checkPending(_ connection: SQLiteConnection) throws {
        try PendingRow.forEach(in: connection) { row in
            var entries = PendingEntries()
            try entries.add(row: row, .standard)
        }
    }

    private static func damage(_ connection: SQLiteConnection) throws -> String? {
        let check = try connection.statement("PRAGMA integrity_check(1)")
        defer { check.reset() }
        guard try check.step(), let verdict = check.text(0), verdict != "ok" else { return nil }
        // The first line names the database, which is always this one.
        return verdict.split(separator: "\n").first { !$0.hasPrefix("***") }.map(String.init) ?? verdict
    }
}

extension SQLiteError {
    /// Whether the file's content is not what SQLite wrote.
    var isDamage: Bool { name == "SQLITE_CORRUPT" || name == "SQLITE_NOTADB" }
}
