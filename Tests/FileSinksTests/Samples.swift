import RecordingHost
import RecordingKit

@testable import FileSinks

/// A batch with the given lines by kind.
func batch(recordings: [String] = [], summaries: [String] = []) -> RecordBatch {
    var batch = RecordBatch()
    let now = Timestamp(secondsSince1970: 0)
    for line in recordings {
        let record = OutputRecord(
            source: "clinic",
            connector: "webex",
            observedAt: now,
            payload: .recording(Recording(id: "r"))
        )
        batch.append(record, json: line.utf8)
    }
    for line in summaries {
        let summary = AccessSummary(recordingID: "r", views: 1, downloads: nil)
        let record = OutputRecord(
            source: "clinic",
            connector: "webex",
            observedAt: now,
            payload: .accessSummary(summary)
        )
        batch.append(record, json: line.utf8)
    }
    return batch
}

/// A position of the three files.
func position(_ recordings: Int64, _ summaries: Int64 = 0, _ events: Int64 = 0) -> SinkPosition {
    SinkPosition(offsets: [
        "recordings.jsonl": recordings, "access_summaries.jsonl": summaries, "access_events.jsonl": events,
    ])
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
