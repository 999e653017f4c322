import RecordingHost
import RecordingKit

/// The statements on the table of recordings that run for each record, prepared once.
struct RecordingRows {
    private let connection: SQLiteConnection
    private let select: SQLiteStatement
    private let upsert: SQLiteStatement

    init(_ connection: SQLiteConnection, table: String = "main.recordings") throws(SQLiteError) {
        self.connection = connection
        select = try connection.prepare(
            """
            SELECT source, id, listing, content, context, summary, access_revision, events_through, events_were_read,
                seen_in_run, number
            FROM \(table) WHERE key = ?
            """
        )
        upsert = try connection.prepare(
            """
            INSERT INTO \(table) (key, source, id, listing, content, context, summary, access_revision, events_through,
                events_were_read, seen_in_run, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET listing = excluded.listing, content = excluded.content,
                context = excluded.context, summary = excluded.summary, access_revision = excluded.access_revision,
                events_through = excluded.events_through, events_were_read = excluded.events_were_read,
                seen_in_run = excluded.seen_in_run
            WHERE source = excluded.source AND id = excluded.id
            """
        )
    }

    /// What is known of a recording; nil when it has no row.
    ///
    /// `isFree` says whether no row at all has its key.
    func find(
        _ id: ArraySlice<UInt8>,
        of source: Int64,
        _ key: UInt64
    ) throws -> (entry: KnownRecording?, isFree: Bool) {
        defer { select.reset() }
        let (isFound, isFree) = try KeyedRows.find(select, from: key) {
            select.integer(0) == source && select.isText(1, id)
        }
        return (isFound ? try entry() : nil, isFree)
    }

    /// Puts a row in the place of the one before; its number stays.
    func put(_ entry: KnownRecording, _ id: ArraySlice<UInt8>, of source: Int64, _ key: UInt64) throws {
        try KeyedRows.probe(from: key) { key in
            try upsert.bind(key)
            try upsert.bind(source)
            try upsert.bind(text: id)
            try upsert.bind(bits: entry.listing)
            try upsert.bind(bits: entry.content)
            try upsert.bind(bits: entry.context)
            try upsert.bind(bits: entry.summary)
            try upsert.bind(entry.accessRevision)
            try upsert.bind(entry.eventsThrough)
            try upsert.bind(entry.eventsWereRead ? 1 : 0)
            try upsert.bind(entry.seenInRun)
            try upsert.bind(entry.number.map { Int64($0) })
            try upsert.run()
            return connection.changes == 1
        }
    }

    private func entry() throws -> KnownRecording {
        KnownRecording(
            listing: select.bits(2),
            content: select.bits(3),
            context: select.bits(4),
            summary: select.optionalBits(5),
            accessRevision: select.text(6),
            eventsThrough: try select.optionalTime(7),
            eventsWereRead: select.integer(8) != 0,
            seenInRun: select.integer(9),
            number: select.isNull(10) ? nil : try select.recordingNumber(10)
        )
    }
}
