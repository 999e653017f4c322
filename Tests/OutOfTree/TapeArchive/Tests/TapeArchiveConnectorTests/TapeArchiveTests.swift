// snippet.conformance
import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import TapeArchiveConnector
import Testing

@Suite("The Tape Archive")
struct TapeArchiveTests {
    @Test("keeps what every connector promises")
    func conformance() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let subject = try ConformanceSubject(TapeArchiveSource.self, fixtures: Fixtures(folder: folder.path))
        let report = try await subject.examine()
        #expect(report.problems == [])
        #expect(report.recordings == 4)
    }
    // snippet.end

    // snippet.bench
    private func bench(_ pages: JSONLiteral...) throws -> ConnectorBench {
        let loan: JSONLiteral = ["reader": "joe@example.com", "at": "2025-02-01T09:00:00Z", "copied": true]
        return try ConnectorBench(
            TapeArchiveSource.self,
            settings: ["accessToken": "token"],
            now: #require(Timestamp("2025-03-01")),
            routes: [
                ScriptedRoute("GET", "/api/shelves", answers: [.json(["shelves": ["lobby"]])], repeatsLast: true),
                ScriptedRoute(
                    "GET",
                    "/api/shelves/lobby/tapes",
                    query: ["after": "b"],
                    answers: [.json(pages[1])],
                    repeatsLast: true
                ),
                ScriptedRoute(
                    "GET",
                    "/api/shelves/lobby/tapes",
                    answers: [.status(429, headers: ["Retry-After": "30"]), .json(pages[0])],
                    repeatsLast: true
                ),
                ScriptedRoute("GET", "/api/tapes/7/loans", answers: [.json(["loans": [loan]])], repeatsLast: true),
                ScriptedRoute("GET", "/api/tapes/8/loans", answers: [.json(["loans": []])], repeatsLast: true),
            ]
        )
    }
    // snippet.end

    // snippet.run
    @Test("is read page by page, and a second run writes nothing")
    func twoRuns() async throws {
        let bench = try bench(
            ["tapes": [["id": 7, "label": "Opening night", "state": "ready", "loans": 1]], "next": "b"],
            ["tapes": [["id": 8, "recorded_at": "2025-01-08", "state": "mouldy", "loans": 0]], "next": nil]
        )
        let first = try await bench.sync()
        #expect(first.state == .complete)
        #expect(await bench.sink.recordings.map(\.id) == ["7", "8"])
        #expect(await bench.sink.recordings.map(\.status) == [.available, .unknown])
        #expect(await bench.sink.events.map(\.event.actions) == [[.download]])

        let written = await bench.sink.records.count
        let second = try await bench.sync()
        #expect(second.state == .complete)
        #expect(await bench.sink.records.count == written)
        #expect(bench.transport.requests.count { $0.url.path.hasSuffix("/loans") } == 2)
        #expect(bench.transport.unscripted.isEmpty)
    }
    // snippet.end

    // snippet.broken
    @Test("is incomplete, with everything that could be read, when a tape has no id")
    func unusableRow() async throws {
        let bench = try bench(
            ["tapes": [["label": "No id"], ["id": 7, "loans": 1]], "next": "b"],
            ["tapes": [["id": 8, "loans": 0]], "next": nil]
        )
        let outcome = try await bench.sync()
        #expect(outcome.state == .incomplete)
        #expect(outcome.failures.map(\.code) == ["malformed_response"])
        #expect(await bench.sink.recordings.map(\.id) == ["7", "8"])
    }
    // snippet.end

    // snippet.copies
    @Test("hands out copies, and says why there is none")
    func copies() async throws {
        let api = ScriptedAPI([
            "/tapes/7/copy": .json(["url": "https://store.example/7?signed", "bytes": 4096]),
            "/tapes/8/copy": .json(["url": nil]),
            "/tapes/9/copy": .failure(TapedeckError(.notFound, "It is not there.")),
        ])
        let source = TapeArchiveSource(settings: TapeArchiveSource.connector.settings.parse([:]).settings)
        guard case .available(let links) = try await source.media(of: Recording(id: "7"), api: api.client) else {
            Issue.record("no copy of tape 7")
            return
        }
        #expect(links.map(\.byteCount) == [4096])
        guard case .pending = try await source.media(of: Recording(id: "8"), api: api.client) else {
            Issue.record("a copy of tape 8")
            return
        }
        guard case .gone = try await source.media(of: Recording(id: "9"), api: api.client) else {
            Issue.record("a copy of tape 9")
            return
        }
    }
    // snippet.end
}
