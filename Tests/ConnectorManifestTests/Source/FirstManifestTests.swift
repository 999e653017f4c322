import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorManifest

@Suite("A simple manifest through the whole host")
struct FirstManifestTests {
    private static let text = withHead(
        """
        recordings: {
          request: { path: "/tapes", query: { kind: "call" } },
          paging: { style: "cursor", at: "/next", parameter: "after", items: "/tapes", pageSize: { parameter: "limit", preferred: 2 } },
          id: "/id",
          title: "/name",
          startedAt: "/begin",
          endedAt: { from: "/begin", as: "time", plus: { from: "/seconds" } },
          status: { from: "/state", table: { done: "available", broken: "failed" } },
          rawStatus: "/state",
          host: { email: "/owner/mail" },
          context: { room_id: "/room" },
          withhold: ["/password"],
        },
        """
    )

    private static let first: JSONLiteral = [
        "tapes": [
            ["id": 1, "name": "One", "begin": "2025-10-01T10:00:00Z", "seconds": 90, "state": "done", "room": 7],
            ["id": 2, "state": "new", "password": "p", "owner": ["mail": "a@b.example"]],
        ],
        "next": "c2",
    ]
    private static let second: JSONLiteral = [
        "tapes": [["id": "3", "begin": "2025-10-02T10:00:00", "state": "broken"]], "next": "",
    ]

    private func routes() -> [ScriptedRoute] {
        [
            ScriptedRoute(
                "GET",
                "/api/tapes",
                query: ["after": "c2"],
                answers: [.json(Self.second)],
                repeatsLast: true
            ),
            ScriptedRoute("GET", "/api/tapes", answers: [.json(Self.first)], repeatsLast: true),
        ]
    }

    @Test("pages are followed, fields are mapped, and a second run writes nothing again")
    func runs() async throws {
        let bench = try bench(Self.text, routes: routes())
        let outcome = try await bench.sync()
        #expect(outcome.state == .complete)
        let recordings = await bench.sink.recordings
        #expect(recordings.map(\.id).sorted() == ["1", "2", "3"])
        let one = try #require(recordings.first { $0.id == "1" })
        #expect(one.title == "One")
        #expect(one.startedAt == (try time("2025-10-01T10:00:00Z")))
        #expect(one.endedAt == (try time("2025-10-01T10:01:30Z")))
        #expect(one.status == .available)
        #expect(one.context("room_id") == "7")
        let two = try #require(recordings.first { $0.id == "2" })
        #expect(two.status == .unknown)
        #expect(two.rawStatus == "new")
        #expect(two.host.email == "a@b.example")
        #expect(two.raw?["password"] == nil)
        #expect(two.raw?["owner"]?["mail"]?.string == "a@b.example")
        let count = await bench.sink.records.count
        _ = try await bench.sync()
        #expect(await bench.sink.records.count == count)
        let requests = bench.transport.requests
        #expect(requests.allSatisfy { $0.headers["Authorization"] == "Bearer secret" })
        #expect(requests.allSatisfy { $0.queryValue("kind") == "call" && $0.queryValue("limit") == "2" })
        #expect(bench.transport.unscripted.isEmpty)
    }

    @Test("the check sends the request that the manifest has for it")
    func check() async throws {
        let bench = try bench(Self.text, routes: routes())
        #expect(try await bench.check() == nil)
        #expect(bench.transport.requests.map { $0.queryValue("limit") } == ["1"])
    }

    @Test("problems are told with line, column, path, and what was most likely meant")
    func problemsAreTold() {
        let text = """
            {
              manifest: 1, id: "tapes", name: "Tapes", summary: "Recordings.", baseURL: "https://tapes.example/api",
              settings: { accessToken: { type: "text", help: "Token.", secret: true } },
              authentication: { bearer: "accesToken" },
              check: { path: "/tapes", qurey: { limit: 1 } },
              recordings: {
                request: { path: "/users/{setings.user}" },
                id: 7,
                title: "{accessToken}",
                startedAt: { from: "/begin", as: "tme" },
              },
            }
            """
        let found = problems(text)
        #expect(found.count == 6, "\(found.joined(separator: "\n"))")
        #expect(
            found.contains(
                "4:29: authentication.bearer: the setting \"accesToken\" is not declared; declared are accessToken; did you mean \"accessToken\"?"
            )
        )
        #expect(found.contains("5:28: check: there is no key \"qurey\" in a request; did you mean \"query\"?"))
        #expect(
            found.contains {
                $0.hasPrefix("7:22: recordings.request.path: there is no name \"setings.user\"; known here are")
            }
        )
        #expect(
            found.contains(
                "8:9: recordings.id: found the number 7, expected a path or a template, or a value in its long form"
            )
        )
        #expect(found.contains { $0.hasPrefix("9:12: recordings.title: there is no name \"accessToken\"; known") })
        #expect(
            found.contains {
                $0.hasPrefix("10:38: recordings.startedAt.as: found \"tme\", expected \"text\"")
                    && $0.hasSuffix("did you mean \"time\"?")
            }
        )
    }
}
