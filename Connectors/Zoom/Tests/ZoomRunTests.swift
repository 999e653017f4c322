import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Zoom through the whole host")
struct ZoomRunTests {
    private static let recordings = "/v2/users/u1/recordings"

    private static func details(_ meeting: String, _ type: String, _ rows: [JSONLiteral]) -> ScriptedRoute {
        let page: JSONLiteral = [
            "from": "2026-01-05", "to": "2026-01-20", "next_page_token": "", "page_size": 300,
            "total_records": .integer(Int64(rows.count)), "analytics_details": .array(rows),
        ]
        let path = "/v2/meetings/\(meeting)/recordings/analytics_details"
        return ScriptedRoute("GET", path, query: ["type": type], answers: [.json(page)], repeatsLast: true)
    }

    private static func summary(_ meeting: String, _ rows: [JSONLiteral]) -> ScriptedRoute {
        let path = "/v2/meetings/\(meeting)/recordings/analytics_summary"
        return ScriptedRoute("GET", path, answers: [.json(["analytics_summary": .array(rows)])], repeatsLast: true)
    }

    private static func routes() throws -> [ScriptedRoute] {
        let users: JSONLiteral = [
            "users": [["id": "u1", "email": "host@example.com"]], "total_records": 1, "next_page_token": "",
        ]
        let nobody: JSONLiteral = ["users": [], "total_records": 0, "next_page_token": ""]
        let plain = "gkABCDEnCkPuA%3D%3D"
        let slashes = "%252Fab%252F%252Fc%252Bd%253D%253D"
        return [
            ScriptedRoute("GET", "/v2/users", query: ["status": "active"], answers: [.json(users)], repeatsLast: true),
            ScriptedRoute(
                "GET",
                "/v2/users",
                query: ["status": "inactive"],
                answers: [.json(nobody)],
                repeatsLast: true
            ),
            ScriptedRoute(
                "GET",
                recordings,
                answers: [.json(text: try file("Tests/Fixtures/recordings.json"))],
                repeatsLast: true
            ),
            summary(
                "gkABCDEnCkPuA%253D%253D",
                [
                    ["date": "2026-01-06", "views_total_count": 3, "downloads_total_count": 1],
                    ["date": "2026-01-07", "views_total_count": 2, "downloads_total_count": 0],
                ]
            ),
            summary(slashes, []),
            details(
                "gkABCDEnCkPuA%253D%253D",
                "by_view",
                [["date_time": "2026-01-06T08:00:00Z", "duration": 60, "email": "A@example.com", "name": "Ann"]]
            ),
            details(
                "gkABCDEnCkPuA%253D%253D",
                "by_download",
                [["date_time": "2026-01-06T08:05:00Z", "email": "a@example.com", "name": "Ann"]]
            ),
            details(slashes, "by_view", []), details(slashes, "by_download", []),
            ScriptedRoute("GET", "/v2/meetings/\(plain)/recordings", answers: []),
        ]
    }

    @Test("meetings, their counters and their accesses are read, and a second run writes nothing again")
    func twoRuns() async throws {
        let bench = try zoomBench(routes: try Self.routes())
        let outcome = try await bench.sync()
        #expect(bench.transport.unscripted == [])
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        let recordings = await bench.sink.recordings
        let weekly = try #require(recordings.first { $0.id == "gkABCDEnCkPuA==" })
        #expect(recordings.map(\.id).sorted() == ["/ab//c+d==", "gkABCDEnCkPuA=="])
        #expect(weekly.title == "Weekly")
        #expect(weekly.status == .available)
        #expect(weekly.startedAt?.description == "2026-01-05T10:00:00Z")
        #expect(weekly.endedAt?.description == "2026-01-05T10:21:00Z")
        #expect(weekly.host == Person(id: "u1", email: "host@example.com"))
        #expect(weekly.context("meeting_id") == "1000000000001")
        let later = try #require(recordings.first { $0.id != weekly.id })
        #expect(later.status == .processing)
        #expect(later.endedAt == nil)
        let summaries = await bench.sink.summaries
        #expect(summaries == [AccessSummary(recordingID: weekly.id, views: 5, downloads: 1)])
        let events = await bench.sink.events.map(\.event)
        #expect(events.map(\.actions).sorted { $0[0].rawValue < $1[0].rawValue } == [[.download], [.view]])
        #expect(events.allSatisfy { $0.recordingID == weekly.id })
        let records = await bench.sink.records.count
        _ = try await bench.sync()
        #expect(await bench.sink.records.count == records)
    }

    @Test("passcodes and links are not kept")
    func withheld() async throws {
        let bench = try zoomBench(routes: try Self.routes())
        _ = try await bench.sync()
        for recording in await bench.sink.recordings {
            let raw = String(decoding: try #require(recording.raw).rawBytes, as: UTF8.self)
            #expect(!raw.contains("zoom.us/rec") && !raw.contains("p1") && !raw.contains("p2"))
            #expect(raw.contains("recording_files") || recording.status == .processing)
        }
    }

    @Test("days in UTC are asked for, both included, with the token of the account's grant")
    func requests() async throws {
        let bench = try zoomBench(["users": "u1"], routes: try Self.routes())
        _ = try await bench.sync()
        #expect(!bench.transport.requests.contains { $0.url.path == "/v2/users" })
        let request = try #require(bench.transport.requests.first { $0.url.path == Self.recordings })
        #expect(request.queryValue("from") == "2026-01-01")
        #expect(request.queryValue("to") == "2026-01-20")
        #expect(request.headers["Authorization"] == "Bearer T")
    }

    @Test("an answer for less than was asked for is not taken for all there is")
    func clamped() async throws {
        let text = try file("Tests/Fixtures/recordings.json").replacing(
            "\"to\":\"2026-01-28\"",
            with: "\"to\":\"2026-01-15\""
        )
        let route = ScriptedRoute("GET", Self.recordings, answers: [.json(text: text)], repeatsLast: true)
        let bench = try zoomBench(["users": "u1"], routes: [route] + (try Self.routes()))
        let outcome = try await bench.sync()
        #expect(outcome.state == .incomplete)
        #expect(outcome.counts.listingsIncomplete == 1)
        #expect(await bench.sink.recordings.count == 2)
    }

    @Test("a user who cannot be read leaves the others to be read")
    func unreadableUser() async throws {
        let gone = ScriptedRoute(
            "GET",
            "/v2/users/u2/recordings",
            answers: [.json(["code": 1001], status: 404)],
            repeatsLast: true
        )
        let bench = try zoomBench(["users": ["u2", "u1"]], routes: [gone] + (try Self.routes()))
        let outcome = try await bench.sync()
        #expect(outcome.state == .incomplete)
        #expect(await bench.sink.recordings.count == 2)
    }
}
