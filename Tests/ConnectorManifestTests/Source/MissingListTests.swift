import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("Lists that are not where the manifest declares them")
struct MissingListTests {
    private func read(
        _ recordings: String,
        _ answer: JSONLiteral
    ) async throws -> (ids: [String], failure: TapedeckError?) {
        let api = ScriptedAPI(["/tapes": .json(answer)])
        let text = withHead("recordings: { request: { path: \"/tapes\" }, id: \"/id\", \(recordings) },")
        var ids: [String] = []
        do {
            let listing = Listing(key: "all", label: "all")
            try await source(text).recordings(in: listing, api: api.client) { ids += $0.map(\.recording.id) }
        } catch let error as TapedeckError {
            return (ids, error)
        }
        return (ids, nil)
    }

    @Test(
        "an answer with something else in place of its list is malformed",
        arguments: ["/tapes", "/tapes/*", "/tapes/*/files"],
        ["unavailable", false, 0, .null] as [JSONLiteral]
    )
    func noList(each: String, instead: JSONLiteral) async throws {
        let read = try await read("each: \"\(each)\"", ["tapes": instead])
        #expect(read.failure?.code == .malformedResponse)
        #expect(try await self.read("each: \"\"", instead).failure?.code == .malformedResponse)
        #expect(try await self.read("where: { at: \"/x\", exists: true }", instead).failure?.code == .malformedResponse)
    }

    @Test(
        "a number in place of a row is no row that a condition leaves out",
        arguments: [0, true, .null] as [JSONLiteral]
    )
    func noRow(instead: JSONLiteral) async throws {
        let answer: JSONLiteral = ["tapes": [["id": 1, "x": 1], instead, ["id": 2]]]
        let read = try await read("each: \"/tapes/*\", where: { at: \"/x\", exists: true }", answer)
        #expect(read.ids == ["1"])
        #expect(read.failure?.code == .malformedResponse)
        #expect(read.failure?.reason.contains("1 recording(s) that are no objects") == true)
        let chosen: JSONLiteral = ["tapes": ["a1", "b2"]]
        let texts = try await self.read("each: \"/tapes/*\", where: { at: \"\", beginsWith: \"a\" }", chosen)
        #expect(texts.failure?.reason.contains("that are no objects") != true)
    }

    @Test("an object is no list, unless its members are declared to be rows")
    func object() async throws {
        let answer: JSONLiteral = ["tapes": ["a": ["id": 1], "b": ["id": 2]]]
        #expect(try await read("each: \"/tapes/*\"", answer).failure?.code == .malformedResponse)
        #expect(try await read("each: \"/tapes/*\"", ["tapes": [:]]).failure?.code == .malformedResponse)
        let members = try await read("each: \"/tapes/*\", eachTakesMembers: true", answer)
        #expect(members.ids == ["1", "2"] && members.failure == nil)
    }

    private static let pages: JSONLiteral = [
        "meetings": [
            ["files": [["id": 1]]], ["name": "none"], ["files": .null], ["files": "x"], ["files": [["id": 2]]],
        ]
    ]

    @Test(
        "an item without its list is counted when all others were handed over",
        arguments: [
            "paging: { style: \"none\", items: \"/meetings\" }, each: \"/files/*\"",
            "paging: { style: \"none\", items: \"/meetings\" }, each: \"/files\"",
            "paging: { style: \"none\", items: \"/meetings/*/files\" }",
        ]
    )
    func items(recordings: String) async throws {
        let read = try await read(recordings, Self.pages)
        #expect(read.ids == ["1", "2"])
        #expect(read.failure?.reason.hasPrefix("Tapes sent 3 item(s) without a list at \"/files") == true)
        let lenient = recordings.replacing("items:", with: "itemsMayBeAbsent: true, items:")
            .replacing("each:", with: "eachMayBeAbsent: true, each:")
        let rest = try await self.read(lenient, Self.pages)
        #expect(rest.ids == ["1", "2"])
        #expect(rest.failure?.reason.hasPrefix("Tapes sent 1 item(s)") == true)
    }

    @Test("without paging, what is missing behind the wildcard is counted too")
    func unpaged() async throws {
        let read = try await read("each: \"/meetings/*/files\"", Self.pages)
        #expect(read.ids == ["1", "2"] && read.failure?.code == .malformedResponse)
        let missing = try await self.read("each: \"/tapes/*\", eachMayBeAbsent: true", ["other": 1])
        #expect(missing.failure == nil)
    }

    @Test("a step's rows that are missing leave the branch unread, at the top the whole discovery")
    func steps() async throws {
        let text = withHead(
            """
            listings: [{ steps: [
              { request: { path: "/users" }, paging: { style: "none", items: "/users" }, each: "/ids/*", bind: { user: "/id" } },
              { request: { path: "/users/{user}" }, paging: { style: "none", items: "/days/*/calls" }, bind: { call: "/id" } },
            ] }],
            recordings: { request: { path: "/calls/{call}" }, each: "/tapes/*", id: "/id" },
            """
        )
        let api = ScriptedAPI([
            "/users": .json(["users": [["ids": [["id": 1]]], ["id": 2]]]),
            "/users/1": .json(["days": [["calls": [["id": 7]]], ["kalls": []]]]),
        ])
        var listings: [Listing] = []
        let window = TimeWindow(from: try time("2025-10-01T00:00:00Z"), to: try time("2025-10-20T00:00:00Z"))
        let failure = await #expect(throws: TapedeckError.self) {
            try await source(text).listings(in: window, api: api.client) { listings.append($0) }
        }
        #expect(failure?.reason.contains("1 item(s) without a list at \"/ids/*\"") == true)
        #expect(listings.map { $0.failure == nil } == [true, false])
    }

    @Test("events whose list is missing are not taken for none")
    func events() async throws {
        let text = withHead(
            """
            recordings: { request: { path: "/tapes" }, each: "/tapes", id: "/id" },
            accessEvents: {
              request: { path: "/log" }, paging: { style: "none", items: "/days/*/rows" }, id: "/id", actions: "view",
            },
            """
        )
        let api = ScriptedAPI(["/log": .json(["days": [["rows": [["id": 1]]], ["raws": [["id": 2]]]]])])
        var count = 0
        let failure = await #expect(throws: TapedeckError.self) {
            let recording = Recording(id: "r", status: .available)
            try await source(text).accessEvents(of: recording, since: nil, api: api.client) { count += $0.count }
        }
        #expect(count == 1 && failure?.code == .malformedResponse)
    }

    @Test("what is said of the lists of each needs it, and members need a wildcard")
    func refused() {
        let without = withHead("recordings: { request: { path: \"/t\" }, eachMayBeAbsent: true, id: \"/id\" },")
        #expect(problems(without).contains { $0.contains("eachMayBeAbsent: \"eachMayBeAbsent\" needs \"each\"") })
        let plain = withHead(
            "recordings: { request: { path: \"/t\" }, each: \"/t\", eachTakesMembers: true, id: \"/id\" },"
        )
        #expect(problems(plain).contains { $0.contains("eachTakesMembers: there is no \"*\" in \"each\"") })
    }
}
