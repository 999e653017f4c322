import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("What people are shown of a manifest's listings")
struct LabelTests {
    private func labels(_ bind: String, _ rows: JSONLiteral, more: String = "") async throws -> [String] {
        let text = withHead(
            """
            listings: [{ steps: [{ request: { path: "/rooms" }, each: "/rooms/*", bind: { \(bind) } }], \(more) }],
            recordings: { request: { path: "/tapes" }, each: "/tapes/*", id: "/id" },
            """
        )
        let api = ScriptedAPI(["/rooms": .json(["rooms": rows])])
        var labels: [String] = []
        let window = TimeWindow(from: try time("2025-10-01T00:00:00Z"), to: try time("2025-10-20T00:00:00Z"))
        try await source(text).listings(in: window, api: api.client) { labels.append($0.label) }
        return labels
    }

    @Test("values that are no ids are numbers unless the manifest says otherwise")
    func numbers() async throws {
        let rows: JSONLiteral = [
            ["id": "r", "title": "Jane"], ["id": "s", "title": "Joe"], ["id": "t", "title": "Jane"],
        ]
        #expect(
            try await labels("room: \"/id\", of: \"/title\"", rows) == [
                "room r, of no. 1", "room s, of no. 2", "room t, of no. 1",
            ]
        )
        #expect(try await labels("roomID: \"/title\", n: \"/id\"", rows).first == "roomID Jane, n r")
        #expect(try await labels("room: \"/id\"", rows, more: "label: \"room {room}\"").first == "room r")
    }

    @Test(
        "an e-mail is not shown, whatever it is encoded in",
        arguments: [
            "jane@x.example", "jane%40x.example", "jane%2540x.example", "amFuZUB4LmV4YW1wbGU=", "amFuZUB4LmV4YW1wbGU",
            "u/amFuZUB4LmV4YW1wbGU%3D",
        ]
    )
    func emails(value: String) async throws {
        let rows: JSONLiteral = [["id": .string(value)]]
        #expect(try await labels("room: \"/id\"", rows) == ["listing 1"])
        #expect(try await labels("room: \"/id\"", rows, more: "label: \"room {room}\"") == ["listing 1"])
    }

    @Test(
        "ids are shown although they look like an encoding",
        arguments: ["gkABCDEnCkPuA==", "a%2Fb", "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d"]
    )
    func ids(value: String) async throws {
        #expect(try await labels("room: \"/id\"", [["id": .string(value)]]) == ["room \(value)"])
    }
}
