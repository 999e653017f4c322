import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("A replay of recorded exchanges")
struct ReplayTransportTests {
    private func base() throws -> HTTPURL { try #require(HTTPURL("https://tapes.example/api")) }

    private func ask(
        _ transport: ReplayTransport,
        _ path: String,
        method: String = "GET",
        headers: HTTPHeaders = [:],
        body: String? = nil
    ) async throws -> String {
        let url = try #require(HTTPURL("https://tapes.example\(path)"))
        let request = TransportRequest(method: method, url: url, headers: headers, body: body.map { Array($0.utf8) })
        return String(decoding: try await transport.send(request).body, as: UTF8.self)
    }

    private func exchange(_ request: RecordedRequest, _ answer: String) -> RecordedExchange {
        RecordedExchange(request, RecordedResponse(body: Array(answer.utf8)))
    }

    @Test("answers by method, path, query in any order, and content")
    func matches() async throws {
        let query = [RecordedRequest.Parameter("from", "2026-01-01T00:00:00Z"), .init("who", "a b")]
        let transport = ReplayTransport(
            [
                exchange(RecordedRequest("GET", "/tapes", query: query), "queried"),
                exchange(RecordedRequest("GET", "/tapes"), "plain"),
                exchange(RecordedRequest("POST", "/tapes", body: "{}"), "posted"),
            ],
            baseURL: try base()
        )
        #expect(try await ask(transport, "/api/tapes?who=a%20b&from=2026-01-01T00%3A00%3A00Z") == "queried")
        #expect(try await ask(transport, "/api/tapes") == "plain")
        #expect(try await ask(transport, "/api/tapes", method: "POST", body: "{}") == "posted")
        #expect(transport.unrecorded == [])
        #expect(transport.unasked.isEmpty)
    }

    @Test("gives the answers to one request one after the other, and the last for ever")
    func sequence() async throws {
        let request = RecordedRequest("GET", "/tapes")
        let transport = ReplayTransport([exchange(request, "1"), exchange(request, "2")], baseURL: try base())
        var answers: [String] = []
        for _ in 0..<4 { answers.append(try await ask(transport, "/api/tapes")) }
        #expect(answers == ["1", "2", "2", "2"])
    }

    @Test("holds a request to the header fields that were recorded with it")
    func headers() async throws {
        let request = RecordedRequest("GET", "/tapes", headers: [.init("site", "a.example")])
        let transport = ReplayTransport([exchange(request, "a")], baseURL: try base())
        #expect(try await ask(transport, "/api/tapes", headers: ["Site": "a.example"]) == "a")
        await #expect(throws: TransportError.self) { try await ask(transport, "/api/tapes") }
    }

    @Test(
        "says what was asked for that is not recorded, and what comes nearest",
        arguments: [
            (
                "GET", "/api/tapes?page=3&size=9",
                "GET /tapes?page=3&size=9 was asked for and is not recorded; the nearest that is recorded is /tapes?page=2&size=9."
            ),
            ("GET", "/api/boxes", "GET /boxes was asked for and is not recorded; nothing is recorded of that path."),
            (
                "DELETE", "/api/tapes",
                "DELETE /tapes was asked for and is not recorded; the path is recorded with another method alone."
            ),
        ]
    )
    func unrecorded(method: String, path: String, sentence: String) async throws {
        let transport = ReplayTransport(
            [
                exchange(RecordedRequest("GET", "/tapes", query: [.init("page", "1")]), ""),
                exchange(RecordedRequest("GET", "/tapes", query: [.init("page", "2"), .init("size", "9")]), ""),
            ],
            baseURL: try base()
        )
        await #expect(throws: TransportError.self) { try await ask(transport, path, method: method) }
        await #expect(throws: TransportError.self) { try await ask(transport, path, method: method) }
        #expect(transport.unrecorded == [sentence])
        #expect(transport.unasked.count == 2)
    }
}
