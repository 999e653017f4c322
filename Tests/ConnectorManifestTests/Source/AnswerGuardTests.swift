import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("What an answer says of itself")
struct AnswerGuardTests {
    private func read(
        _ guards: String,
        _ answer: JSONLiteral
    ) async throws -> (ids: [String], failure: TapedeckError?, requests: Int) {
        let text = withHead(
            """
            recordings: {
              request: { path: "/tapes", query: { from: "{window.from}", to: "{window.to}" } },
              paging: { style: "none", items: "/tapes" }, id: "/id", \(guards),
            },
            """,
            head: "windows: { unit: \"day\" },"
        )
        let api = ScriptedAPI(["/tapes": .json(answer)])
        let window = TimeWindow(from: try time("2025-10-01T00:00:00Z"), to: try time("2025-10-04T00:00:00Z"))
        var ids: [String] = []
        do {
            let listing = Listing(key: "all", label: "all", window: window)
            try await source(text).recordings(in: listing, api: api.client) { ids += $0.map(\.recording.id) }
        } catch let error as TapedeckError {
            return (ids, error, api.calls.count)
        }
        return (ids, nil, api.calls.count)
    }

    @Test(
        "an answer that does not say what it covers, as it was declared to, is told of when all was handed over",
        arguments: [[:], ["from": "2025-10-01"], ["from": "", "to": .null], ["from": "soon", "to": "2025-10-04"]]
            as [JSONLiteral]
    )
    func echo(range: JSONLiteral) async throws {
        let guards = "echo: { from: \"/range/from\", to: \"/range/to\" }"
        let read = try await read(guards, ["tapes": [["id": 1]], "range": range])
        #expect(read.ids == ["1"])
        #expect(read.failure?.code == .malformedResponse)
    }

    @Test(
        "an answer without a total that can be held against the limit is told of when all was handed over",
        arguments: [[:], ["total": "many"], ["total": .null], ["total": ["of": 1]], ["total": true]] as [JSONLiteral]
    )
    func total(answer: JSONLiteral) async throws {
        let read = try await read(
            "splitAbove: { total: \"/meta/total\", limit: 10 }",
            ["tapes": [["id": 1]], "meta": answer]
        )
        #expect(read.ids == ["1"] && read.requests == 1)
        #expect(read.failure?.code == .malformedResponse)
    }

    @Test("a total counts whatever its spelling", arguments: [12_000, 12_000.0, "12000"] as [JSONLiteral])
    func spelling(total: JSONLiteral) async throws {
        let guards = "splitAbove: { total: \"/total\", limit: 10000 }"
        let read = try await read(guards, ["tapes": [["id": 1]], "total": total])
        #expect(read.requests > 1 && read.failure?.code == .pagingLimit)
    }

    @Test("an end that is not declared need not be said")
    func oneEnd() async throws {
        let read = try await read("echo: { from: \"/from\" }", ["tapes": [["id": 1]], "from": "2025-10-01"])
        #expect(read.failure == nil)
    }
}
