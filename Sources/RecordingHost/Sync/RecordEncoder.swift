import RawJSON
import RecordingKit

/// Writes records as JSON in the common vocabulary, and hashes what of them is content.
///
/// Every member of a kind is always there, null where nothing is known, so that every line of a file has the same shape.
struct RecordEncoder {
    /// A record's JSON text and the hash of its content; for a recording the context is hashed apart.
    struct Encoded {
        var json: ArraySlice<UInt8>
        var content: UInt64
        var context: UInt64 = 0
    }

    private let source: String
    private let connector: String
    private let includesRaw: Bool
    private var writer = JSONWriter(reservingCapacity: 2_048)

    init(source: String, connector: String, includesRaw: Bool) {
        self.source = source
        self.connector = connector
        self.includesRaw = includesRaw
    }

    mutating func encode(_ recording: Recording, observedAt: Timestamp) -> Encoded {
        writer.removeAll(keepingCapacity: true)
        writer.beginObject()
        writeOrigin()
        writer.name(Names.id)
        writer.string(recording.id)
        write(Names.title, recording.title)
        write(Names.startedAt, recording.startedAt)
        write(Names.endedAt, recording.endedAt)
        write(Names.createdAt, recording.createdAt)
        write(Names.updatedAt, recording.updatedAt)
        write(Names.status, recording.status.rawValue)
        write(Names.statusRaw, recording.rawStatus)
        write(Names.error, recording.error)
        write(Names.host, recording.host)
        write(Names.site, recording.site)
        let contextStart = writer.bytes.count
        writer.name(Names.context)
        writer.beginObject()
        for entry in recording.context {
            writer.name(entry.name)
            writer.string(entry.value)
        }
        writer.endObject()
        let contextEnd = writer.bytes.count
        write(Names.observedAt, observedAt)
        let observedEnd = writer.bytes.count
        writeRaw(recording.raw)
        writer.endObject()
        let bytes = writer.bytes
        let head = ContentHash.hash(bytes[..<contextStart])
        return Encoded(
            json: bytes[...],
            content: ContentHash.hash(InsignificantSpace.removed(from: bytes[observedEnd...]), seed: head),
            context: ContentHash.hash(bytes[contextStart..<contextEnd])
        )
    }

    mutating func encode(_ summary: AccessSummary, asOf: Timestamp) -> Encoded {
        writer.removeAll(keepingCapacity: true)
        writer.beginObject()
        writeOrigin()
        writer.name(Names.recordingID)
        writer.string(summary.recordingID)
        write(Names.views, summary.views)
        write(Names.downloads, summary.downloads)
        let contentEnd = writer.bytes.count
        write(Names.asOf, asOf)
        writer.endObject()
        return Encoded(json: writer.bytes[...], content: ContentHash.hash(writer.bytes[..<contentEnd]))
    }

    mutating func encode(_ event: AccessEvent, id: String, isSynthetic: Bool, isSelfInduced: Bool?) -> Encoded {
        writer.removeAll(keepingCapacity: true)
        writer.beginObject()
        writeOrigin()
        writer.name(Names.recordingID)
        writer.string(event.recordingID)
        writer.name(Names.id)
        writer.string(id)
        writer.name(Names.idIsSynthetic)
        writer.boolean(isSynthetic)
        write(Names.actor, event.actor)
        writer.name(Names.actions)
        writer.beginArray()
        for action in event.actions { writer.string(action.rawValue) }
        writer.endArray()
        write(Names.occurredAt, event.occurredAt)
        writer.name(Names.changes)
        if let changes = event.changes { writer.raw(changes) } else { writer.null() }
        writer.name(Names.selfInduced)
        if let isSelfInduced { writer.boolean(isSelfInduced) } else { writer.null() }
        writeRaw(event.raw)
        writer.endObject()
        return Encoded(
            json: writer.bytes[...],
            content: ContentHash.hash(InsignificantSpace.removed(from: writer.bytes[...]))
        )
    }

    mutating func encode(_ medium: Medium) -> Encoded {
        writer.removeAll(keepingCapacity: true)
        writer.beginObject()
        writeOrigin()
        write(Names.recordingID, medium.recordingID)
        write(Names.rendition, medium.rendition)
        write(Names.path, medium.path)
        write(Names.bytes, medium.bytes)
        write(Names.sha256, medium.sha256)
        write(Names.contentType, medium.contentType)
        write(Names.etag, medium.etag)
        write(Names.fetchedAt, medium.fetchedAt)
        write(Names.state, medium.state.rawValue)
        write(Names.reason, medium.reason)
        writer.endObject()
        return Encoded(json: writer.bytes[...], content: ContentHash.hash(writer.bytes[...]))
    }

    private mutating func writeOrigin() {
        writer.name(Names.source)
        writer.string(source)
        writer.name(Names.connector)
        writer.string(connector)
    }

    private mutating func writeRaw(_ value: JSONValue?) {
        guard includesRaw else { return }
        writer.name(Names.raw)
        if let value { writer.raw(value) } else { writer.null() }
    }

    private mutating func write(_ name: JSONName, _ text: String?) {
        writer.name(name)
        if let text { writer.string(text) } else { writer.null() }
    }

    private mutating func write(_ name: JSONName, _ time: Timestamp?) {
        write(name, time?.description)
    }

    private mutating func write(_ name: JSONName, _ number: Int64?) {
        writer.name(name)
        if let number { writer.integer(number) } else { writer.null() }
    }

    private mutating func write(_ name: JSONName, _ person: Person) {
        writer.name(name)
        writer.beginObject()
        write(Names.id, person.id)
        write(Names.name, person.name)
        write(Names.email, person.email)
        writer.endObject()
    }
}

/// The names of members on the wire, encoded once.
private enum Names {
    static let source: JSONName = "source"
    static let connector: JSONName = "connector"
    static let id: JSONName = "id"
    static let title: JSONName = "title"
    static let startedAt: JSONName = "started_at"
    static let endedAt: JSONName = "ended_at"
    static let createdAt: JSONName = "created_at"
    static let updatedAt: JSONName = "updated_at"
    static let status: JSONName = "status"
    static let statusRaw: JSONName = "status_raw"
    static let error: JSONName = "error"
    static let host: JSONName = "host"
    static let name: JSONName = "name"
    static let email: JSONName = "email"
    static let site: JSONName = "site"
    static let context: JSONName = "context"
    static let observedAt: JSONName = "observed_at"
    static let raw: JSONName = "raw"
    static let recordingID: JSONName = "recording_id"
    static let views: JSONName = "views"
    static let downloads: JSONName = "downloads"
    static let asOf: JSONName = "as_of"
    static let idIsSynthetic: JSONName = "id_is_synthetic"
    static let actor: JSONName = "actor"
    static let actions: JSONName = "actions"
    static let occurredAt: JSONName = "occurred_at"
    static let changes: JSONName = "changes"
    static let selfInduced: JSONName = "self_induced"
    static let rendition: JSONName = "rendition"
    static let path: JSONName = "path"
    static let bytes: JSONName = "bytes"
    static let sha256: JSONName = "sha256"
    static let contentType: JSONName = "content_type"
    static let etag: JSONName = "etag"
    static let fetchedAt: JSONName = "fetched_at"
    static let state: JSONName = "state"
    static let reason: JSONName = "reason"
}
