import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("How a manifest's recordings are read")
struct RecordingReadingTests {
    private func read(
        _ text: String,
        _ answers: [String: ScriptedAPI.Answer],
        listing: Listing = Listing(key: "all", label: "all")
    ) async throws -> (recordings: [ListedRecording], failure: TapedeckError?, calls: [ScriptedAPI.Call]) {
        let api = ScriptedAPI(answers)
        var recordings: [ListedRecording] = []
        var failure: TapedeckError?
        do {
            try await source(text).recordings(in: listing, api: api.client) { recordings += $0 }
        } catch let error as TapedeckError {
            failure = error
        }
        return (recordings, failure, api.calls)
    }

    @Test("rows without an id and values that are not what was declared are told of when all others were handed over")
    func faults() async throws {
        let text = withHead(
            """
            recordings: { request: { path: "/tapes" }, each: "/tapes/*", id: "/id", startedAt: "/begin", title: "/name" },
            """
        )
        let rows: JSONLiteral = [
            ["id": 1, "begin": "yesterday"], ["name": "none"], ["id": 2, "begin": "2025-10-01"],
            ["id": 3, "begin": ""],
            ["id": 4, "begin": ["x": 1]],
        ]
        let read = try await read(text, ["/tapes": .json(["tapes": rows])])
        #expect(read.recordings.map(\.recording.id) == ["1", "2", "3", "4"])
        #expect(read.recordings.map { $0.recording.startedAt != nil } == [false, true, false, false])
        #expect(read.failure?.code == .malformedResponse)
        #expect(
            read.failure?.reason
                == "Tapes sent 1 recording(s) without an id, 2 values of startedAt that are not what the manifest declares; everything else was read."
        )
    }

    @Test("an answer without its list is no empty one", arguments: [["other": []], ["tapes": .null]] as [JSONLiteral])
    func missingList(answer: JSONLiteral) async throws {
        let text = withHead("recordings: { request: { path: \"/tapes\" }, each: \"/tapes/*\", id: \"/id\" },")
        let read = try await read(text, ["/tapes": .json(answer)])
        #expect(read.failure?.code == .malformedResponse)
    }

    @Test("an item can hold several recordings, which share what is bound of it")
    func itemsAndRows() async throws {
        let text = withHead(
            """
            recordings: {
              request: { path: "/meetings" }, paging: { style: "none", items: "/days/*/meetings" },
              bind: { meeting: "/uuid" }, each: "/files", eachMayBeAbsent: true, where: { at: "/kind", in: ["video", "audio"] },
              id: "{meeting}-{/id}", raw: "item", withhold: ["/files/*/url"], context: { meeting_id: "{meeting}" },
            },
            """
        )
        let files: JSONLiteral = [
            ["id": 1, "kind": "video", "url": "u"], ["id": 2, "kind": "chat"], ["id": 3, "kind": "audio"],
        ]
        let answer: JSONLiteral = ["days": [["meetings": ["uuid": "m", "files": files]], ["meetings": ["uuid": "n"]]]]
        let read = try await read(text, ["/meetings": .json(answer)])
        #expect(read.recordings.map(\.recording.id) == ["m-1", "m-3"])
        #expect(read.failure == nil)
        let raw = try #require(read.recordings.first?.recording.raw)
        #expect(raw["uuid"]?.string == "m")
        #expect(raw["files"]?[0]?["url"] == nil)
        #expect(read.recordings.first?.recording.context("meeting_id") == "m")
    }

    @Test("status, counters and the revision are read from the row")
    func facts() async throws {
        let text = withHead(
            """
            recordings: {
              request: { path: "/tapes" }, each: "/tapes/*", id: "/id",
              status: [{ when: { at: "/error", exists: true }, is: "failed" }, { from: "/state", table: { done: "available" } }],
              accessSummary: { views: "/views", downloads: "/downloads" }, accessRevision: ["/views", "/downloads"],
            },
            """
        )
        let rows: JSONLiteral = [
            ["id": 1, "state": "done", "views": 3, "downloads": "4"],
            ["id": 2, "state": "done", "error": "x", "views": 1],
            ["id": 3, "state": "odd"],
        ]
        let read = try await read(text, ["/tapes": .json(["tapes": rows])])
        #expect(read.recordings.map(\.recording.status) == [.available, .failed, .unknown])
        #expect(read.recordings.map { $0.summary?.views } == [3, 1, nil])
        #expect(read.recordings.map { $0.summary?.downloads } == [4, nil, nil])
        #expect(read.recordings.map { $0.accessRevision.text } == ["3:4", nil, nil])
    }

    @Test("counters can take a request for each recording, whose items are added up")
    func counters() async throws {
        let text = withHead(
            """
            recordings: {
              request: { path: "/tapes" }, each: "/tapes/*", id: "/id",
              accessSummary: {
                request: { path: "/tapes/{recording.id}/days", ignore: ["not_found"] }, paging: { style: "none", items: "/days" },
                views: "/views", downloads: "/downloads",
              },
            },
            """
        )
        let read = try await read(
            text,
            [
                "/tapes": .json(["tapes": [["id": 1], ["id": 2]]]),
                "/tapes/1/days": .json(["days": [["views": 2, "downloads": 0], ["views": 3]]]),
                "/tapes/2/days": .failure(TapedeckError(.notFound, "none")),
            ]
        )
        #expect(read.recordings.map { $0.summary?.views } == [5, nil])
        #expect(read.recordings.map { $0.summary?.downloads } == [0, nil])
        #expect(read.failure == nil)
    }

    private static let windowed = """
        recordings: {
          request: { path: "/tapes", query: { from: "{window.from}", to: "{window.to | date}" } },
          paging: { style: "none", items: "/tapes" }, id: "/id",
          echo: { from: "/from", to: "/to" }, splitAbove: { total: "/total", limit: 100 },
        },
        """

    private func window(_ from: String, _ to: String) throws -> Listing {
        Listing(key: "all", label: "all", window: TimeWindow(from: try time(from), to: try time(to)))
    }

    @Test("an answer for less than was asked for ends the listing with an error that says so")
    func clamped() async throws {
        let text = withHead(Self.windowed, head: "windows: { unit: \"day\", includesEnd: true },")
        let listing = try window("2025-10-01T00:00:00Z", "2025-10-11T00:00:00Z")
        let short = try await read(
            text,
            ["/tapes": .json(["tapes": [["id": 1]], "from": "2025-10-03", "to": "2025-10-10", "total": 1])],
            listing: listing
        )
        #expect(short.recordings.count == 1)
        #expect(short.failure?.code == .windowClamped)
        let whole = try await read(
            text,
            ["/tapes": .json(["tapes": [["id": 1]], "from": "2025-10-01", "to": "2025-10-10", "total": 1])],
            listing: listing
        )
        #expect(whole.failure == nil)
        #expect(
            whole.calls.first?.request.query == [
                QueryItem("from", .start(try time("2025-10-01T00:00:00Z"))), QueryItem("to", "2025-10-10"),
            ]
        )
    }

    @Test("a window that holds too much is halved until it fits, or cannot be cut any more")
    func split() async throws {
        let text = withHead(Self.windowed, head: "windows: { unit: \"day\" },")
        let listing = try window("2025-10-01T00:00:00Z", "2025-10-04T00:00:00Z")
        let read = try await read(
            text,
            ["/tapes": .json(["tapes": [["id": 1]], "total": 101, "from": "2025-10-01", "to": "2025-10-04"])],
            listing: listing
        )
        let starts = read.calls.compactMap { $0.request.query.last?.value }
        #expect(starts == ["2025-10-04", "2025-10-02", "2025-10-04", "2025-10-03", "2025-10-04"])
        #expect(read.recordings.count == 3)
        #expect(read.failure?.code == .pagingLimit)
    }

    @Test("bodies, forms and header fields are filled, and what names something absent is left out")
    func requests() async throws {
        let text = withHead(
            """
            listings: [{ steps: [{ values: ["/a//b"], bind: { room: "" } }] }],
            recordings: {
              request: {
                method: "POST", path: "/rooms/{room}/tapes", encodeTwice: ["room"], replayable: true, auditCost: 2,
                query: { size: "{settings.size}", absent: "{settings.none}", many: ["x", "{settings.none}", "y"] },
                headers: { "X-Room": "{room | base64}", "X-None": "{settings.none}" },
                json: { size: "{settings.size}", room: "r {room}", none: "{settings.none}", list: [1, "{settings.none}"] },
              },
              each: "/tapes/*", id: "/id",
            },
            """,
            settings:
                "size: { type: \"integer\", default: 10, help: \"Size.\" }, none: { type: \"text\", help: \"None.\" },",
            head:
                "everyRequest: { headers: { \"X-Room\": \"no\", \"X-All\": \"yes\" }, query: { v: \"2\", size: \"no\" } },"
        )
        let listing = Listing(key: "a", label: "a", parameters: ["room": "/a//b"])
        let path = "/rooms/%252Fa%252F%252Fb/tapes"
        let read = try await read(text, [path: .json(["tapes": []])], listing: listing)
        let request = try #require(read.calls.first?.request)
        #expect(request.description == "POST /rooms/{room}/tapes")
        #expect(request.isReplayable && request.auditCost == 2)
        #expect(
            request.query == [
                QueryItem("size", "10"), QueryItem("many", "x"), QueryItem("many", "y"), QueryItem("v", "2"),
            ]
        )
        #expect(request.headers["X-Room"] == "L2EvL2I=")
        #expect(request.headers["X-None"] == nil && request.headers["X-All"] == "yes")
        guard case .json(let bytes) = request.body else {
            Issue.record("no JSON")
            return
        }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"size":10,"room":"r /a//b","list":[1]}"#)
    }

    @Test("a path whose hole has no value is never sent")
    func hole() async throws {
        let text = withHead(
            """
            listings: [{ steps: [{ values: ["a"], bind: { room: "" } }] }],
            recordings: { request: { path: "/rooms/{room}" }, each: "/tapes", id: "/id" },
            """
        )
        let read = try await read(text, [:])
        #expect(read.failure?.code == .connectorFailed)
    }
}
