public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// How far each sink has come, by the sink's id.
    public func sinkPositions() throws -> [String: SinkPosition] {
        try perform { connection in
            let select = try connection.statement(
                "SELECT name, part, position FROM sinks LEFT JOIN sink_offsets ON sink_offsets.sink = sinks.id"
            )
            defer { select.reset() }
            var positions: [String: SinkPosition] = [:]
            while try select.step() {
                let sink = select.requiredText(0)
                if let part = select.text(1) {
                    positions[sink, default: SinkPosition()].offsets[part] = select.integer(2)
                } else {
                    positions[sink] = SinkPosition()
                }
            }
            return positions
        }
    }

    /// Notes where a sink begins; survives a power failure before this returns.
    public func adoptSink(_ id: String, at position: SinkPosition) throws {
        try transactDurably { connection in try write(position, of: id, connection) }
    }

    /// Puts a sink's position in the place of the one before; only within a transaction.
    func write(_ position: SinkPosition, of sink: String, _ connection: SQLiteConnection) throws {
        let adopt = try connection.statement("INSERT INTO sinks (name) VALUES (?) ON CONFLICT DO NOTHING")
        try adopt.bind(sink)
        try adopt.run()
        let forget = try connection.statement(
            "DELETE FROM sink_offsets WHERE sink = (SELECT id FROM sinks WHERE name = ?)"
        )
        try forget.bind(sink)
        try forget.run()
        let insert = try connection.statement(
            "INSERT INTO sink_offsets (sink, part, position) SELECT id, ?, ? FROM sinks WHERE name = ?"
        )
        for (part, offset) in position.offsets {
            try insert.bind(part)
            try insert.bind(offset)
            try insert.bind(sink)
            try insert.run()
        }
    }
}
