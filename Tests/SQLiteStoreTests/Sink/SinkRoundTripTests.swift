import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Records in a database")
struct SinkRoundTripTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ records: [OutputRecord]) async throws {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(RecordBatch(records))
        _ = try await sink.commit()
        await sink.close()
    }

    @Test("A recording keeps every field to the letter: fractions, unicode, NUL, and the platform's numbers")
    func recording() async throws {
        let object = #"{ "id" : 123456789012345678901234567890.50, "t":"\u0000\ud83d\ude80", "e":1E400 }"#
        var recording = Recording(id: "r\u{0}1", status: .failed)
        recording.title = "Überweisung\u{0}\u{1F680} \"e\u{301}\"\n"
        recording.startedAt = try time("2026-03-01T10:00:00.1234567Z")
        recording.endedAt = try time("2026-03-01T10:00:00Z")
        recording.createdAt = try time("0000-01-01T00:00:00Z")
        recording.updatedAt = try time("9999-12-31T23:59:59.999999999Z")
        recording.rawStatus = "EGRESS_FAILED"
        recording.error = "no space"
        recording.host = Person(id: "7", name: "", email: "Ann@Example.org")
        recording.site = "example.webex.com"
        recording.context = [ContextEntry("call_id", "5\u{0}"), ContextEntry("organization_user_id", "\"101\"")]
        recording.raw = try JSONDocument(parsing: object).root
        recording.parameters = ["host": "not kept"]
        try await write([try Sample.record(.recording(recording))])
        let columns = """
            source, id, connector, title, started_at, ended_at, created_at, updated_at, status, status_raw, error,
            host_id, host_name, host_email, site, context, first_observed_at, observed_at, raw
            """
        let expected: [String?] = [
            "clinic", "r\u{0}1", "kismet", recording.title, "2026-03-01T10:00:00.1234567Z", "2026-03-01T10:00:00Z",
            "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "failed", "EGRESS_FAILED", "no space", "7", "",
            "Ann@Example.org", "example.webex.com", #"{"call_id":"5\u0000","organization_user_id":"\"101\""}"#,
            Sample.observed, Sample.observed, object,
        ]
        #expect(try folder.rows("SELECT \(columns) FROM recordings") == [expected])
        let whole = try folder.rows("SELECT * FROM recordings")
        #expect(whole.first?.count == expected.count)
        let query = "SELECT json_extract(context, '$.organization_user_id'), typeof(raw) FROM recordings"
        #expect(try folder.rows(query) == [["\"101\"", "text"]])
    }

    @Test("A summary keeps its counters, whatever their size, and that there are none")
    func summaries() async throws {
        try await write([
            try Sample.summary("big", views: .max, downloads: .min),
            try Sample.summary("none", views: nil, downloads: 0),
        ])
        let query = "SELECT * FROM access_summaries ORDER BY recording_id"
        #expect(
            try folder.rows(query) == [
                ["clinic", "big", "kismet", "9223372036854775807", "-9223372036854775808", Sample.observed],
                ["clinic", "none", "kismet", nil, "0", Sample.observed],
            ]
        )
    }

    @Test(
        "An event keeps every field, and whether the host caused it",
        arguments: [true, false, nil] as [Bool?]
    )
    func event(selfInduced: Bool?) async throws {
        let changes = #"{"name":["a\u0000", 9007199254740993.0]}"#
        let actions = [AccessAction.view, .download, AccessAction(rawValue: "say \"hi\"")]
        let actor = Person(id: "17", name: "Bo\u{0}", email: "Bo@Example.org")
        var event = AccessEvent(identity: .derived(["x"]), recordingID: "r", actor: actor, actions: actions)
        event.occurredAt = try time("2026-03-01T10:00:00.5Z")
        event.changes = try JSONDocument(parsing: changes).root
        event.raw = try JSONDocument(parsing: "[1]").root
        try await write([
            try Sample.record(.accessEvent(event, id: "e", isSynthetic: true, isSelfInduced: selfInduced))
        ])
        let columns = """
            source, recording_id, id, connector, id_is_synthetic, actor_id, actor_name, actor_email, actions,
            occurred_at, changes, self_induced, raw, person, viewed, downloaded, is_access
            """
        let expected: [String?] = [
            "clinic", "r", "e", "kismet", "1", "17", "Bo\u{0}", "Bo@Example.org",
            #"["view","download","say \"hi\""]"#, "2026-03-01T10:00:00.5Z", changes,
            selfInduced.map { $0 ? "1" : "0" }, "[1]", "bo@example.org", "1", "1", "1",
        ]
        #expect(try folder.rows("SELECT \(columns) FROM access_events") == [expected])
        let hidden = try folder.rows("SELECT count(*) FROM pragma_table_xinfo('access_events')")
        #expect(hidden == [[String(expected.count)]])
    }

    @Test("What is not known is NULL")
    func nothing() async throws {
        let event = AccessEvent(identity: .platform("e"), recordingID: "r", actor: Person(), actions: [])
        try await write([
            try Sample.recording("r"),
            try Sample.record(.accessEvent(event, id: "e", isSynthetic: false, isSelfInduced: nil)),
        ])
        let recording: [String?] =
            ["clinic", "r", "kismet", nil, nil, nil, nil, nil, "available"] + Array(repeating: nil, count: 6)
            + ["{}", Sample.observed, Sample.observed, nil]
        #expect(try folder.rows("SELECT * FROM recordings") == [recording])
        let columns = "actor_id, actor_name, actor_email, actions, occurred_at, changes, self_induced, raw, person"
        let expected: [String?] = [nil, nil, nil, #"["unknown"]"#, nil, nil, nil, nil, nil]
        #expect(try folder.rows("SELECT \(columns) FROM access_events") == [expected])
    }

    @Test("A later record takes the place of the one with its key, and only when it was first seen stays")
    func upsert() async throws {
        var first = Recording(id: "r")
        first.title = "old"
        first.raw = try JSONDocument(parsing: "{}").root
        let later = "2026-03-03T00:00:00Z"
        var event = AccessEvent(identity: .platform("e"), recordingID: "r", actor: Person(name: "a"), actions: [.read])
        let old = try Sample.record(.accessEvent(event, id: "e", isSynthetic: false, isSelfInduced: nil))
        event.actor = Person(id: "b")
        event.actions = [.delete]
        try await write([
            try Sample.record(.recording(first)), try Sample.record(.recording(Recording(id: "r")), at: later),
            try Sample.recording("r", title: "other", source: "acme"),
            try Sample.summary("r", views: 1, downloads: 1), try Sample.summary("r", views: 2, downloads: nil),
            old, try Sample.record(.accessEvent(event, id: "e", isSynthetic: true, isSelfInduced: true)),
        ])
        let query = "SELECT source, title, first_observed_at, observed_at, raw FROM recordings ORDER BY source"
        #expect(
            try folder.rows(query) == [
                ["acme", "other", Sample.observed, Sample.observed, nil],
                ["clinic", nil, Sample.observed, later, nil],
            ]
        )
        #expect(try folder.rows("SELECT views, downloads FROM access_summaries") == [["2", nil]])
        let columns = "actor_name, actor_id, actions, self_induced, id_is_synthetic, is_access"
        let rows = try folder.rows("SELECT \(columns) FROM access_events")
        #expect(rows == [[nil, "b", #"["delete"]"#, "1", "1", "0"]])
    }

    @Test("Tables are strict, and lookups by person, by time and by recording use an index")
    func layout() async throws {
        try await write([])
        let tables = try folder.rows("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict ORDER BY name")
        #expect(tables == [["access_events"], ["access_summaries"], ["media"], ["recordings"], ["tapedeck_sink"]])
        for condition in [
            "access_events WHERE person = 'a' ORDER BY occurred_at", "access_events WHERE occurred_at > '2026'",
            "access_events WHERE source = 'a' AND recording_id = 'b'", "recordings WHERE started_at > '2026'",
            "recordings WHERE source = 'a' AND id = 'b'", "recordings WHERE host_email = 'a'",
        ] {
            let plan = try folder.rows("EXPLAIN QUERY PLAN SELECT * FROM \(condition)")
            #expect(plan.count == 1 && plan[0][3]?.contains("USING INDEX") == true, "\(condition): \(plan)")
        }
    }
}
