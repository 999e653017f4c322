// snippet.mapping
import RecordingKit

/// Turns what the archive sends into the common vocabulary.
enum Tape {
    static func recording(_ tape: JSONValue) -> ListedRecording? {
        guard let id = tape["id"]?.scalarText, !id.isEmpty else { return nil }
        var recording = Recording(id: id, status: status(tape["state"]?.string))
        recording.rawStatus = tape["state"]?.string
        recording.title = tape["label"]?.string
        recording.startedAt = tape["recorded_at"]?.string.flatMap { Timestamp($0) }
        recording.raw = tape
        let loans = tape["loans"]?.numberText
        return ListedRecording(recording, accessRevision: loans.map { .revision($0) } ?? .unknown)
    }

    private static func status(_ word: String?) -> RecordingStatus {
        switch word {
        case "ready": .available
        case "digitising": .processing
        case "lost": .deleted
        default: .unknown
        }
    }
    // snippet.end

    // snippet.event
    static func event(_ loan: JSONValue, of tape: String) -> AccessEvent {
        let reader = loan["reader"]?.string
        let time = loan["at"]?.string
        let isCopy = loan["copied"]?.boolean == true
        var event = AccessEvent(
            identity: .derived([tape, reader ?? "", time ?? "", isCopy ? "copied" : "listened"]),
            recordingID: tape,
            actor: Person(email: reader),
            actions: [isCopy ? .download : .view]
        )
        event.occurredAt = time.flatMap { Timestamp($0) }
        event.raw = loan
        return event
    }
    // snippet.end
}
