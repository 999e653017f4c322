import RawJSON
import RecordingKit

/// Writes records as JSON in the common vocabulary, and hashes what of them is content.
///
/// Every member of a kind is always there, null where nothing is known, so that every line of a file has the same shape. One encoder
/// writes one record after another into the same room; only the last one's text is kept.
struct RecordEncoder {
    /// The hash of a record's content; for a recording the context is hashed apart.
    struct Fingerprint: Hashable {
        var content: UInt64
        var context: UInt64 = 0
    }

    private let includesRaw: Bool
    /// What every record of the source begins with.
    private let head: [UInt8]
    private var writer = JSONWriter(reservingCapacity: 2_048)
    /// The time that was written last, as JSON: all records of a page have the same.
    private var observed: (time: Timestamp, text: [UInt8])?

    init(source: String, connector: String, includesRaw: Bool) {
        self.includesRaw = includesRaw
        writer.beginObject()
        writer.name("source")
        writer.string(source)
        writer.name("connector")
        writer.string(connector)
        head = writer.bytes
    }

    /// The text of the record that was encoded last.
    var json: [UInt8] { writer.bytes }

    mutating func encode(_ recording: Recording, observedAt: Timestamp) -> Fingerprint {
        begin()
        writer.piece(",\"id\":")
        writer.string(recording.id)
        write(",\"title\":", recording.title)
        write(",\"started_at\":", recording.startedAt)
        write(",\"ended_at\":", recording.endedAt)
        write(",\"created_at\":", recording.createdAt)
        write(",\"updated_at\":", recording.updatedAt)
        write(",\"status\":", recording.status.rawValue)
        write(",\"status_raw\":", recording.rawStatus)
        write(",\"error\":", recording.error)
        write(",\"host\":", recording.host)
        write(",\"site\":", recording.site)
        let contextStart = writer.bytes.count
        writer.piece(",\"context\":")
        writer.beginObject()
        for entry in recording.context {
            writer.name(entry.name)
            writer.string(entry.value)
        }
        writer.endObject()
        let contextEnd = writer.bytes.count
        writeObserved(",\"observed_at\":", observedAt)
        let observedEnd = writer.bytes.count
        writeRaw(recording.raw)
        writer.endObject()
        return Fingerprint(
            content: hash(from: observedEnd, spaced: recording.raw, seed: hash(..<contextStart)),
            context: hash(contextStart..<contextEnd)
        )
    }

    mutating func encode(_ summary: AccessSummary, asOf: Timestamp) -> Fingerprint {
        begin()
        writer.piece(",\"recording_id\":")
        writer.string(summary.recordingID)
        write(",\"views\":", summary.views)
        write(",\"downloads\":", summary.downloads)
        let contentEnd = writer.bytes.count
        writeObserved(",\"as_of\":", asOf)
        writer.endObject()
        return Fingerprint(content: hash(..<contentEnd))
    }

    mutating func encode(
        _ event: AccessEvent,
        id: String,
        isSynthetic: Bool,
        isSelfInduced: Bool?
    ) -> Fingerprint {
        begin()
        writer.piece(",\"recording_id\":")
        writer.string(event.recordingID)
        writer.piece(",\"id\":")
        writer.string(id)
        writer.piece(",\"id_is_synthetic\":")
        writer.boolean(isSynthetic)
        write(",\"actor\":", event.actor)
        writer.piece(",\"actions\":")
        writer.beginArray()
        for action in event.actions { writer.string(action.rawValue) }
        writer.endArray()
        write(",\"occurred_at\":", event.occurredAt)
        writer.piece(",\"changes\":")
        if let changes = event.changes { writer.raw(changes) } else { writer.null() }
        writer.piece(",\"self_induced\":")
        if let isSelfInduced { writer.boolean(isSelfInduced) } else { writer.null() }
        writeRaw(event.raw)
        writer.endObject()
        let spaced = event.changes?.mayHaveSpace == true ? event.changes : event.raw
        return Fingerprint(content: hash(from: 0, spaced: spaced))
    }

    mutating func encode(_ medium: Medium) -> Fingerprint {
        begin()
        write(",\"recording_id\":", medium.recordingID)
        write(",\"rendition\":", medium.rendition)
        write(",\"path\":", medium.path)
        write(",\"bytes\":", medium.bytes)
        write(",\"sha256\":", medium.sha256)
        write(",\"content_type\":", medium.contentType)
        write(",\"etag\":", medium.etag)
        write(",\"fetched_at\":", medium.fetchedAt)
        write(",\"state\":", medium.state.rawValue)
        write(",\"reason\":", medium.reason)
        writer.endObject()
        return Fingerprint(content: hash(0...))
    }

    private mutating func begin() {
        writer.removeAll(keepingCapacity: true)
        writer.piece(head)
    }

    private mutating func writeRaw(_ value: JSONValue?) {
        guard includesRaw else { return }
        writer.piece(",\"raw\":")
        if let value { writer.raw(value) } else { writer.null() }
    }

    private mutating func write(_ name: StaticString, _ text: String?) {
        writer.piece(name)
        if let text { writer.string(text) } else { writer.null() }
    }

    private mutating func write(_ name: StaticString, _ time: Timestamp?) {
        writer.piece(name)
        if let time { writer.plainString { time.append(to: &$0) } } else { writer.null() }
    }

    private mutating func write(_ name: StaticString, _ number: Int64?) {
        writer.piece(name)
        if let number { writer.integer(number) } else { writer.null() }
    }

    private mutating func write(_ name: StaticString, _ person: Person) {
        writer.piece(name)
        writer.beginObject()
        write("\"id\":", person.id)
        write(",\"name\":", person.name)
        write(",\"email\":", person.email)
        writer.endObject()
    }

    private mutating func writeObserved(_ name: StaticString, _ time: Timestamp) {
        writer.piece(name)
        // Times that are equal as instants may be written with other digits.
        if let observed, observed.time == time, observed.time.fractionDigits == time.fractionDigits {
            return writer.piece(observed.text)
        }
        let start = writer.bytes.count
        writer.plainString { time.append(to: &$0) }
        observed = (time, Array(writer.bytes[start...]))
    }

    private func hash(_ range: some RangeExpression<Int>, seed: UInt64 = 0) -> UInt64 {
        ContentHash.hash(writer.bytes[range], seed: seed)
    }

    /// The hash of what is written from `start` on, with the white space left out that a value may have brought.
    private func hash(from start: Int, spaced value: JSONValue?, seed: UInt64 = 0) -> UInt64 {
        guard value?.mayHaveSpace == true else { return hash(start..., seed: seed) }
        return ContentHash.hash(InsignificantSpace.removed(from: writer.bytes[start...]), seed: seed)
    }
}
