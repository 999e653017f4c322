import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import KismetConnector

@Suite("Kismet egresses become recordings")
struct KismetRecordingTests {
    @Test("the documented list becomes two recordings, though they share their times")
    func documentedList() throws {
        let listed = try rows(KismetSamples.egresses, at: "egresses").compactMap {
            KismetMapping.recording($0, of: sampleCall)
        }
        #expect(listed.map(\.recording.id) == ["1", "2"])
        let first = try #require(listed.first)
        #expect(first.accessRevision == .unknown && first.summary == nil)
        #expect(first.recording.status == .available)
        #expect(first.recording.rawStatus == "egress_ended")
        #expect(first.recording.error == nil)
        #expect(first.recording.startedAt == nil)
        #expect(first.recording.createdAt == (try time("2025-10-08T14:00:00Z")))
        #expect(first.recording.endedAt == (try time("2025-10-08T14:30:00Z")))
        #expect(first.recording.updatedAt == (try time("2025-10-08T14:30:00Z")))
        #expect(
            first.recording.context == [
                ContextEntry("organization_user_id", "101"), ContextEntry("call_id", "5"),
                ContextEntry("egress_id", "EG_AbCdEfGhIjKlMnOpQr"),
            ]
        )
        #expect(first.recording.raw?["is_stopped"]?.boolean == true)
    }

    @Test("a list without a link to the bytes is complete: nothing but the list is asked for")
    func listOnly() async throws {
        let api = ScriptedAPI([egressesPath: .json(["egresses": [["id": 1]]])])
        try await kismetSource().recordings(in: sampleCall.listing(), api: api.client) { _ in }
        #expect(api.calls.map(\.request.path) == [egressesPath])
        #expect(api.calls.allSatisfy { $0.request.auditCost == 0 && $0.request.query.isEmpty })
    }

    @Test(
        "status is read from the error first and from the word then, and the word is kept",
        arguments: [
            (["id": 1, "status": "egress_ended", "error": nil], .available),
            (["id": 1, "status": "egress_ended", "error": ""], .available),
            (["id": 1, "status": "egress_ended"], .available),
            (["id": 1, "status": "EGRESS_COMPLETE"], .available),
            (["id": 1, "status": "egress_ended", "error": "Could not upload"], .failed),
            (["id": 1, "status": "egress_starting", "error": "x"], .failed),
            (["id": 1, "status": "egress_failed"], .failed),
            (["id": 1, "status": "egress_aborted"], .failed),
            (["id": 1, "status": "egress_starting", "is_stopped": false, "ended_at": nil], .processing),
            (["id": 1, "status": "egress_started"], .processing),
            (["id": 1, "status": "egress_active"], .processing),
            (["id": 1, "status": "egress_updated"], .processing),
            (["id": 1, "status": "egress_ending"], .processing),
            (["id": 1, "status": "egress_limit_reached"], .unknown),
            (["id": 1, "status": nil], .unknown),
            (["id": 1], .unknown),
        ] as [(JSONLiteral, RecordingStatus)]
    )
    func status(json: JSONLiteral, expected: RecordingStatus) throws {
        let row = try row(json)
        let recording = try #require(KismetMapping.recording(row, of: sampleCall)).recording
        #expect(recording.status == expected)
        #expect(recording.rawStatus == row["status"]?.string)
        #expect((recording.error == nil) == ((row["error"]?.string ?? "").isEmpty))
    }

    @Test("a call without consent, and one that has not ended, answer with nothing, and that is no error")
    func noConsent() async throws {
        #expect(try await recordings(.json(["egresses": []])).isEmpty)
    }

    @Test("a call that is not accessible fails, and is not taken for one without recordings")
    func inaccessibleCall() async throws {
        await #expect(throws: TapedeckError(.notFound, "")) {
            try await recordings(.failure(TapedeckError(.notFound, "gone or hidden")))
        }
    }

    @Test("a recording without an id ends the listing as malformed after the others were handed over")
    func rowWithoutID() async throws {
        let api = ScriptedAPI([egressesPath: .json(["egresses": [["status": "egress_ended"], ["id": 2], nil]])])
        var ids: [String] = []
        await #expect(throws: TapedeckError(.malformedResponse, "")) {
            try await kismetSource().recordings(in: sampleCall.listing(), api: api.client) { page in
                ids += page.map(\.recording.id)
            }
        }
        #expect(ids == ["2"])
    }

    @Test("ids in the path are escaped, so that none leads to another resource")
    func escapedIDs() {
        let call = KismetCall(user: "1/../2", call: "5?x")
        #expect(KismetRequest.egresses(of: call).path == "/organization_users/1%2F..%2F2/calls/5%3Fx/egresses")
    }
}
