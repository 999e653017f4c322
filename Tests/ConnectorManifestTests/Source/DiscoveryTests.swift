import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("How a manifest's listings are found")
struct DiscoveryTests {
    private static let recordings =
        "recordings: { request: { path: \"/calls/{call}/tapes\" }, each: \"/tapes/*\", id: \"/id\" },"

    private static let steps = """
        listings: [{
          steps: [
            {
              request: { path: "/users" }, paging: { style: "page_number", items: "/users", totalPages: "/pages" },
              where: { not: { at: "/kind", equals: "bot" } }, bind: { user: "/id" },
            },
            { request: { path: "/users/{user}/calls" }, each: "/calls/*", bind: { call: "/id" } },
          ],
          settlesAt: { from: "/ended", plus: { from: "30", unit: "days" } },
        }],
        """

    private func found(
        _ text: String,
        _ answers: [String: ScriptedAPI.Answer],
        settings: [String: SettingValue] = ["accessToken": "secret"],
        window: (String, String) = ("2025-10-01T00:00:00Z", "2025-10-20T00:00:00Z")
    ) async throws -> (listings: [Listing], failure: TapedeckError?, calls: [ScriptedAPI.Call]) {
        let api = ScriptedAPI(answers)
        let source = try source(text, settings: settings)
        var listings: [Listing] = []
        var failure: TapedeckError?
        do {
            let window = TimeWindow(from: try time(window.0), to: try time(window.1))
            try await source.listings(in: window, api: api.client) { listings.append($0) }
        } catch let error as TapedeckError {
            failure = error
        }
        return (listings, failure, api.calls)
    }

    @Test("steps nest, bound names become key, label and parameters")
    func steps() async throws {
        let found = try await found(
            withHead(Self.steps + Self.recordings),
            [
                "/users": .pages([["users": [["id": 1], ["id": 9, "kind": "bot"]]], ["users": [["id": 2]]]]),
                "/users/1/calls": .json(["calls": [["id": "a/b", "ended": "2025-10-01T00:00:00Z"], ["id": "c"]]]),
                "/users/2/calls": .json(["calls": []]),
            ]
        )
        #expect(found.failure == nil)
        #expect(found.listings.map(\.key) == ["user/1/call/a%2Fb", "user/1/call/c"])
        #expect(found.listings.map(\.label) == ["user 1, call a/b", "user 1, call c"])
        #expect(found.listings.first?.parameters == ["user": "1", "call": "a/b"])
        #expect(found.listings.map(\.settlesAt) == [try time("2025-10-31T00:00:00Z"), nil])
        #expect(ConnectorConformance.problems(in: found.listings) == [])
    }

    @Test("a branch that cannot be read is an unreadable part, and the rest goes on")
    func unreadable() async throws {
        let found = try await found(
            withHead(Self.steps + Self.recordings),
            [
                "/users": .json(["users": [["id": 1], ["id": 2], ["id": 3]]]),
                "/users/1/calls": .failure(TapedeckError(.notFound, "gone")),
                "/users/2/calls": .json(["calls": [["id": 5], ["no": 1]]]),
                "/users/3/calls": .json(["nothing": 1]),
            ]
        )
        #expect(found.failure == nil)
        let readable = found.listings.filter { $0.failure == nil }
        #expect(readable.map(\.key) == ["user/2/call/5"])
        let failed = found.listings.filter { $0.failure != nil }
        #expect(failed.map { $0.failure?.code } == [.notFound, .malformedResponse, .malformedResponse])
        #expect(Set(failed.map(\.key)) == ["user/1/step 2", "user/2/step 2", "user/3/step 2"])
        #expect(failed.first?.label == "what is in user 1")
    }

    @Test(
        "what concerns the whole source ends the discovery",
        arguments: [TapedeckError.Code.unauthorized, .auditBudgetExhausted]
    )
    func fatal(code: TapedeckError.Code) async throws {
        let found = try await found(
            withHead(Self.steps + Self.recordings),
            [
                "/users": .json(["users": [["id": 1], ["id": 2]]]),
                "/users/1/calls": .failure(TapedeckError(code, "no")),
                "/users/2/calls": .json(["calls": [["id": 5]]]),
            ]
        )
        #expect(found.failure?.code == code)
        #expect(found.listings.isEmpty)
    }

    @Test("rows of the first step without what is needed are told of after everything else")
    func unusableRows() async throws {
        let found = try await found(
            withHead(Self.steps + Self.recordings),
            [
                "/users": .json(["users": [["name": "x"], ["id": ""], ["id": 2]]]),
                "/users/2/calls": .json(["calls": [["id": 5]]]),
            ]
        )
        #expect(found.listings.map(\.key) == ["user/2/call/5"])
        #expect(found.failure?.code == .malformedResponse)
        #expect(found.failure?.reason.contains("2 row(s) without what the manifest calls \"user\"") == true)
    }

    @Test("a row without a value for a later request is told of, wherever the request uses it")
    func neededLater() async throws {
        let text = withHead(
            """
            listings: [{
              steps: [
                { request: { path: "/users" }, each: "/users/*", bind: { user: "/id" } },
                { request: { path: "/calls", query: { user: "{user}" } }, each: "/calls/*", bind: { call: "/id" } },
              ],
              key: "{call}",
            }],
            """ + Self.recordings
        )
        let found = try await found(
            text,
            ["/users": .json(["users": [["name": "x"], ["id": 2]]]), "/calls": .json(["calls": [["id": 5]]])]
        )
        #expect(found.listings.map { $0.parameters["user"] } == ["2"])
        #expect(found.failure?.reason.contains("1 row(s) without what the manifest calls \"user\"") == true)
    }

