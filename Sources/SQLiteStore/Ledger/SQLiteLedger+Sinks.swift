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
            "INSERT INTO sink_offsets (sink, part, position, mark) SELECT id, ?, ?, ? FROM sinks WHERE name = ?"
        )
        for (part, offset) in position.offsets {
            try insert.bind(part)
            try insert.bind(offset)
            try insert.bind(bits: position.marks[part])
            try insert.bind(sink)
            try insert.run()
        }
    }
}

extension SinkPosition {
    fileprivate mutating func note(_ part: String, _ offset: Int64, _ mark: UInt64?) {
        offsets[part] = offset
        marks[part] = mark
    }
}
