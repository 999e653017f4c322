import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Questions to a database of records")
struct SinkViewTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private let ann = Person(id: "1", name: "Ann", email: "Ann@example.org")
    private let bob = Person(id: "2", name: "Bob", email: "bob@example.org")

    /// Ann hosted `visit` and `quiet`; of `gone` there are only events, of `counted` only counters, of `host-less` no host.
    private func fill() async throws {
        var records: [OutputRecord] = []
        for (id, start) in [("visit", "01"), ("quiet", "02"), ("counted", "03"), ("changed", "04"), ("odd", "05")] {
            var recording = Recording(id: id, status: id == "quiet" ? .deleted : .available)
            recording.title = "About \(id)"
            recording.site = "a.example"
            recording.startedAt = try time("2026-03-\(start)T10:00:00Z")
            if id != "odd" { recording.host = ann }
            records.append(try Sample.record(.recording(recording)))
        }
        records += [
            try Sample.summary("visit", views: 4, downloads: 2), try Sample.summary("counted", views: 0, downloads: 9),
            try Sample.summary("changed", views: 0, downloads: 0), try Sample.summary("odd", views: 3, downloads: nil),
            try Sample.event("1", of: "visit", by: bob, [.view, .download], at: "2026-03-05T08:00:00Z"),
            try Sample.event(
                "2",
                of: "visit",
                by: Person(name: "Ann", email: "ANN@EXAMPLE.ORG"),
                [.view],
                at: "2026-03-06T08:00:00Z",
                selfInduced: nil
            ),
            try Sample.event("3", of: "visit", by: bob, [.read], at: "2026-03-07T08:00:00Z", selfInduced: true),
            try Sample.event("4", of: "gone", by: Person(id: "9"), [.download], at: "2026-03-04T08:00:00Z"),
            try Sample.event("5", of: "changed", by: bob, [.create], at: "2026-03-04T10:00:00Z"),
            try Sample.event("6", of: "changed", by: Person(id: "1"), [.update, .delete], at: "2026-03-04T11:00:00Z"),
            try Sample.event("7", of: "odd", by: Person(), [.unknown], at: "2026-03-08T08:00:00Z"),
        ]
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(RecordBatch(records))
        _ = try await sink.commit()
        await sink.close()
    }

    @Test("Who accessed what: one row for a person, an action and a time, with what is known of the recording")
    func accesses() async throws {
        try await fill()
        let columns = "recording_id, title, site, host_email, person, action, occurred_at, by_host, self_induced"
        let rows = try folder.rows("SELECT \(columns) FROM accesses ORDER BY event_id, action")
        let host = ["a.example", "Ann@example.org"]
        func row(_ id: String, _ rest: [String?]) -> [String?] { [id, "About \(id)"] + host + rest }
        #expect(
            rows == [
                row("visit", ["bob@example.org", "download", "2026-03-05T08:00:00Z", "0", "0"]),
                row("visit", ["bob@example.org", "view", "2026-03-05T08:00:00Z", "0", "0"]),
                row("visit", ["ann@example.org", "view", "2026-03-06T08:00:00Z", "1", nil]),
                row("visit", ["bob@example.org", "read", "2026-03-07T08:00:00Z", "0", "1"]),
                ["gone", nil, nil, nil, "9", "download", "2026-03-04T08:00:00Z", nil, "0"],
                row("changed", ["bob@example.org", "create", "2026-03-04T10:00:00Z", "0", "0"]),
                row("changed", ["1", "delete", "2026-03-04T11:00:00Z", "1", "0"]),
                row("changed", ["1", "update", "2026-03-04T11:00:00Z", "1", "0"]),
                ["odd", "About odd", "a.example", nil, nil, "unknown", "2026-03-08T08:00:00Z", nil, "0"],
            ]
        )
    }

    @Test("The latest access to each recording, without the host's own and without changes")
    func latest() async throws {
        try await fill()
        let columns = "recording_id, title, person, actions, occurred_at, access_events"
        #expect(
            try folder.rows("SELECT \(columns) FROM latest_accesses") == [
                ["odd", "About odd", nil, #"["unknown"]"#, "2026-03-08T08:00:00Z", "1"],
                ["visit", "About visit", "ann@example.org", #"["view"]"#, "2026-03-06T08:00:00Z", "2"],
                ["gone", nil, "9", #"["download"]"#, "2026-03-04T08:00:00Z", "1"],
            ]
        )
    }

    @Test("What each person accessed, in numbers, without the host's own accesses")
    func perPerson() async throws {
        try await fill()
        #expect(
            try folder.rows("SELECT * FROM accesses_per_person ORDER BY person") == [
                ["clinic", "kismet", nil, nil, "1", "1", "0", "0", "2026-03-08T08:00:00Z", "2026-03-08T08:00:00Z"],
                ["clinic", "kismet", "9", nil, "1", "1", "0", "1", "2026-03-04T08:00:00Z", "2026-03-04T08:00:00Z"],
                [
                    "clinic", "kismet", "ann@example.org", "Ann", "1", "1", "1", "0", "2026-03-06T08:00:00Z",
                    "2026-03-06T08:00:00Z",
                ],
                [
                    "clinic", "kismet", "bob@example.org", "Bob", "1", "1", "1", "1", "2026-03-05T08:00:00Z",
                    "2026-03-05T08:00:00Z",
                ],
            ]
        )
    }

    @Test("The most downloaded recordings, by the platform's counters, with how many persons are known")
    func downloads() async throws {
        try await fill()
        let columns = "recording_id, title, downloads, views, known_downloaders"
        #expect(
            try folder.rows("SELECT \(columns) FROM most_downloaded") == [
                ["counted", "About counted", "9", "0", "0"], ["visit", "About visit", "2", "4", "1"],
            ]
        )
    }

    @Test("Recordings that nobody accessed, neither by the counters nor by the events")
    func withoutAccess() async throws {
        try await fill()
        let columns = "recording_id, title, status, views, downloads"
        #expect(
            try folder.rows("SELECT \(columns) FROM recordings_without_access") == [
                ["quiet", "About quiet", "deleted", nil, nil], ["changed", "About changed", "available", "0", "0"],
            ]
        )
    }

    @Test("Who made, changed or deleted what")
    func changes() async throws {
        try await fill()
        let columns = "recording_id, person, action, occurred_at"
        #expect(
            try folder.rows("SELECT \(columns) FROM recording_changes ORDER BY occurred_at, action") == [
                ["changed", "bob@example.org", "create", "2026-03-04T10:00:00Z"],
                ["changed", "1", "delete", "2026-03-04T11:00:00Z"], ["changed", "1", "update", "2026-03-04T11:00:00Z"],
            ]
        )
    }

    @Test(
        "What counts as an access: everything but making, changing and deleting alone",
        arguments: [
            ([.view], true), ([.read], true), ([.download, .delete], true), ([.unknown], true), ([.create], false),
            ([.create, .update, .delete], false), ([AccessAction(rawValue: "created")], true),
        ] as [([AccessAction], Bool)]
    )
    func access(actions: [AccessAction], counts: Bool) async throws {
        let sink = folder.sink()
        _ = try await sink.recover(to: nil)
        let event = try Sample.event("1", of: "r", by: bob, actions, at: "2026-03-05T08:00:00Z")
        try await sink.write(RecordBatch([event]))
        _ = try await sink.commit()
        await sink.close()
        #expect(try folder.rows("SELECT is_access FROM access_events") == [[counts ? "1" : "0"]])
    }
}
