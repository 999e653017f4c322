import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import WebexConnector

@Suite("Webex through the whole host")
struct WebexRunTests {
    private let summaries = "/v1/recordingReport/accessSummary"
    private let details = "/v1/recordingReport/accessDetail"

    private func bench() throws -> ConnectorBench {
        let next = "<https://webexapis.com\(summaries)?cursor=b&max=100>; rel=\"next\""
        return try ConnectorBench(
            WebexSource.self,
            settings: ["accessToken": "token", "from": "2020-07-01"],
            now: try time("2020-08-20T00:00:00Z"),
            routes: [
                ScriptedRoute(
                    "GET",
                    summaries,
                    query: ["cursor": "b"],
                    answers: [.json(["items": [["recordingId": "last", "viewCount": 0, "downloadCount": 0]]])],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "GET",
                    summaries,
                    answers: [
                        .status(429, headers: ["Retry-After": "30"]),
                        .json(text: WebexSamples.summaries, headers: ["Link": next]),
                    ],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "GET",
                    details,
                    query: ["recordingId": "4f914b1dfe3c4d11a61730f18c0f5387"],
                    answers: [.json(text: WebexSamples.details)],
                    repeatsLast: true
                ),
                ScriptedRoute("GET", details, answers: [.json(["items": []])], repeatsLast: true),
            ]
        )
    }

    @Test("all pages and details are read, and a second run asks for no details and writes nothing")
    func twoRuns() async throws {
        let bench = try bench()
        let first = try await bench.sync()
        #expect(first.state == .complete)
        #expect(await bench.sink.recordings.count == 4)
        #expect(await bench.sink.summaries.count == 4)
        #expect(await bench.sink.events.count == 3)
        #expect(bench.clock.uptime >= .seconds(30))
        let records = await bench.sink.records.count
        let asked = bench.transport.requests.count { $0.url.path == details }
        #expect(asked == 4)
        let second = try await bench.sync()
        #expect(second.state == .complete)
        #expect(await bench.sink.records.count == records)
        #expect(bench.transport.requests.count { $0.url.path == details } == asked)
        #expect(bench.transport.unscripted.isEmpty)
        #expect(
            bench.transport.requests.allSatisfy {
                $0.headers["Authorization"] == "Bearer token" && $0.headers["timezone"] == "UTC"
            }
        )
    }
}
