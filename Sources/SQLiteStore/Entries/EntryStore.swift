import RecordingHost
import RecordingKit

/// What a ledger knows of recordings and events: entries that wait, and behind them the tables.
///
/// Keys are hashes, so the entries of one commit belong to as many places of their tables, and each place costs a page that is
/// written. So a commit only appends one row to the table `pending`; many commits are put into the tables together, in the order
/// of the keys.
final class EntryStore {
    let connection: SQLiteConnection
    let hash: EntryHash
    let limits: EntryLimits
    /// Whether nobody else can write entries, so that what waits is known without reading it again.
    let isAlone: Bool
    var pending = PendingEntries()
    var absentRecordings = AbsentKeys(beganEmpty: false)
    var absentEvents = AbsentKeys(beganEmpty: false)
    let recordings: RecordingRows
    let events: EventRows
    private let insertPending: SQLiteStatement
    private let dataVersion: SQLiteStatement
    /// The change of the file at which `pending` was read.
    private var knownVersion: Int64?
    /// The number that the next new recording of each source gets.
    private var nextNumbers: [Int64: Int] = [:]
    /// What the commit under way adds to the counters of each source.
    private(set) var added: [Int64: AddedEntries] = [:]
    /// Names that are looked for, one behind another; kept so that it need not be made for each page.
    var names: [UInt8] = []
    private var row: [UInt8] = []

    /// Reads what waits.
    ///
    /// - Parameter isAlone: whether the ledger's lock is held.
    init(_ connection: SQLiteConnection, isAlone: Bool, hash: EntryHash, limits: EntryLimits) throws {
        self.connection = connection
        self.isAlone = isAlone
        self.hash = hash
        self.limits = limits
        recordings = try RecordingRows(connection)
        events = try EventRows(connection)
        insertPending = try connection.prepare("INSERT INTO pending (entries) VALUES (?)")
        dataVersion = try connection.prepare("PRAGMA data_version")
        guard isAlone else { return }
        absentRecordings = AbsentKeys(
            beganEmpty: try connection.integer("SELECT EXISTS (SELECT 1 FROM recordings)") == 0
        )
        absentEvents = AbsentKeys(beganEmpty: try connection.integer("SELECT EXISTS (SELECT 1 FROM events)") == 0)
        try readPending()
    }

    /// Reads what waits again when another has changed the file; only within a transaction.
    func refresh() throws {
        guard !isAlone else { return }
        defer { dataVersion.reset() }
        let version = try dataVersion.step() ? dataVersion.integer(0) : 0
        guard version != knownVersion else { return }
        knownVersion = nil
        try readPending()
        knownVersion = version
    }

    private func readPending() throws {
        pending.removeAll()
        try PendingRow.forEach(in: connection) { try pending.add(row: $0, hash) }
    }

    // MARK: - Committing

    /// Appends entries to those that wait; only within a transaction that ends with ``keep()`` or ``rollBack()``.
    ///
    /// - Parameter number: the number of a source, given to it now when it has none.
    func append(
        _ newRecordings: [RecordingChange],
        _ newEvents: [EventChange],
        number: (String) throws -> Int64
    ) throws {
        added.removeAll(keepingCapacity: true)
        guard !newRecordings.isEmpty || !newEvents.isEmpty else { return pending.keep() }
        guard !connection.isReadOnly else { throw SQLiteError(code: SQLiteError.readOnly) }
        guard isAlone else { throw TapedeckError(.ledgerFailed, "the ledger was not opened for a run") }
        pending.begin(adding: newRecordings.count + newEvents.count)
        var sources = SourceMemory()
        var keys = EventMemory()
        for change in newRecordings { try append(change, sources.number(of: change.source, number)) }
        for change in newEvents { try append(change, sources.number(of: change.source, number), &keys) }
        PendingRow.make(pending.bytes[pending.added], in: &row)
        try insertPending.run(blob: row)
    }

    /// Adds to the counters of the commit under way.
    func count(auditReads cost: Int, of source: Int64) {
        added[source, default: AddedEntries()].auditReads += cost
    }

    /// The transaction has ended: what was appended counts.
    func keep() { pending.keep() }

    /// The transaction was undone: what was appended in it is gone.
    func rollBack() {
        pending.rollBack()
        nextNumbers = [:]
        added = [:]
    }

    private func append(_ change: RecordingChange, _ source: Int64) throws {
        names.removeAll(keepingCapacity: true)
        let id = EntryForm.name(change.id, source: source, to: &names)
        let key = hash.recording(names[id], of: source)
        let next = try nextNumbers[source] ?? nextNumber(of: source)
        var number = change.entry.number
        if number.map({ $0 < 0 || $0 >= next }) ?? true {
            let known = try recording(names[...], id, source, key)
            number = known == nil ? next : known?.number
            if known == nil {
                nextNumbers[source] = next + 1
                added[source, default: AddedEntries()].recordings += 1
            }
        }
        try pending.add(names[...], key) { EntryForm.append(change.entry, number: number, to: &$0) }
    }

    private func append(_ change: EventChange, _ source: Int64, _ memory: inout EventMemory) throws {
        names.removeAll(keepingCapacity: true)
        let name = EntryForm.name(change.key, source: source, to: &names)
        let key = memory.key(names, name, source, hash)
        if try fingerprint(names[...], name, source, key) == nil {
            added[source, default: AddedEntries()].events += 1
        }
        try pending.add(names[...], key) { EntryForm.append(bits: change.fingerprint, to: &$0) }
    }

    private func nextNumber(of source: Int64) throws -> Int {
        let select = try connection.statement("SELECT next_number FROM sources WHERE id = ?")
        try select.bind(source)
        defer { select.reset() }
        let number = try select.step() ? select.recordingNumber(0) : 0
        nextNumbers[source] = number
        return number
    }

    // MARK: - Looking up

    /// What is known of a recording; nil when it was never seen.
    func recording(_ id: String, of source: Int64) throws -> KnownRecording? {
        names.removeAll(keepingCapacity: true)
        let range = EntryForm.name(id, source: source, to: &names)
        return try recording(names[...], range, source, hash.recording(names[range], of: source))
    }

    /// What is known of the recording whose name begins at the beginning of `name`.
    func recording(
        _ name: ArraySlice<UInt8>,
        _ id: Range<Int>,
        _ source: Int64,
        _ key: UInt64
    ) throws -> KnownRecording? {
        if let place = pending.place(of: name, key) { return try pending.recording(at: place) }
        if absentRecordings.contains(key) { return nil }
        let found = try recordings.find(name[id], of: source, key)
        if found.isFree { absentRecordings.insert(key) }
        return found.entry
    }

    /// The fingerprint of the event with this name; nil when it is not known.
    func fingerprint(
        _ name: ArraySlice<UInt8>,
        _ ids: (recording: Range<Int>, event: Range<Int>),
        _ source: Int64,
        _ key: UInt64
    ) throws -> UInt64? {
        if let place = pending.place(of: name, key) { return try pending.fingerprint(at: place) }
        if absentEvents.contains(key) { return nil }
        let found = try events.find(name[ids.event], of: name[ids.recording], source, key)
        if found.isFree { absentEvents.insert(key) }
        return found.fingerprint
    }
}
