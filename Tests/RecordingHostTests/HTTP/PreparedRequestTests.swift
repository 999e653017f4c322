import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct PreparedRequestTests {
    private static let now = Timestamp(secondsSince1970: 1_800_000_000)
    private static let rules = WindowRules(longestSpan: nil, horizon: .seconds(86_400), horizonMargin: .seconds(600))

    private func url(_ prepared: PreparedRequest, base: String = "https://api.test/v1") throws -> String {
        prepared.url(base: try #require(HTTPURL(base)), rules: Self.rules, now: Self.now).text
    }

    @Test(
        "A value is data, whatever it holds",
        arguments: [
            ("a+b@c.test", "a%2Bb%40c.test"), ("2026-01-01T00:00:00+08:00", "2026-01-01T00%3A00%3A00%2B08%3A00"),
            ("a b&c=d", "a%20b%26c%3Dd"), ("%41", "%2541"), ("é", "%C3%A9"), ("", ""), ("-._~", "-._~"),
        ]
    )
    func encoding(value: String, encoded: String) throws {
        let request = APIRequest.get("/r", query: [QueryItem("a b", .text(value)), QueryItem("z", "1")])
        #expect(try url(PreparedRequest(request: request)) == "https://api.test/v1/r?a%20b=\(encoded)&z=1")
    }

    @Test("A start before the horizon is raised to it, a later one is kept") func horizon() throws {
        let horizon = Self.now.advanced(by: .seconds(600 - 86_400))
        for (offset, expected) in [(-1_000, 0), (-1, 0), (0, 0), (1, 1), (5_000, 5_000)] as [(Int64, Int64)] {
            let query = [QueryItem("from", .start(horizon.advanced(by: .seconds(offset))))]
            let expected = horizon.advanced(by: .seconds(expected)).description.replacing(":", with: "%3A")
            #expect(
                try url(PreparedRequest(request: .get("/r", query: query))) == "https://api.test/v1/r?from=\(expected)"
            )
        }
    }

    @Test("A start is raised at the moment of sending, also after a wait and also when a link dropped it")
    func horizonAfterWait() async throws {
        let answers: [ScriptedAnswer] = [.status(429, headers: ["Retry-After": "900"]), .json(nil)]
        let bench = try SenderBench([ScriptedRoute("GET", "/v1/r", answers: answers)], rules: Self.rules)
        let start = try #require(Self.rules.earliestStart(at: SenderBench.start))
        let request = APIRequest.get("/r", query: [QueryItem("from", .start(start))])
        let link = try #require(HTTPURL("https://api.test/v1/r?cursor=c"))
        _ = try await bench.sender.send(PreparedRequest(request: request, link: link, restored: request.query))
        let starts = bench.transport.requests.map { $0.queryValue("from") }
        #expect(starts.first == start.description)
        let raised = try #require(starts.last.flatMap { $0 }.flatMap { Timestamp($0) })
        #expect(raised >= start.advanced(by: .seconds(900)))
        #expect(bench.transport.requests.allSatisfy { $0.queryValue("cursor") == "c" })
    }

    @Test("A link is sent byte for byte, with what it dropped behind it") func link() throws {
        let link = try #require(HTTPURL("https://api.test/other?cursor=b%7A/y+&max=10"))
        let bare = PreparedRequest(request: .get("/r"), link: link)
        #expect(try url(bare) == "https://api.test/other?cursor=b%7A/y+&max=10")
        let restored = PreparedRequest(request: .get("/r"), link: link, restored: [QueryItem("host", "a+b")])
        #expect(try url(restored) == "https://api.test/other?cursor=b%7A/y+&max=10&host=a%2Bb")
        let plain = PreparedRequest(
            request: .get("/r"),
            link: HTTPURL("https://api.test/other"),
            restored: [QueryItem("host", "a")]
        )
        #expect(try url(plain) == "https://api.test/other?host=a")
    }

    @Test("The base URL's path is kept, with or without a slash at its end", arguments: ["", "/"])
    func basePath(end: String) throws {
        #expect(
            try url(PreparedRequest(request: .get("/r")), base: "https://api.test/api/external\(end)")
                == "https://api.test/api/external/r"
        )
    }

    @Test("A form and JSON are sent with their type") func bodies() throws {
        var request = APIRequest("POST", "/r")
        #expect(PreparedRequest(request: request).content(rules: Self.rules, now: Self.now) == nil)
        request.body = .form([QueryItem("a", "1+1=2"), QueryItem("b", .start(.earliest))])
        let form = try #require(PreparedRequest(request: request).content(rules: Self.rules, now: Self.now))
        #expect(form.type == "application/x-www-form-urlencoded")
        let horizon = try #require(Self.rules.earliestStart(at: Self.now)).description.replacing(":", with: "%3A")
        #expect(String(decoding: form.bytes, as: UTF8.self) == "a=1%2B1%3D2&b=\(horizon)")
        request.body = .json(Array(#"{"a":1}"#.utf8))
        let json = try #require(PreparedRequest(request: request).content(rules: Self.rules, now: Self.now))
        #expect(json.type == "application/json")
        #expect(json.bytes == Array(#"{"a":1}"#.utf8))
    }
}
