import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Platforms that are walked through page by page")
struct PageWalkTests {
    @Test("Twilio: the next URL is relative, days are asked for, and times are those of mails")
    func twilio() async throws {
        let path = "/2010-04-01/Accounts/AC1/Recordings.json"
        let first: JSONLiteral = [
            "recordings": [
                [
                    "sid": "RE1", "call_sid": "CA1", "status": "completed", "duration": "12",
                    "start_time": "Fri, 02 Jan 2026 18:14:32 +0000", "date_created": "Fri, 02 Jan 2026 18:14:33 +0000",
                ]
            ], "next_page_uri": .string("\(path)?PageSize=1000&Page=1&PageToken=PARE1"),
        ]
        let second: JSONLiteral = [
            "recordings": [
                [
                    "sid": "RE2", "status": "processing", "duration": "-1",
                    "start_time": "Sat, 03 Jan 2026 00:00:00 +0000",
                ]
            ],
            "next_page_uri": nil,
        ]
        let bench = try bench(
            platform: "twilio",
            settings: ["account": "AC1", "authToken": "t"],
            routes: [
                ScriptedRoute("GET", path, query: ["PageToken": "PARE1"], answers: [.json(second)], repeatsLast: true),
                ScriptedRoute(
                    "GET",
                    path,
                    answers: [.json(["code": 20429, "message": "slow"], status: 429), .json(first)],
                    repeatsLast: true
                ),
            ]
        )
        let outcome = try await bench.sync(try january("2026-01-02"))
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        let recordings = await bench.sink.recordings.sorted { $0.id < $1.id }
        #expect(recordings.map(\.id) == ["RE1", "RE2"])
        #expect(recordings[0].startedAt?.description == "2026-01-02T18:14:32Z")
        #expect(recordings[0].endedAt?.description == "2026-01-02T18:14:44Z")
        #expect(recordings[1].endedAt == nil)
        #expect(recordings.map(\.status) == [.available, .processing])
        let request = try #require(bench.transport.requests.first)
        #expect(request.queryValue("DateCreated>") == "2026-01-02")
        #expect(request.queryValue("DateCreated<") == "2026-01-30")
        let source = try source(platform: "twilio", settings: ["account": "AC1", "authToken": "t"])
        let media = try await outline(of: recordings[0], source, ScriptedAPI())
        #expect(media == "audio https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3 ? mp3 true")
    }

    @Test("Dialpad: milliseconds both ways, and one call with two recordings")
    func dialpad() async throws {
        let answer: JSONLiteral = [
            "items": [
                [
                    "call_id": "99", "target": ["email": "ann@example.com"],
                    "recording_details": [
                        [
                            "id": "r1", "start_time": "1767600000123", "duration": 1500.5,
                            "url": "https://dialpad.com/r1",
                        ],
                        ["id": "r2", "start_time": 1_767_600_000_456],
                    ],
                ], ["call_id": "100"],
            ]
        ]
        let bench = try bench(
            platform: "dialpad",
            settings: ["apiKey": "k"],
            routes: [ScriptedRoute("GET", "/api/v2/call", answers: [.json(answer)], repeatsLast: true)]
        )
        let outcome = try await bench.sync(try january("2026-01-02"))
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        let recordings = await bench.sink.recordings.sorted { $0.id < $1.id }
        #expect(recordings.map(\.id) == ["r1", "r2"])
        #expect(recordings.map { $0.context("call_id") } == ["99", "99"])
        #expect(recordings[0].startedAt?.description == "2026-01-05T08:00:00.123Z")
        #expect(recordings[0].endedAt?.description == "2026-01-05T08:00:01.6235Z")
        #expect(recordings[0].host.email == "ann@example.com")
        #expect(recordings[0].raw?["url"] == nil)
        let request = try #require(bench.transport.requests.first)
        #expect(request.queryValue("started_after") == "1767312000000")
    }

    @Test("RingCentral: numbered pages, and a wait that the vendor's own header names")
    func ringCentral() async throws {
        let path = "/restapi/v1.0/account/~/call-log"
        func page(_ number: Int64, _ rows: [JSONLiteral]) -> JSONLiteral {
            ["records": .array(rows), "paging": ["page": .integer(number), "totalPages": 2, "perPage": 250]]
        }
        let slow = ScriptedAnswer.json(["errorCode": "CMN-301"], status: 429, headers: ["X-Rate-Limit-Window": "60"])
        let bench = try bench(
            platform: "ringcentral",
            settings: ["accessToken": "t"],
            routes: [
                ScriptedRoute(
                    "GET",
                    path,
                    query: ["page": "2"],
                    answers: [.json(page(2, [["id": "c3", "recording": ["id": "3"]]]))],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "GET",
                    path,
                    answers: [
                        slow,
                        .json(
                            page(
                                1,
                                [
                                    [
                                        "id": "c1", "startTime": "2026-01-05T08:00:00.000Z", "duration": 60,
                                        "recording": [
                                            "id": "1", "contentUri": "https://media.ringcentral.com/1/content",
                                        ],
                                    ], ["id": "c2"],
                                ]
                            )
                        ),
                    ],
                    repeatsLast: true
                ),
            ]
        )
        let outcome = try await bench.sync(try january("2026-01-02"))
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        #expect(await bench.sink.recordings.map(\.id).sorted() == ["1", "3"])
        #expect(bench.clock.uptime >= .seconds(59))
    }

    @Test("Microsoft Graph: users, then their recordings, by next URLs; seven digits stay seven")
    func graph() async throws {
        let users = "/v1.0/users"
        let delta = "/v1.0/users/u1/onlineMeetings/getAllRecordings(meetingOrganizerUserId='u1')/delta"
        let next = "https://graph.microsoft.com\(delta)?$skiptoken=x"
        let token: JSONLiteral = ["access_token": "T", "expires_in": 3600, "token_type": "Bearer"]
        let bench = try bench(
            platform: "graph",
            settings: ["tenant": "t", "clientID": "c", "clientSecret": "s"],
            routes: [
                ScriptedRoute("POST", "/common/oauth2/v2.0/token", answers: [.json(token)], repeatsLast: true),
                ScriptedRoute("GET", users, answers: [.json(["value": [["id": "u1"]]])], repeatsLast: true),
                ScriptedRoute(
                    "GET",
                    delta,
                    query: ["$skiptoken": "x"],
                    answers: [.json(["value": [["id": "VjI2"]], "@odata.deltaLink": "https://graph.microsoft.com/d"])],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "GET",
                    delta,
                    answers: [
                        .json([
                            "@odata.nextLink": .string(next),
                            "value": [
                                ["id": "VjI1", "meetingId": "MSo", "createdDateTime": "2023-12-02T06:59:34.7411768Z"]
                            ],
                        ])
                    ],
                    repeatsLast: true
                ),
            ]
        )
        let outcome = try await bench.sync()
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        #expect(bench.transport.unscripted == [])
        let recordings = await bench.sink.recordings.sorted { $0.id < $1.id }
        #expect(recordings.map(\.id) == ["VjI1", "VjI2"])
        #expect(recordings.first?.createdAt?.description == "2023-12-02T06:59:34.7411768Z")
    }
}
