import RawJSON
import RecordingKit

@testable import RecordingHost

/// Records with anything in them that a connector may hand over, encoded; the same in every run.
struct SchemaRecords {
    private static let texts = ["", " ", "Ünï \u{1F3A7}", "a\"b\\c", "\n\u{2028}\t\u{0}", "1", "null", "2026-01-01"]
    private static let objects = ["{}", #"{"a":[1,null],"b":{"c":1.50e+3}}"#, #"{"":"","id":12345678901234567890}"#]
    private var generator: SeededGenerator
    private var encoder: RecordEncoder

    init(seed: UInt64, includesRaw: Bool) {
        generator = SeededGenerator(seed: seed)
        encoder = RecordEncoder(source: "clinic.1-x_Y", connector: "kis_met2", includesRaw: includesRaw)
    }

    /// One record of a kind, as it would be written.
    mutating func next(_ kind: RecordKind) throws -> JSONValue {
        switch kind {
        case .recordings:
            _ = encoder.encode(try recording(), observedAt: time())
        case .accessSummaries:
            let summary = AccessSummary(recordingID: text(), views: count(), downloads: count())
            _ = encoder.encode(summary, asOf: time())
        default:
            let isSelfInduced: Bool? = [true, false, nil].randomElement(using: &generator) ?? nil
            let event = try event()
            let isSynthetic = Bool.random(using: &generator)
            _ = encoder.encode(event, id: text(), isSynthetic: isSynthetic, isSelfInduced: isSelfInduced)
        }
        return try JSONDocument(parsing: encoder.json).root
    }

    private mutating func recording() throws -> Recording {
        let statuses: [RecordingStatus] = [.available, .processing, .failed, .deleted, .unknown]
        var recording = Recording(id: "r" + text(), status: statuses.randomElement(using: &generator) ?? .unknown)
        recording.title = maybe(text())
        recording.startedAt = maybe(time())
        recording.endedAt = maybe(time())
        recording.createdAt = maybe(time())
        recording.updatedAt = maybe(time())
        recording.rawStatus = maybe(text())
        recording.error = maybe(text())
        recording.host = person()
        recording.site = maybe(text())
        recording.context = (0..<Int.random(in: 0...2, using: &generator)).map { ContextEntry("id_\($0)", text()) }
        recording.raw = maybe(try object())
        return recording
    }

    private mutating func event() throws -> AccessEvent {
        let actions: [AccessAction] = [.view, .download, .read, .create, .update, .delete, .unknown]
        let count = Int.random(in: 0...2, using: &generator)
        var event = AccessEvent(
            identity: .derived([]),
            recordingID: text(),
            actor: person(),
            actions: Array(actions.shuffled(using: &generator).prefix(count))
        )
        event.occurredAt = maybe(time())
        event.changes = maybe(try object())
        event.raw = maybe(try object())
        return event
    }

    private mutating func person() -> Person { Person(id: maybe(text()), name: maybe(text()), email: maybe(text())) }

    private mutating func text() -> String { Self.texts.randomElement(using: &generator) ?? "" }

    private mutating func count() -> Int64? { maybe([0, 1, .max].randomElement(using: &generator) ?? 0) }

    private mutating func time() -> Timestamp {
        Timestamp(
            secondsSince1970: Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator),
            nanoseconds: Int64.random(in: 0...999_999_999, using: &generator),
            fractionDigits: Int.random(in: 0...9, using: &generator)
        )
    }

    private mutating func object() throws -> JSONValue {
        try JSONDocument(parsing: Self.objects.randomElement(using: &generator) ?? "{}").root
    }

    private mutating func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &generator) ? value : nil }
}
