import RecordingKit
import Testing

@testable import RecordingHost

@Suite("Records of a run that keeps no raw objects")
struct WithoutRawTests {
    private static let now = Timestamp(secondsSince1970: 1_800_000_000)

    @Test("reach the sinks without them, as payloads and as JSON text", arguments: [true, false])
    func raw(included: Bool) throws {
        let object = try JSONDocument(parsing: #"{"secret":1}"#).root
        var recording = Recording(id: "r")
        recording.raw = object
        var event = AccessEvent(identity: .platform("e"), recordingID: "r", actor: Person(), actions: [.view])
        event.raw = object
        event.changes = object
        let origin = RecordOrigin(
            source: "clinic",
            connector: "kismet",
            run: 1,
            reads: Set(RecordKind.readByDefault),
            mayCauseReads: false
        )
        var planner = BatchPlanner(includesRaw: included)
        let row = ListedRecording(recording, summary: nil, accessRevision: .unknown)
        _ = planner.add(.page(origin, listing: 1, rows: [row], observedAt: Self.now))
        let numbered = NumberedEvent(event: event, id: "e", isSynthetic: false)
        _ = planner.add(.events(origin, recordingID: "r", events: [numbered], observedAt: Self.now, completion: nil))
        let kept = planner.batch.records.map { record in
            switch record.payload {
            case .recording(let recording): recording.raw != nil
            case .accessSummary, .medium: false
            case .accessEvent(let event, _, _, _): event.raw != nil && event.changes != nil
            }
        }
        #expect(kept == [included, included])
        for kind in planner.batch.kinds {
            let text = String(decoding: planner.batch.lines(of: kind), as: UTF8.self)
            #expect(text.contains(#""raw":{"#) == included)
        }
    }
}
