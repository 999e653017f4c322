import RecordingHost
import RecordingKit

@testable import SQLiteStore

/// Records and batches for a sink, short to write.
enum Sample {
    static let observed = "2026-03-02T08:00:00.123Z"

    static func record(
        _ payload: OutputRecord.Payload,
        source: String = "clinic",
        at time: String = observed
    ) throws -> OutputRecord {
        OutputRecord(source: source, connector: "kismet", observedAt: try SQLiteStoreTests.time(time), payload: payload)
    }

    static func recording(_ id: String, title: String? = nil, source: String = "clinic") throws -> OutputRecord {
        var recording = Recording(id: id, status: .available)
        recording.title = title
        return try record(.recording(recording), source: source)
    }

    static func summary(_ id: String, views: Int64?, downloads: Int64?) throws -> OutputRecord {
        try record(.accessSummary(AccessSummary(recordingID: id, views: views, downloads: downloads)))
    }

    static func event(
        _ id: String,
        of recording: String,
        by actor: Person,
        _ actions: [AccessAction],
        at time: String,
        selfInduced: Bool? = false
    ) throws -> OutputRecord {
        var event = AccessEvent(identity: .platform(id), recordingID: recording, actor: actor, actions: actions)
        event.occurredAt = try SQLiteStoreTests.time(time)
        return try record(.accessEvent(event, id: id, isSynthetic: false, isSelfInduced: selfInduced))
    }
}

extension RecordBatch {
    init(_ records: [OutputRecord]) {
        self.init()
        for record in records { append(record, json: "{}".utf8) }
    }
}

extension TemporaryFolder {
    func sink(_ name: String = "recordings.db", settings: String = "") -> SQLiteSink {
        SQLiteSink(path: path(name), relativeTo: path, settings: settings)
    }

    /// The rows of a query on a sink's database, each column as text, read by a connection of its own.
    func rows(_ sql: String, in name: String = "recordings.db") throws -> [[String?]] {
        let connection = try SQLiteConnection(path: path(name), readOnly: true)
        return try connection.rows(sql)
    }

    /// Changes a sink's database behind its back.
    func change(_ sql: String, in name: String = "recordings.db") throws {
        try SQLiteConnection(path: path(name), readOnly: false).execute(sql)
    }
}

extension SQLiteConnection {
    func rows(_ sql: String) throws -> [[String?]] {
        let statement = try statement(sql)
        var rows: [[String?]] = []
        while try statement.step() { rows.append((0..<statement.columnCount).map { statement.text($0) }) }
        statement.reset()
        return rows
    }
}
