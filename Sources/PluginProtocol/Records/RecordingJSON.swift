import RawJSON
import RecordingKit

/// Recordings as JSON, in the words of the records that come out.
enum RecordingJSON {
    static let members = [
        "id", "title", "started_at", "ended_at", "created_at", "updated_at", "status", "status_raw", "error", "host",
        "site", "context", "raw", "parameters",
    ]
    static let listedMembers = members + ["access_summary", "access_revision", "raw_item"]

    /// Reads a recording that may refer to the items of the page before it.
    static func readListed(_ value: JSONValue, items: [JSONValue]) throws -> ListedRecording {
        var reader = try MemberReader(value, "recording")
        var listed = ListedRecording(try read(&reader))
        if var summary = try reader.object("access_summary") {
            listed.summary = AccessSummary(
                recordingID: listed.recording.id,
                views: try summary.integer("views"),
                downloads: try summary.integer("downloads")
            )
            try summary.finish(["views", "downloads"])
        }
        if let item = try reader.item(of: items) { listed.recording.raw = item }
        if let revision = try reader.scalar("access_revision") { listed.accessRevision = .revision(revision) }
        try reader.finish(listedMembers)
        return listed
    }

    static func read(_ value: JSONValue) throws -> Recording {
        var reader = try MemberReader(value, "recording")
        let recording = try read(&reader)
        try reader.finish(members)
        return recording
    }

    private static func read(_ reader: inout MemberReader) throws -> Recording {
        var recording = Recording(id: try reader.requiredScalar("id"))
        recording.title = try reader.text("title")
        recording.startedAt = try reader.timestamp("started_at")
        recording.endedAt = try reader.timestamp("ended_at")
        recording.createdAt = try reader.timestamp("created_at")
        recording.updatedAt = try reader.timestamp("updated_at")
        if let status = try reader.text("status") { recording.status = RecordingStatus(rawValue: status) }
        recording.rawStatus = try reader.scalar("status_raw")
        recording.error = try reader.text("error")
        if let host = reader.member("host") { recording.host = try PersonJSON.read(host, "host") }
        recording.site = try reader.scalar("site")
        recording.context = try reader.pairs("context").map { ContextEntry($0.name, $0.value) }
        recording.raw = reader.member("raw")
        recording.parameters = Dictionary(try reader.pairs("parameters").map { ($0.name, $0.value) }) { $1 }
        return recording
    }

    static func write(_ listed: ListedRecording, to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(listed.recording, to: &writer)
        if let summary = listed.summary {
            writer.name("access_summary")
            writer.beginObject()
            writer.member("views", summary.views)
            writer.member("downloads", summary.downloads)
            writer.endObject()
        }
        writer.member("access_revision", listed.accessRevision.text)
        writer.endObject()
    }

    static func write(_ recording: Recording, to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(recording, to: &writer)
        writer.endObject()
    }

    private static func writeMembers(_ recording: Recording, to writer: inout JSONWriter) {
        writer.member("id", recording.id)
        writer.member("title", recording.title)
        writer.member("started_at", recording.startedAt)
        writer.member("ended_at", recording.endedAt)
        writer.member("created_at", recording.createdAt)
        writer.member("updated_at", recording.updatedAt)
        writer.member("status", recording.status.rawValue)
        writer.member("status_raw", recording.rawStatus)
        writer.member("error", recording.error)
        if !recording.host.isEmpty {
            writer.name("host")
            PersonJSON.write(recording.host, to: &writer)
        }
        writer.member("site", recording.site)
        if !recording.context.isEmpty {
            writer.name("context")
            writer.beginObject()
            for entry in recording.context {
                writer.name(entry.name)
                writer.string(entry.value)
            }
            writer.endObject()
        }
        writer.member("parameters", recording.parameters)
        writer.member("raw", raw: recording.raw)
    }
}

/// People as JSON.
enum PersonJSON {
    static func read(_ value: JSONValue, _ place: String) throws -> Person {
        var reader = try MemberReader(value, place)
        let person = Person(
            id: try reader.scalar("id"),
            name: try reader.text("name"),
            email: try reader.text("email")
        )
        try reader.finish(["id", "name", "email"])
        return person
    }

    static func write(_ person: Person, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", person.id)
        writer.member("name", person.name)
        writer.member("email", person.email)
        writer.endObject()
    }
}
