import RawJSON
import RecordingKit

/// Access events as JSON, in the words of the records that come out.
enum AccessEventJSON {
    static let members = [
        "id", "identity", "recording_id", "actor", "actions", "occurred_at", "changes", "raw", "raw_item",
    ]

    /// Reads an event of the recording that was asked for, which may refer to the items of the page before it.
    static func read(_ value: JSONValue, of recordingID: String, items: [JSONValue]) throws -> AccessEvent {
        var reader = try MemberReader(value, "access event")
        var event = AccessEvent(
            identity: try identity(&reader),
            recordingID: try reader.scalar("recording_id") ?? recordingID,
            actor: try reader.member("actor").map { try PersonJSON.read($0, "actor") } ?? Person(),
            actions: try reader.texts("actions").map(AccessAction.init(rawValue:))
        )
        event.occurredAt = try reader.timestamp("occurred_at")
        event.changes = reader.member("changes")
        event.raw = try reader.item(of: items) ?? reader.member("raw")
        try reader.finish(members)
        return event
    }

    private static func identity(_ reader: inout MemberReader) throws -> EventIdentity {
        let parts = try reader.list("identity").map { part in
            guard let text = part.isNull ? "" : part.scalarText else {
                throw reader.wrong("identity", "a list of texts")
            }
            return text
        }
        if let id = try reader.scalar("id"), !id.isEmpty {
            guard parts.isEmpty else { throw ProtocolViolation("its access event has both an id and an identity") }
            return .platform(id)
        }
        guard !parts.isEmpty else { throw ProtocolViolation("its access event has neither an id nor an identity") }
        return .derived(parts)
    }

    static func write(_ event: AccessEvent, to writer: inout JSONWriter) {
        writer.beginObject()
        switch event.identity {
        case .platform(let id): writer.member("id", id)
        case .derived(let parts):
            writer.name("identity")
            writer.beginArray()
            for part in parts { writer.string(part) }
            writer.endArray()
        }
        writer.member("recording_id", event.recordingID)
        if !event.actor.isEmpty {
            writer.name("actor")
            PersonJSON.write(event.actor, to: &writer)
        }
        writer.member("actions", event.actions.map(\.rawValue))
        writer.member("occurred_at", event.occurredAt)
        writer.member("changes", raw: event.changes)
        writer.member("raw", raw: event.raw)
        writer.endObject()
    }
}
