import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import KismetConnector

@Suite("Kismet through the whole host")
struct KismetRunTests {
    private func page(_ name: String, _ items: [JSONLiteral]) -> ScriptedAnswer {
        let pagination: JSONLiteral = [
            "current_page": 1, "per_page": 100, "total_pages": 1, "total_count": .integer(Int64(items.count)),
        ]
        return .json(.object([(name: name, value: .array(items)), (name: "pagination", value: pagination)]))
    }

    private func bench() throws -> ConnectorBench {
        let root = "/api/external/organization_users"
        let egresses = "\(root)/101/calls/5/egresses"
        let answers: [(String, ScriptedAnswer)] = [
            (root, page("organization_users", [["id": 101], ["id": 102]])),
            ("\(root)/101/calls", page("calls", [["id": 5, "is_ended": true, "has_egresses": true]])),
            ("\(root)/102/calls", .json(["error": "not found"], status: 404)),
            (egresses, .json(text: KismetSamples.egresses)),
            ("\(egresses)/1/audit_logs", .json(text: KismetSamples.auditLogs)),
            ("\(egresses)/2/audit_logs", page("audit_logs", [])),
        ]
        return try ConnectorBench(
            KismetSource.self,
            settings: ["clientID": "id", "clientSecret": "secret"],
            now: try time("2025-10-20T00:00:00Z"),
            routes: answers.map { ScriptedRoute("GET", $0.0, answers: [$0.1], repeatsLast: true) }
        )
    }

    @Test("lists and audit trails are read without a trace, and a second run writes nothing again")
    func twoRuns() async throws {
        let bench = try bench()
        let first = try await bench.sync()
        #expect(first.state == .incomplete)
        #expect(first.counts.listingsIncomplete == 1)
        #expect(first.counts.auditReads == 0)
        #expect(await bench.sink.recordings.map(\.id).sorted() == ["1", "2"])
        #expect(await bench.sink.events.map(\.id).sorted() == ["71", "72", "85"])
        let records = await bench.sink.records.count
        _ = try await bench.sync()
        #expect(await bench.sink.records.count == records)
        let asked = bench.transport.requests
        #expect(asked.last { $0.url.path.hasSuffix("/1/audit_logs") }?.queryValue("from") == "2025-10-08")
        #expect(!asked.contains { $0.url.path.hasSuffix("/egresses/1") || $0.url.path.hasSuffix("/egresses/2") })
        #expect(asked.allSatisfy { $0.headers["X-Client-ID"] == "id" && $0.headers["X-Client-Secret"] == "secret" })
        #expect(bench.transport.unscripted.isEmpty)
    }
}
