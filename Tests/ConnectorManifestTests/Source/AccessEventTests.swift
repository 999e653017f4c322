import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("How a manifest's access events are read")
struct AccessEventTests {
    private func read(
        _ events: String,
        _ answers: [String: ScriptedAPI.Answer],
        since: String? = nil
    ) async throws -> (events: [AccessEvent], failure: TapedeckError?, calls: [ScriptedAPI.Call]) {
        let api = ScriptedAPI(answers)
        let text = withHead(
            "recordings: { request: { path: \"/tapes\" }, each: \"/tapes\", id: \"/id\", context: { call_id: \"/call\" } }, accessEvents: \(events),"
        )
        var recording = Recording(id: "r/1")
        recording.context = [ContextEntry("call_id", "7")]
        var events: [AccessEvent] = []
        var failure: TapedeckError?
        do {
            let since = try since.map { try time($0) }
            try await source(text).accessEvents(of: recording, since: since, api: api.client) { events += $0 }
        } catch let error as TapedeckError {
            failure = error
        }
        return (events, failure, api.calls)
    }

    private static let log = """
        {
          request: { path: "/calls/{recording.call_id}/tapes/{recording.id}/log", query: { from: "{since | date}" } },
          paging: { style: "page_number", items: "/log" }, belongsTo: { at: "/tape" },
          id: "/id", actor: { id: "/user", email: "/mail" }, occurredAt: "/at", changes: "/changes", withhold: ["/secret"],
          actions: { from: "/what", table: { opened: "read", made: "create" } }, since: { unit: "day_in_unknown_zone" },
        }
        """

    private static let path = "/calls/7/tapes/r%2F1/log"

    @Test("events are mapped with who, when, what and what changed")
    func mapping() async throws {
        let rows: JSONLiteral = [
            [
                "id": 1, "user": 5, "what": "opened", "at": "2025-10-02T10:00:00Z", "changes": ["a": [1, 2]],
                "secret": "s",
            ],
            ["id": 2, "what": "odd", "changes": .null, "tape": "r/1"],
        ]
        let read = try await read(Self.log, [Self.path: .json(["log": rows])], since: "2025-10-03T10:00:00Z")
        #expect(read.failure == nil)
        #expect(read.events.map(\.identity) == [.platform("1"), .platform("2")])
        #expect(read.events.map(\.actions) == [[.read], [.unknown]])
        #expect(read.events.map(\.actor.id) == ["5", nil])
        #expect(read.events.first?.occurredAt == (try time("2025-10-02T10:00:00Z")))
        #expect(read.events.map { $0.changes != nil } == [true, false])
        #expect(read.events.first?.raw?["secret"] == nil)
        #expect(read.calls.first?.request.query == [QueryItem("from", "2025-10-02")])
    }

    @Test("without since the parameter is left out")
    func everything() async throws {
        let read = try await read(Self.log, [Self.path: .json(["log": []])])
        #expect(read.calls.first?.request.query == [])
    }

    @Test("rows without an id or about another recording are told of after everything else")
    func faults() async throws {
        let rows: JSONLiteral = [["what": "opened"], ["id": 3, "tape": "r/2"], ["id": 4]]
        let read = try await read(Self.log, [Self.path: .json(["log": rows])])
        #expect(read.events.map(\.identity) == [.platform("4")])
        #expect(read.failure?.code == .malformedResponse)
        #expect(
            read.failure?.reason.contains("1 access event(s) of another recording, 1 access event(s) without an id")
                == true
        )
    }

    @Test("rows without ids are told apart by their parts, an instant by what it is and not by its spelling")
    func derived() async throws {
        let events = """
            {
              request: { path: "/log" }, each: "/log/*", occurredAt: "/at",
              identity: ["{/mail | lowercase}", { from: "/at", as: "time" }, "/seen"],
              actions: [{ when: { at: "/seen", equals: true }, is: "view" }, { when: { at: "/saved", equals: true }, is: "download" }],
            }
            """
        let rows: JSONLiteral = [
            ["mail": "A@b.example", "at": "2025-10-02T10:00:00Z", "seen": true, "saved": true],
            ["mail": "a@b.example", "at": "2025-10-02T12:00:00.000+02:00", "seen": true], ["mail": .null],
        ]
        let read = try await read(events, ["/log": .json(["log": rows])])
        #expect(read.events[0].identity == read.events[1].identity)
        #expect(read.events[2].identity == .derived(["r/1", "", "", ""]))
        #expect(read.events.map(\.actions) == [[.view, .download], [.view], [.unknown]])
    }

    @Test("all that is declared is read, but for what a condition rules out")
    func several() async throws {
        let events = """
            [
              { request: { path: "/views" }, each: "/rows/*", id: "/id", actions: "view" },
              { when: { name: "recording.call_id", equals: "8" }, request: { path: "/none" }, each: "/rows/*", id: "/id", actions: "view" },
              { request: { path: "/downloads", ignore: ["not_found"] }, each: "/rows/*", id: "/id", actions: "download" },
            ]
            """
        let read = try await read(
            events,
            ["/views": .json(["rows": [["id": 1]]]), "/downloads": .failure(TapedeckError(.notFound, "none"))]
        )
        #expect(read.events.map(\.actions) == [[.view]])
        #expect(read.failure == nil)
        #expect(read.calls.map(\.request.path) == ["/views", "/downloads"])
    }
}