    @Test("the same key twice is one listing")
    func repeats() async throws {
        let listings = Self.steps.replacing("steps: [", with: "key: \"call/{call}\", steps: [")
        let found = try await found(
            withHead(listings + Self.recordings),
            [
                "/users": .json(["users": [["id": 1], ["id": 2]]]),
                "/users/1/calls": .json(["calls": [["id": 5]]]),
                "/users/2/calls": .json(["calls": [["id": 5], ["id": 6]]]),
            ]
        )
        #expect(found.listings.map(\.key) == ["call/5", "call/6"])
    }

    @Test("parts that hold other recordings under the same key are told of")
    func collision() async throws {
        let text = withHead(
            "listings: [{ steps: [{ values: [\"Ab\", \"aB\", \"Ab\"], bind: { call: \"\" } }], key: \"{call | lowercase}\" }],"
                + Self.recordings
        )
        let found = try await found(text, [:])
        #expect(found.listings.map(\.parameters) == [["call": "Ab"]])
        #expect(found.failure?.code == .malformedResponse)
        #expect(found.failure?.reason.contains("part(s) whose key is that of another") == true)
    }

    @Test("codes that are ignored mean that there are no rows")
    func ignored() async throws {
        let listings = Self.steps.replacing(
            "bind: { call: \"/id\" }",
            with: "bind: { call: \"/id\" }, ignore: [\"not_found\"]"
        )
        let found = try await found(
            withHead(listings + Self.recordings),
            ["/users": .json(["users": [["id": 1]]]), "/users/1/calls": .failure(TapedeckError(.notFound, "none"))]
        )
        #expect(found.listings.isEmpty && found.failure == nil)
    }

    @Test("elements of a setting are gone through, and the first listing whose condition holds is used")
    func settings() async throws {
        let text = withHead(
            """
            listings: [
              { when: { name: "settings.calls", exists: true },
                steps: [{ eachOf: "settings.calls", bind: { owner: "/owner", call: "/call" } }], key: "{owner}/{call}" },
              { steps: [{ values: ["x", 7], bind: { call: "" } }] },
            ],
            """ + Self.recordings,
            settings: """
                calls: { type: "object", list: "yes", help: "Calls.", members: {
                  owner: { type: "identifier", help: "O." }, call: { type: "identifier", help: "C." } } },
                """
        )
        let named = try await found(
            text,
            [:],
            settings: ["accessToken": "s", "calls": [["owner": 3, "call": "k"], ["owner": 3, "call": "k"]]]
        )
        #expect(named.listings.map(\.key) == ["3/k"])
        let fixed = try await found(text, [:])
        #expect(fixed.listings.map(\.key) == ["call/x", "call/7"])
    }

    @Test("a setting whose elements are gone through and that was not given makes no source")
    func emptySetting() throws {
        let text = withHead(
            "listings: [{ steps: [{ eachOf: \"settings.calls\", bind: { call: \"\" } }] }]," + Self.recordings,
            settings: "calls: { type: \"text\", list: \"yes\", help: \"Calls.\" },"
        )
        let failure = #expect(throws: TapedeckError.self) { try source(text) }
        #expect(failure?.code == .configurationInvalid)
        #expect(failure?.reason.contains("The setting calls is needed") == true)
    }

    @Test("a label with what looks like an e-mail is replaced by a number")
    func emails() async throws {
        let text = withHead(
            "listings: [{ steps: [{ values: [\"a@b.example\", \"c\"], bind: { call: \"\" } }] }]," + Self.recordings
        )
        let found = try await found(text, [:])
        #expect(found.listings.map(\.label) == ["listing 1", "call c"])
    }

    private static let windowed = """
        recordings: {
          request: { path: "/tapes", query: { room: "{room}", from: "{window.from | date}", to: "{window.to | date}" } },
          each: "/tapes/*", id: "/id",
        },
        """

    @Test("windows are cut by the rules, the oldest first where that costs nothing, with one listing for each branch")
    func windows() async throws {
        let text = withHead(
            "listings: [{ steps: [{ values: [\"a\", \"b\"], bind: { room: \"\" } }] }]," + Self.windowed,
            settings: "from: { type: \"time\", help: \"Start.\" },",
            head: "startSetting: \"from\", windows: { longest: \"10d\", unit: \"day\" },"
        )
        let found = try await found(text, [:], settings: ["accessToken": "s", "from": "2025-10-05T00:00:00Z"])
        #expect(found.listings.map(\.key) == ["room/a", "room/b", "room/a", "room/b"])
        #expect(
            found.listings.compactMap(\.window).map { "\($0.from.day) \($0.to.day)" } == [
                "2025-10-05 2025-10-15", "2025-10-05 2025-10-15", "2025-10-15 2025-10-20", "2025-10-15 2025-10-20",
            ]
        )
    }

    @Test("steps that ask for a range are gone through once for each window, and what they find twice is one listing")
    func windowedSteps() async throws {
        let text = withHead(
            """
            listings: [{
              byWindow: false,
              steps: [{ request: { path: "/meetings", query: { from: "{window.from}" } }, each: "/meetings/*", bind: { call: "/id" } }],
            }],
            """ + Self.recordings,
            head: "windows: { longest: \"10d\" },"
        )
        let found = try await found(text, ["/meetings": .json(["meetings": [["id": 1], ["id": 2]]])])
        #expect(found.listings.map(\.key) == ["call/1", "call/2"])
        #expect(found.listings.allSatisfy { $0.window == nil })
        #expect(
            found.calls.map { $0.request.query.first?.value } == [
                .start(try time("2025-10-01T00:00:00Z")), .start(try time("2025-10-11T00:00:00Z")),
            ]
        )
    }
}
