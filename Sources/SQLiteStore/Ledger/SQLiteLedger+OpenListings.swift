import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// Puts a listing's place in the place of the one before, and adds the recordings that are to be remembered.
    func write(_ open: OpenListing, _ connection: SQLiteConnection) throws {
        let source = try numberForWriting(open.name.source, connection)
        let upsert = try connection.statement(
            """
            INSERT INTO open_listings (source, part, range_from, range_to, key, label, parameters, place, began_at, recordings,
                failed_resumptions)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET place = excluded.place, recordings = excluded.recordings,
                failed_resumptions = excluded.failed_resumptions RETURNING id
            """
        )
        defer { upsert.reset() }
        try Self.bind(open.name, source, to: upsert)
        try upsert.bind(open.listing.key)
        try upsert.bind(open.listing.label)
        try upsert.bind(TextList.text(open.listing.parameters))
        try upsert.bind(open.place)
        try upsert.bind(open.beganAt)
        try upsert.bind(open.recordings)
        try upsert.bind(open.failedResumptions)
        guard try upsert.step() else { return }
        let id = upsert.integer(0)
        let insert = try connection.statement(
            """
            INSERT OR REPLACE INTO remembered_details (listing, recording, context, parameters, revision, since)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        )
        for detail in open.details {
            try insert.bind(id)
            try insert.bind(detail.recordingID)
            try insert.bind(TextList.text(detail.context.flatMap { [$0.name, $0.value] }))
            try insert.bind(TextList.text(detail.parameters))
            try insert.bind(detail.revision)
            try insert.bind(detail.since)
            try insert.run()
        }
    }

    /// Forgets that a recording's access events are to be read.
    func forget(_ detail: DetailKey, _ connection: SQLiteConnection) throws {
        guard let source = try number(of: detail.listing.source, connection) else { return }
        let delete = try connection.statement(
            """
            DELETE FROM remembered_details WHERE listing =
                (SELECT id FROM open_listings WHERE source = ? AND part = ? AND range_from = ? AND range_to = ?)
                AND recording = ?
            """
        )
        try Self.bind(detail.listing, source, to: delete)
        try delete.bind(detail.recordingID)
        try delete.run()
    }

    /// Forgets an open listing with everything that was remembered for it.
    func forget(_ name: ListingKey, _ connection: SQLiteConnection) throws {
        guard let source = try number(of: name.source, connection) else { return }
        let delete = try connection.statement(
            "DELETE FROM open_listings WHERE source = ? AND part = ? AND range_from = ? AND range_to = ? RETURNING id"
        )
        try Self.bind(name, source, to: delete)
        defer { delete.reset() }
        var ids: [Int64] = []
        while try delete.step() { ids.append(delete.integer(0)) }
        for id in ids { try execute("DELETE FROM remembered_details WHERE listing = ?", id, connection) }
    }

    /// Forgets the open listings of a source that began before a time, with everything that was remembered for them.
    func forgetOpenListings(_ oldest: Timestamp, _ source: Int64, _ connection: SQLiteConnection) throws {
        let select = try connection.statement("SELECT id, began_at FROM open_listings WHERE source = ?")
        try select.bind(source)
        defer { select.reset() }
        var ids: [Int64] = []
        while try select.step() {
            if try select.time(1) < oldest { ids.append(select.integer(0)) }
        }
        for id in ids {
            try execute("DELETE FROM open_listings WHERE id = ?", id, connection)
            try execute("DELETE FROM remembered_details WHERE listing = ?", id, connection)
        }
    }

    /// The listings of a part that are under way.
    func openListings(
        of part: UInt64,
        _ name: String,
        _ source: Int64,
        _ connection: SQLiteConnection
    ) throws -> [OpenListing] {
        let select = try connection.statement(
            """
            SELECT id, range_from, range_to, key, label, parameters, place, began_at, recordings, failed_resumptions
            FROM open_listings WHERE source = ? AND part = ? ORDER BY range_from
            """
        )
        try select.bind(source)
        try select.bind(bits: part)
        defer { select.reset() }
        var listings: [OpenListing] = []
        while try select.step() {
            var window: TimeWindow?
            if select.requiredText(1) != "" { window = TimeWindow(from: try select.time(1), to: try select.time(2)) }
            let listing = Listing(
                key: select.requiredText(3),
                label: select.requiredText(4),
                window: window,
                parameters: try TextList.dictionary(select.requiredText(5))
            )
            listings.append(
                OpenListing(
                    name: ListingKey(source: name, part: part, window: window),
                    listing: listing,
                    place: select.requiredText(6),
                    beganAt: try select.time(7),
                    recordings: select.count(8),
                    details: try rememberedDetails(of: select.integer(0), connection),
                    failedResumptions: select.count(9)
                )
            )
        }
        return listings
    }

    private func rememberedDetails(of listing: Int64, _ connection: SQLiteConnection) throws -> [RememberedDetail] {
        let select = try connection.statement(
            "SELECT recording, context, parameters, revision, since FROM remembered_details WHERE listing = ?"
        )
        try select.bind(listing)
        defer { select.reset() }
        var details: [RememberedDetail] = []
        while try select.step() {
            let context = try TextList.list(select.requiredText(1))
            details.append(
                RememberedDetail(
                    recordingID: select.requiredText(0),
                    context: stride(from: 0, to: context.count - 1, by: 2).map {
                        ContextEntry(context[$0], context[$0 + 1])
                    },
                    parameters: try TextList.dictionary(select.requiredText(2)),
                    revision: select.text(3),
                    since: try select.optionalTime(4)
                )
            )
        }
        return details
    }

    private static func bind(_ name: ListingKey, _ source: Int64, to statement: SQLiteStatement) throws {
        try statement.bind(source)
        try statement.bind(bits: name.part)
        try statement.bind(name.window?.from.description ?? "")
        try statement.bind(name.window?.to.description ?? "")
    }
}
