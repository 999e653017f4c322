public import RecordingHost
import RecordingKit

extension SQLiteLedger {
    /// Stands for a position that names no part; no part has this name.
    private static let noPart = ""

    /// How far each sink has come, by the sink's id, and what it lacks.
    public func sinkStates() throws -> [String: SinkState] {
        try read { connection in
            var states: [String: SinkState] = [:]
            let sinks = try connection.statement("SELECT name, is_behind FROM sinks")
            defer { sinks.reset() }
            while try sinks.step() {
                let lacksSince: [String: SinkPosition]? = sinks.integer(1) == 0 ? nil : [:]
                states[sinks.requiredText(0)] = SinkState(position: SinkPosition(), lacksSince: lacksSince)
            }
            let offsets = try connection.statement(
                "SELECT name, part, position, mark FROM sinks JOIN sink_offsets ON sink = id"
            )
            defer { offsets.reset() }
            while try offsets.step() {
                let part = offsets.requiredText(1)
                states[offsets.requiredText(0)]?.position.note(part, offsets.integer(2), offsets.optionalBits(3))
            }
            let lacks = try connection.statement(
                "SELECT name, giver, part, position, mark FROM sinks JOIN sink_lacks ON sink = id"
            )
            defer { lacks.reset() }
            while try lacks.step() {
                let (sink, giver, part) = (lacks.requiredText(0), lacks.requiredText(1), lacks.requiredText(2))
                if part == Self.noPart {
                    states[sink]?.lacksSince?[giver] = SinkPosition()
                } else {
                    states[sink]?.lacksSince?[giver, default: SinkPosition()]
                        .note(part, lacks.integer(3), lacks.optionalBits(4))
                }
            }
            return states
        }
    }

    /// Notes a sink's state; survives a power failure before this returns.
    public func setSinkState(_ state: SinkState, of sink: String) throws {
        try transactDurably { connection in
            try write(state.position, of: sink, connection)
            let update = try connection.statement("UPDATE sinks SET is_behind = ? WHERE name = ?")
            try update.bind(state.lacksSince == nil ? 0 : 1)
            try update.bind(sink)
            try update.run()
            let forget = try connection.statement(
                "DELETE FROM sink_lacks WHERE sink = (SELECT id FROM sinks WHERE name = ?)"
            )
            try forget.bind(sink)
            try forget.run()
            let insert = try connection.statement(
                "INSERT INTO sink_lacks (sink, giver, part, position, mark) SELECT id, ?, ?, ?, ? FROM sinks WHERE name = ?"
            )
            for (giver, position) in state.lacksSince ?? [:] {
                // A giver that held nothing is still the one that has what is lacking.
                for (part, offset) in position.offsets.isEmpty ? [Self.noPart: 0] : position.offsets {
                    try insert.bind(giver)
                    try insert.bind(part)
                    try insert.bind(offset)
                    try insert.bind(bits: position.marks[part])
                    try insert.bind(sink)
                    try insert.run()
                }
            }
        }
    }

    /// Puts a sink's position in the place of the one before; only within a transaction.
    ///
    /// Only what has changed is written.
    func write(_ position: SinkPosition, of sink: String, _ connection: SQLiteConnection) throws {
        var rows = try sinkRows[sink] ?? self.rows(of: sink, connection)
        for (part, offset) in position.offsets {
            let mark = position.marks[part]
            if let known = rows.position.offsets[part] {
                if known == offset, rows.position.marks[part] == mark { continue }
                let update = try connection.statement(
                    "UPDATE sink_offsets SET position = ?, mark = ? WHERE sink = ? AND part = ?"
                )
                try update.bind(offset)
                try update.bind(bits: mark)
                try update.bind(rows.sink)
                try update.bind(part)
                try update.run()
            } else {
                let insert = try connection.statement(
                    "INSERT INTO sink_offsets (sink, part, position, mark) VALUES (?, ?, ?, ?)"
                )
                try insert.bind(rows.sink)
                try insert.bind(part)
                try insert.bind(offset)
                try insert.bind(bits: mark)
                try insert.run()
            }
        }
        for part in rows.position.offsets.keys where position.offsets[part] == nil {
            let delete = try connection.statement("DELETE FROM sink_offsets WHERE sink = ? AND part = ?")
            try delete.bind(rows.sink)
            try delete.bind(part)
            try delete.run()
        }
        guard isAlone else { return }
        rows.position = position
        sinkRows[sink] = rows
    }

    /// A sink's rows, the one of the sink itself made now when it is missing.
    private func rows(of sink: String, _ connection: SQLiteConnection) throws -> SinkRows {
        let adopt = try connection.statement("INSERT INTO sinks (name) VALUES (?) ON CONFLICT DO NOTHING")
        try adopt.bind(sink)
        try adopt.run()
        let select = try connection.statement(
            "SELECT id, part, position, mark FROM sinks LEFT JOIN sink_offsets ON sink = id WHERE name = ?"
        )
        try select.bind(sink)
        defer { select.reset() }
        var rows = SinkRows(sink: 0, position: SinkPosition())
        while try select.step() {
            rows.sink = select.integer(0)
            guard let part = select.text(1) else { continue }
            rows.position.note(part, select.integer(2), select.optionalBits(3))
        }
        return rows
    }
}

/// A sink as the tables know it.
struct SinkRows {
    /// Its number.
    var sink: Int64
    var position: SinkPosition
}

extension SinkPosition {
    fileprivate mutating func note(_ part: String, _ offset: Int64, _ mark: UInt64?) {
        offsets[part] = offset
        marks[part] = mark
    }
}
