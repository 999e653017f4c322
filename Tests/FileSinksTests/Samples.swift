import RawJSON
import RecordingHost
import RecordingKit

@testable import FileSinks

/// The line of a recording, as the host writes it.
func recording(_ id: String, title: String = "t", raw: String? = nil) -> String {
    let raw = raw.map { #","raw":"# + $0 } ?? ""
    return
        #"{"source":"clinic","connector":"webex","id":"\#(id)","title":"\#(title)","started_at":null,"ended_at":null,"#
        + #""created_at":"2026-01-01T00:00:00Z","updated_at":null,"status":"available","status_raw":null,"error":null,"#
        + #""host":{"id":null,"name":null,"email":"a@b.test"},"site":null,"context":{"call_id":"5"},"#
        + #""observed_at":"2026-01-02T00:00:00Z"\#(raw)}"#
}

/// The line of a summary, as the host writes it.
func summary(_ id: String, views: Int = 1) -> String {
    #"{"source":"clinic","connector":"webex","recording_id":"\#(id)","views":\#(views),"downloads":null,"#
        + #""as_of":"2026-01-02T00:00:00Z"}"#
}

/// The line of an event, as the host writes it.
func event(_ id: String, changes: String = "null") -> String {
    #"{"source":"clinic","connector":"webex","recording_id":"r","id":"\#(id)","id_is_synthetic":false,"#
        + #""actor":{"id":"7","name":null,"email":null},"actions":["view","download"],"#
        + #""occurred_at":"2026-01-01T00:00:00.5Z","changes":\#(changes),"self_induced":null}"#
}

/// A batch with the given lines by kind.
func batch(
    recordings: [String] = [],
    summaries: [String] = [],
    events: [String] = [],
    media: [String] = []
) -> RecordBatch {
    var batch = RecordBatch()
    func append(_ line: String, _ payload: OutputRecord.Payload) {
        let record = OutputRecord(
            source: "clinic",
            connector: "webex",
            observedAt: Timestamp(secondsSince1970: 0),
            payload: payload
        )
        batch.append(record, json: line.utf8)
    }
    for line in recordings { append(line, .recording(Recording(id: "r"))) }
    for line in summaries {
        append(line, .accessSummary(AccessSummary(recordingID: "r", views: 1, downloads: nil)))
    }
    for line in events {
        let event = AccessEvent(identity: .platform("e"), recordingID: "r", actor: Person(), actions: [])
        append(line, .accessEvent(event, id: "e", isSynthetic: false, isSelfInduced: nil))
    }
    for line in media { append(line, .medium(Medium(recordingID: "r", rendition: "video", state: .stored))) }
    return batch
}

/// Lines as they stand in a file.
func text(_ lines: String...) -> String { lines.map { $0 + "\n" }.joined() }

/// Offsets of the three files.
func offsets(_ recordings: Int64, _ summaries: Int64 = 0, _ events: Int64 = 0) -> [String: Int64] {
    ["recordings.jsonl": recordings, "access_summaries.jsonl": summaries, "access_events.jsonl": events]
}

/// A position of the three files without marks, as older ledgers hold it.
func position(_ recordings: Int64, _ summaries: Int64 = 0, _ events: Int64 = 0) -> SinkPosition {
    SinkPosition(offsets: offsets(recordings, summaries, events))
}

/// What `body` throws.
func failure(_ body: () async throws -> some Any) async -> TapedeckError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? TapedeckError
    }
}
