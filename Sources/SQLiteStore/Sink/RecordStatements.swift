import RecordingHost
import RecordingKit

/// Puts records into their tables, each in the place of what was there under its key.
///
/// The statements are prepared once.
struct RecordStatements {
    private let recordings: SQLiteStatement
    private let summaries: SQLiteStatement
    private let events: SQLiteStatement
    private let media: SQLiteStatement
    private var writer = JSONWriter(reservingCapacity: 256)

    init(_ connection: SQLiteConnection) throws(SQLiteError) {
        recordings = try connection.statement(Self.putRecording)
        summaries = try connection.statement(Self.putSummary)
        events = try connection.statement(Self.putEvent)
        media = try connection.statement(Self.putMedium)
    }

    /// Puts one record into its table; only within a transaction.
    mutating func put(_ record: OutputRecord) throws(SQLiteError) {
        switch record.payload {
        case .recording(let recording):
            try put(recording, record)
        case .accessSummary(let summary):
            try put(summary, record)
        case .accessEvent(let event, let id, let isSynthetic, let isSelfInduced):
            try put(event, record, id: id, isSynthetic: isSynthetic, isSelfInduced: isSelfInduced)
        case .medium(let medium):
            try put(medium, record)
        }
    }

    private mutating func put(_ recording: Recording, _ record: OutputRecord) throws(SQLiteError) {
        writer.removeAll(keepingCapacity: true)
        writer.beginObject()
        for entry in recording.context {
            writer.name(entry.name)
            writer.string(entry.value)
        }
        writer.endObject()
        try recordings.bind(record.source)
        try recordings.bind(recording.id)
        try recordings.bind(record.connector)
        try recordings.bind(recording.title)
        try recordings.bind(recording.startedAt)
        try recordings.bind(recording.endedAt)
        try recordings.bind(recording.createdAt)
        try recordings.bind(recording.updatedAt)
        try recordings.bind(recording.status.rawValue)
        try recordings.bind(recording.rawStatus)
        try recordings.bind(recording.error)
        try Self.bind(recording.host, to: recordings)
        try recordings.bind(recording.site)
        try recordings.bind(text: writer.bytes[...])
        let observedAt = record.observedAt.description
        try recordings.bind(observedAt)
        try recordings.bind(observedAt)
        try recordings.bind(text: recording.raw?.rawBytes)
        try recordings.run()
    }

    private func put(_ summary: AccessSummary, _ record: OutputRecord) throws(SQLiteError) {
        try summaries.bind(record.source)
        try summaries.bind(summary.recordingID)
        try summaries.bind(record.connector)
        try summaries.bind(summary.views)
        try summaries.bind(summary.downloads)
        try summaries.bind(record.observedAt)
        try summaries.run()
    }

    private mutating func put(
        _ event: AccessEvent,
        _ record: OutputRecord,
        id: String,
        isSynthetic: Bool,
        isSelfInduced: Bool?
    ) throws(SQLiteError) {
        writer.removeAll(keepingCapacity: true)
        writer.beginArray()
        for action in event.actions { writer.string(action.rawValue) }
        writer.endArray()
        try events.bind(record.source)
        try events.bind(event.recordingID)
        try events.bind(id)
        try events.bind(record.connector)
        try events.bind(isSynthetic ? 1 : 0)
        try Self.bind(event.actor, to: events)
        try events.bind(text: writer.bytes[...])
        try events.bind(event.occurredAt)
        try events.bind(text: event.changes?.rawBytes)
        try events.bind(isSelfInduced.map { $0 ? Int64(1) : 0 })
        try events.bind(text: event.raw?.rawBytes)
        try events.run()
    }

    private func put(_ medium: Medium, _ record: OutputRecord) throws(SQLiteError) {
        try media.bind(record.source)
        try media.bind(medium.recordingID)
        try media.bind(medium.rendition)
        try media.bind(record.connector)
        try media.bind(medium.path)
        try media.bind(medium.bytes)
        try media.bind(medium.sha256)
        try media.bind(medium.contentType)
        try media.bind(medium.etag)
        try media.bind(medium.fetchedAt)
        try media.bind(medium.state.rawValue)
        try media.bind(medium.reason)
        try media.run()
    }

    private static func bind(_ person: Person, to statement: SQLiteStatement) throws(SQLiteError) {
        try statement.bind(person.id)
        try statement.bind(person.name)
        try statement.bind(person.email)
    }

    private static let putRecording = upsert(
        into: "recordings",
        key: ["source", "id"],
        [
            "connector", "title", "started_at", "ended_at", "created_at", "updated_at", "status", "status_raw", "error",
            "host_id", "host_name", "host_email", "site", "context", "first_observed_at", "observed_at", "raw",
        ],
        keeping: ["first_observed_at"]
    )
    private static let putSummary = upsert(
        into: "access_summaries",
        key: ["source", "recording_id"],
        ["connector", "views", "downloads", "as_of"]
    )
    private static let putEvent = upsert(
        into: "access_events",
        key: ["source", "recording_id", "id"],
        [
            "connector", "id_is_synthetic", "actor_id", "actor_name", "actor_email", "actions", "occurred_at",
            "changes",
            "self_induced", "raw",
        ]
    )

    private static let putMedium = upsert(
        into: "media",
        key: ["source", "recording_id", "rendition"],
        [
            "connector", "path", "bytes", "sha256", "content_type", "etag", "fetched_at", "state", "reason",
        ]
    )

    private static func upsert(
        into table: String,
        key: [String],
        _ columns: [String],
        keeping kept: Set<String> = []
    ) -> String {
        let all = key + columns
        let values = all.map { _ in "?" }.joined(separator: ", ")
        let changes = columns.filter { !kept.contains($0) }.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO \(table) (\(all.joined(separator: ", "))) VALUES (\(values))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(changes)
            """
    }
}
