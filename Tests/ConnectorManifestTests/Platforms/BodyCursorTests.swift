import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Platforms that are asked by POST")
struct BodyCursorTests {
    @Test("Gong: the cursor goes into the body, large ids keep their digits, and a range without calls is empty")
    func gong() async throws {
        let first: JSONLiteral = [
            "records": ["totalRecords": 2, "cursor": "c2"],
            "calls": [
                [
                    "metaData": [
                        "id": "7782342274025937895", "started": "2026-01-05T10:00:00.518-08:00", "duration": 90,
                        "title": "One",
                        "primaryUserId": "55",
                    ], "media": ["audioUrl": "https://media.example/secret"],
                ]
            ],
        ]
        let second: JSONLiteral = ["records": ["totalRecords": 2], "calls": [["metaData": ["id": "8"]]]]
        let bench = try bench(
            platform: "gong",
            settings: ["accessKey": "k", "accessKeySecret": "s"],
            routes: [
                ScriptedRoute(
                    "POST",
                    "/v2/calls/extensive",
                    where: { (try? body($0))?["cursor"]?.string == "c2" },
                    answers: [.json(second)],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "POST",
                    "/v2/calls/extensive",
                    where: { (try? body($0))?["filter"]?["fromDateTime"]?.string == "2026-01-01T00:00:00Z" },
                    answers: [.json(first)],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "POST",
                    "/v2/calls/extensive",
                    answers: [.json(["errors": []], status: 404)],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "GET",
                    "/v2/logs",
                    answers: [
                        .json([
                            "records": [:],
                            "logEntries": [
                                [
                                    "userId": "9", "userFullName": "Ann", "eventTime": "2026-01-06T10:00:00Z",
                                    "logRecord": ["event": "PLAY_CALL", "callId": "8"],
                                ], ["logRecord": ["event": "LOGIN"]],
                            ],
                        ])
                    ],
                    repeatsLast: true
                ),
            ]
        )
        _ = try await bench.sync(try january())
        let recordings = await bench.sink.recordings
        #expect(recordings.map(\.id).sorted() == ["7782342274025937895", "8"])
        let one = try #require(recordings.first { $0.title == "One" })
        #expect(one.startedAt?.description == "2026-01-05T18:00:00.518Z")
        #expect(one.endedAt?.description == "2026-01-05T18:01:30.518Z")
        #expect(one.raw?["media"] == nil)
        #expect(await bench.sink.events.map(\.event.actions) == [[.view]])
        let asked = try bench.transport.requests.filter { $0.method == "POST" }.map { try body($0) }
        #expect(asked.allSatisfy { $0["contentSelector"]?["exposedFields"]?["media"]?.boolean == true })
        #expect(bench.transport.requests.allSatisfy { $0.headers["Authorization"] == "Basic azpz" })
    }

    @Test("LiveKit: the cursor is nested in the body, and nanoseconds come as texts")
    func liveKit() async throws {
        let first: JSONLiteral = [
            "items": [
                [
                    "egress_id": "EG_1", "room_name": "r", "status": "EGRESS_COMPLETE",
                    "started_at": "1759932000000000000",
                    "ended_at": "1759933800000000000", "error": "",
                ]
            ], "next_page_token": ["token": "t2"],
        ]
        let second: JSONLiteral = [
            "items": [
                ["egress_id": "EG_2", "status": "EGRESS_NEW", "started_at": "1759932000000000001", "ended_at": "0"]
            ]
        ]
        let path = "/twirp/livekit.Egress/ListEgress"
        let bench = try bench(
            platform: "livekit",
            settings: ["token": "jwt"],
            routes: [
                ScriptedRoute(
                    "POST",
                    path,
                    where: { (try? body($0))?["page_token"]?["token"]?.string == "t2" },
                    answers: [.json(second)],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "POST",
                    path,
                    where: { (try? body($0))?["page_token"] == nil },
                    answers: [
                        .json(["code": "unavailable", "msg": "busy"], status: 503), .json(first),
                    ],
                    repeatsLast: true
                ),
            ]
        )
        let outcome = try await bench.sync()
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        let recordings = await bench.sink.recordings.sorted { $0.id < $1.id }
        #expect(recordings.map(\.id) == ["EG_1", "EG_2"])
        #expect(recordings.map(\.status) == [.available, .unknown])
        #expect(recordings.map(\.rawStatus) == ["EGRESS_COMPLETE", "EGRESS_NEW"])
        #expect(recordings.map { $0.startedAt?.nanoseconds } == [0, 1])
        #expect(recordings[0].endedAt?.description == "2025-10-08T14:30:00.000000000Z")
        #expect(recordings[1].endedAt == nil)
        #expect(recordings[0].error == nil)
    }

    @Test("Fireflies: the offset goes into the variables, and an error in a 200 is waited out")
    func fireflies() async throws {
        let wait: JSONLiteral = [
            "errors": [
                ["code": "too_many_requests", "extensions": ["metadata": ["retryAfter": 1_769_817_630_000]]]
            ], "data": nil,
        ]
        let rows: [JSONLiteral] = (0..<50).map {
            ["id": .string("t\($0)"), "title": "One", "date": 1_767_600_000_000, "duration": 1.5]
        }
        let bench = try bench(
            platform: "fireflies",
            settings: ["apiKey": "key"],
            routes: [
                ScriptedRoute(
                    "POST",
                    "/graphql",
                    where: { (try? body($0))?["variables"]?["skip"]?.integer == 50 },
                    answers: [.json(["data": ["transcripts": [["id": "last"]]]])],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "POST",
                    "/graphql",
                    where: { (try? body($0))?["variables"]?["skip"]?.integer == 51 },
                    answers: [.json(["data": ["transcripts": []]])],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "POST",
                    "/graphql",
                    answers: [.json(wait), .json(["data": ["transcripts": .array(rows)]])],
                    repeatsLast: true
                ),
            ]
        )
        let outcome = try await bench.sync(try january())
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        #expect(await bench.sink.recordings.count == 51)
        let one = try #require(await bench.sink.recordings.first { $0.id == "t0" })
        #expect(one.endedAt == one.startedAt?.advanced(by: .seconds(90)))
        #expect(bench.clock.uptime >= .seconds(30))
        let asked = try bench.transport.requests.map { try body($0) }
        #expect(asked.allSatisfy { $0["query"]?.string?.contains("{ transcripts(fromDate: $fromDate") == true })
        #expect(asked.allSatisfy { $0["variables"]?["limit"]?.integer == 50 })
        #expect(asked.first?["variables"]?["fromDate"]?.string == "2026-01-01T00:00:00Z")
    }

    @Test("Fireflies: a key that is refused in a 200 is one that is not authorized")
    func refusedKey() async throws {
        let answer = ScriptedAnswer.json(["errors": [["code": "auth_failed"]], "data": nil])
        let bench = try bench(
            platform: "fireflies",
            settings: ["apiKey": "key"],
            routes: [ScriptedRoute("POST", "/graphql", answers: [answer], repeatsLast: true)]
        )
        #expect(try await bench.check()?.code == .unauthorized)
    }
}
