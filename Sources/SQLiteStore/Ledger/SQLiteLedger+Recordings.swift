public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// What is known of these recordings; those that were never seen are missing from the result.
    public func knownRecordings(_ ids: [String], of source: String) throws -> [String: KnownRecording] {
        try read { connection in
            guard let number = try number(of: source, connection) else { return [:] }
            let select = try connection.statement(
                """
                SELECT listing, content, context, summary, access_revision, events_through, events_were_read, seen_in_run,
                    number
                FROM recordings WHERE source = ? AND id = ?
                """
            )
            defer { select.reset() }
            var known: [String: KnownRecording] = [:]
            known.reserveCapacity(ids.count)
            for id in ids {
                try select.bind(number)
                try select.bind(id)
                if try select.step() { known[id] = try Self.recording(select) }
                select.reset()
            }
            return known
        }
    }

    /// The fingerprints of those of these events that are known.
    public func knownEvents(_ ids: [EventKey], of source: String) throws -> [EventKey: UInt64] {
        try read { connection in
            guard let number = try number(of: source, connection) else { return [:] }
            let select = try connection.statement(
                "SELECT fingerprint FROM events WHERE source = ? AND recording = ? AND event = ?"
            )
            defer { select.reset() }
            var known: [EventKey: UInt64] = [:]
            known.reserveCapacity(ids.count)
            for id in ids {
                try select.bind(number)
                try select.bind(id.recordingID)
                try select.bind(id.eventID)
                if try select.step() { known[id] = select.bits(0) }
                select.reset()
            }
            return known
        }
    }

    private static func recording(_ row: SQLiteStatement) throws -> KnownRecording {
        KnownRecording(
            listing: row.bits(0),
            content: row.bits(1),
            context: row.bits(2),
            summary: row.isNull(3) ? nil : row.bits(3),
            accessRevision: row.text(4),
            eventsThrough: try row.optionalTime(5),
            eventsWereRead: row.integer(6) != 0,
            seenInRun: row.integer(7),
            number: row.isNull(8) ? nil : try row.recordingNumber(8)
        )
    }
}
