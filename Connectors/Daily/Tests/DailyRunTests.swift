import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Daily through the whole host")
struct DailyRunTests {
    private static func routes() throws -> [ScriptedRoute] {
        let path = "/v1/recordings"
        let third: JSONLiteral = [
            "total_count": 3, "data": [["id": "0cb313e1-0003", "status": "new", "start_ts": 1_767_607_200]],
        ]
        let end: JSONLiteral = ["total_count": 3, "data": []]
        return [
            ScriptedRoute(
                "GET",
                path,
                query: ["starting_after": "0cb313e1-0003"],
                answers: [.json(end)],
                repeatsLast: true
            ),
            ScriptedRoute(
                "GET",
                path,
                query: ["starting_after": "0cb313e1-0002"],
                answers: [.json(third)],
                repeatsLast: true
            ),
            ScriptedRoute(
                "GET",
                path,
                answers: [.json(text: try file("Tests/Fixtures/recordings.json"))],
                repeatsLast: true
            ),
        ]
    }

    @Test("pages follow the last id until one is empty, and a second run writes nothing again")
    func twoRuns() async throws {
        let bench = try dailyBench(routes: try Self.routes())
        let outcome = try await bench.sync()
        #expect(bench.transport.unscripted == [])
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        let recordings = await bench.sink.recordings.sorted { $0.id < $1.id }
        #expect(recordings.map(\.id) == ["0cb313e1-0001", "0cb313e1-0002", "0cb313e1-0003"])
        #expect(recordings.map(\.status) == [.available, .processing, .unknown])
        #expect(
            recordings.map { $0.startedAt?.description } == [
                "2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z",
            ]
        )
        #expect(recordings.map { $0.endedAt?.description } == ["2026-01-05T08:04:37Z", nil, nil])
        #expect(recordings[0].context("room_name") == "r")
        #expect(recordings[0].raw?["share_token"] == nil)
        #expect(recordings[0].raw?["s3key"] != nil)
        let records = await bench.sink.records.count
        _ = try await bench.sync()
        #expect(await bench.sink.records.count == records)
        #expect(bench.transport.requests.allSatisfy { $0.headers["Authorization"] == "Bearer canary-key" })
        #expect(bench.transport.requests.allSatisfy { $0.queryValue("room_name") == nil })
    }

    @Test("the setting room narrows the listing")
    func room() async throws {
        let bench = try dailyBench(["room": "r"], routes: try Self.routes())
        _ = try await bench.sync()
        #expect(bench.transport.requests.allSatisfy { $0.queryValue("room_name") == "r" })
    }

    @Test(
        "a bad request about the key is a key that is not authorized",
        arguments: ["authorization-header-error", "authentication-error"]
    )
    func refusedKey(word: String) async throws {
        let answer = ScriptedAnswer.json(["error": .string(word)], status: 400)
        let bench = try dailyBench(routes: [
            ScriptedRoute("GET", "/v1/recordings", answers: [answer], repeatsLast: true)
        ])
        #expect(try await bench.check()?.code == .unauthorized)
    }

    @Test("any other bad request is not about the key")
    func otherBadRequest() async throws {
        let answer = ScriptedAnswer.json(["error": "invalid-request-error"], status: 400)
        let bench = try dailyBench(routes: [
            ScriptedRoute("GET", "/v1/recordings", answers: [answer], repeatsLast: true)
        ])
        let code = try await bench.check()?.code
        #expect(code != nil && code != .unauthorized)
    }
}
