import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import KismetConnector

@Suite("Kismet audit trails become access events")
struct KismetAuditTests {
    private func read(
        _ answer: ScriptedAPI.Answer,
        since: Timestamp? = nil
    ) async throws -> (api: ScriptedAPI, events: [AccessEvent]) {
        let egress = try row(["id": 1, "egress_id": "EG_AbCdEfGhIjKlMnOpQr"])
        let recording = try #require(KismetMapping.recording(egress, of: sampleCall)).recording
        let api = ScriptedAPI([auditPath: answer])
        var events: [AccessEvent] = []
        try await kismetSource().accessEvents(of: recording, since: since, api: api.client) { events += $0 }
        return (api, events)
    }

    @Test("the documented trail becomes three events with the platform's own ids")
    func documentedTrail() throws {
        let events = try rows(KismetSamples.auditLogs, at: "audit_logs").compactMap { KismetMapping.event($0, of: "1") }
        #expect(events.map(\.identity) == [.platform("85"), .platform("72"), .platform("71")])
        #expect(events.map(\.actions) == [[.read], [.update], [.create]])
        #expect(events.allSatisfy { $0.actor == Person(id: "1") && $0.recordingID == "1" && $0.raw != nil })
        #expect(events.first?.occurredAt == (try time("2025-10-09T10:15:00Z")))
        #expect(events.first?.changes == nil)
        let update = try #require(events[1].changes)
        #expect(update.members.map(\.name) == ["status", "is_stopped", "ended_at"])
        #expect(update["ended_at"]?[0]?.isNull == true)
        #expect(update["is_stopped"]?[1]?.boolean == true)
        let creation = try #require(events[2].changes)
        #expect(creation["ended_at"] == nil)
    }

    @Test("the trail is asked for by the egress's number, never by its EG_ id, and costs no audit entry")
    func requestPath() async throws {
        let (api, _) = try await read(.json(["audit_logs": []]))
        #expect(api.calls.map(\.request.path) == [auditPath])
        #expect(api.calls.map(\.request.query) == [[]])
        #expect(api.calls.map(\.request.auditCost) == [0])
        let paging = try #require(api.calls.first?.paging)
        #expect(paging.items == "/audit_logs")
        #expect(paging.itemKey == "id")
        #expect(paging.totalCount == "/pagination/total_count")
        #expect(paging.pageSize == PageSize("per_page", preferred: 100))
    }

    @Test(
        "a later reading asks from the day before the newest known event, across months and years",
        arguments: [
            ("2025-10-09T10:15:00Z", "2025-10-08"), ("2025-10-01T00:00:00Z", "2025-09-30"),
            ("2026-01-01T23:59:59.9Z", "2025-12-31"), ("2024-03-01T12:00:00Z", "2024-02-29"),
        ]
    )
    func since(newest: String, from: String) async throws {
        let (api, _) = try await read(.json(["audit_logs": []]), since: try time(newest))
        #expect(api.calls.map(\.request.query) == [[QueryItem("from", .text(from))]])
    }

    @Test(
        "the actor's id is text whatever the platform sent, and may be missing",
        arguments: [
            (["id": 9, "user_id": "1"], "1"), (["id": 9, "user_id": 1], "1"),
            (["id": 9, "user_id": nil], nil), (["id": 9, "user_id": ""], nil), (["id": 9], nil),
        ] as [(JSONLiteral, String?)]
    )
    func actor(json: JSONLiteral, expected: String?) throws {
        let event = try #require(KismetMapping.event(try row(json), of: "1"))
        #expect(event.actor == Person(id: expected))
    }

    @Test(
        "words for actions are an open set",
        arguments: [
            ("create", .create), ("update", .update), ("read", .read), ("destroy", .delete), ("shared", .unknown),
            (nil, .unknown),
        ] as [(String?, AccessAction)]
    )
    func actions(word: String?, expected: AccessAction) throws {
        let json: JSONLiteral = ["id": 9, "event": word.map(JSONLiteral.string) ?? nil]
        #expect(KismetMapping.event(try row(json), of: "1")?.actions == [expected])
    }

    @Test("an entry without an id ends the reading as malformed after the others were handed over")
    func entryWithoutID() async throws {
        await #expect(throws: TapedeckError(.malformedResponse, "")) {
            try await read(.json(["audit_logs": [["event": "read"]]]))
        }
    }

    @Test("a recording without the ids that lead to it is refused before anything is asked")
    func lostCall() async throws {
        let api = ScriptedAPI()
        await #expect(throws: TapedeckError(.connectorFailed, "")) {
            try await kismetSource().accessEvents(of: Recording(id: "1"), since: nil, api: api.client) { _ in }
        }
        #expect(api.calls.isEmpty)
    }
}
