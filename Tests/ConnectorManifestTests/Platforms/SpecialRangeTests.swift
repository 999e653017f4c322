import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Platforms whose ranges and parents are special")
struct SpecialRangeTests {
    private static func aircallRoutes(cap: Int64) -> [ScriptedRoute] {
        // Answers with one call a day, and with what the cap makes of more than it allows.
        let answer = ScriptedAnswer.responding { request in
            let from = Int64(request.queryValue("from") ?? "") ?? 0
            let to = Int64(request.queryValue("to") ?? "") ?? 0
            let days = Array(stride(from: (from + 86_399) / 86_400 * 86_400, to: to, by: 86_400))
            let rows = days.map { day in
                "{\"id\":\(day / 86_400),\"answered_at\":\(day),\"recording\":\"https://x.example/\(day)\"}"
            }
            let shown = Int64(rows.count) > cap ? "" : rows.joined(separator: ",")
            let total = Int64(rows.count) > cap ? 10_001 : rows.count
            let text = "{\"meta\":{\"total\":\(total),\"next_page_link\":null},\"calls\":[\(shown)]}"
            return TransportResponse(status: 200, headers: ["Content-Type": "application/json"], body: Array(text.utf8))
        }
        return [ScriptedRoute("GET", "/v1/calls", answers: [answer], repeatsLast: true)]
    }

    @Test(
        "Aircall: a range that holds too much is halved until it fits, and nothing is lost",
        arguments: [40, 7, 1] as [Int64]
    )
    func aircall(cap: Int64) async throws {
        let bench = try bench(
            platform: "aircall",
            settings: ["apiID": "i", "apiToken": "t"],
            routes: Self.aircallRoutes(cap: cap)
        )
        let outcome = try await bench.sync(try january())
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        let recordings = await bench.sink.recordings
        #expect(recordings.count == 30)
        #expect(recordings.allSatisfy { $0.raw?["recording"] == nil })
        #expect((bench.transport.requests.count > 1) == (cap < 30))
    }

    @Test("Aircall: the link to a file has a life, and no end")
    func lifetime() async throws {
        let source = try source(platform: "aircall", settings: ["apiID": "i", "apiToken": "t"])
        let provider = try #require(source as? any MediaProviding)
        let api = ScriptedAPI(["/calls/7": .json(["recording": "https://files.example/a.MP3?x"])])
        guard case .available(let links) = try await provider.media(of: Recording(id: "7"), api: api.client) else {
            Issue.record("no link")
            return
        }
        #expect(links.map(\.rendition) == ["audio"])
        #expect(links.first?.fileExtension == "mp3")
        #expect(links.first?.lifetime == .seconds(3_600))
    }

    @Test("Google Meet: parents by time, then their recordings; empty lists are left out; bytes are in another API")
    func meet() async throws {
        let bench = try bench(
            platform: "meet",
            settings: ["accessToken": "t"],
            routes: [
                ScriptedRoute(
                    "GET",
                    "/v2/conferenceRecords",
                    answers: [
                        .json([
                            "conferenceRecords": [
                                ["name": "conferenceRecords/abc", "space": "spaces/x"],
                                ["name": "conferenceRecords/def"],
                            ]
                        ])
                    ],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "GET",
                    "/v2/conferenceRecords/abc/recordings",
                    answers: [
                        .json([
                            "recordings": [
                                [
                                    "name": "conferenceRecords/abc/recordings/r1", "state": "FILE_GENERATED",
                                    "startTime": "2026-01-05T08:00:00.123456Z", "driveDestination": ["file": "F 1"],
                                ]
                            ]
                        ])
                    ],
                    repeatsLast: true
                ),
                ScriptedRoute("GET", "/v2/conferenceRecords/def/recordings", answers: [.json([:])], repeatsLast: true),
            ]
        )
        let outcome = try await bench.sync(try january("2026-01-02"))
        #expect(outcome.failures == [])
        #expect(outcome.state == .complete)
        #expect(bench.transport.unscripted == [])
        let recording = try #require(await bench.sink.recordings.first)
        #expect(recording.id == "r1")
        #expect(recording.context("conference") == "abc")
        let request = try #require(bench.transport.requests.first)
        #expect(
            request.queryValue("filter")
                == "start_time>=\"2026-01-02T00:00:00Z\" AND start_time<\"2026-01-31T00:00:00Z\""
        )
        var known = Recording(id: "r1")
        known.parameters = ["file": "F 1"]
        let source = try source(platform: "meet", settings: ["accessToken": "t"])
        let media = try await outline(of: known, source, ScriptedAPI())
        #expect(media == "video https://www.googleapis.com/drive/v3/files/F%201?alt=media ? mp4 true")
        let pending = try await outline(of: Recording(id: "r2"), source, ScriptedAPI())
        #expect(pending == "pending: the file is not generated yet")
    }
}
