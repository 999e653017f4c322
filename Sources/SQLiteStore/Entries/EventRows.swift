/// The statements on the table of events that run for each record, prepared once.
struct EventRows {
    private let connection: SQLiteConnection
    private let select: SQLiteStatement
    private let upsert: SQLiteStatement

    init(_ connection: SQLiteConnection, table: String = "main.events") throws(SQLiteError) {
        self.connection = connection
        select = try connection.prepare("SELECT source, recording, event, fingerprint FROM \(table) WHERE key = ?")
        upsert = try connection.prepare(
            """
            INSERT INTO \(table) (key, source, recording, event, fingerprint) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint
            WHERE source = excluded.source AND recording = excluded.recording AND event = excluded.event
            """
        )
    }

    /// The fingerprint of an event; nil when it has no row.
    ///
    /// `isFree` says whether no row at all has its key.
    func find(
        _ event: ArraySlice<UInt8>,
        of recording: ArraySlice<UInt8>,
        _ source: Int64,
        _ key: UInt64
    ) throws -> (fingerprint: UInt64?, isFree: Bool) {
        defer { select.reset() }
        let (isFound, isFree) = try KeyedRows.find(select, from: key) {
            select.integer(0) == source && select.isText(1, recording) && select.isText(2, event)
        }
        return (isFound ? select.bits(3) : nil, isFree)
    }

    /// Puts a row in the place of the one before.
    func put(
        _ fingerprint: UInt64,
        _ event: ArraySlice<UInt8>,
        of recording: ArraySlice<UInt8>,
        _ source: Int64,
        _ key: UInt64
    ) throws {
        try KeyedRows.probe(from: key) { key in
            try upsert.bind(key)
            try upsert.bind(source)
            try upsert.bind(text: recording)
            try upsert.bind(text: event)
            try upsert.bind(bits: fingerprint)
            try upsert.run()
            return connection.changes == 1
        }
    }
}
