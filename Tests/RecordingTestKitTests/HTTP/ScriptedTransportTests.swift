import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The transport that answers from a script")
struct ScriptedTransportTests {
    private func request(_ target: String, method: String = "GET") throws -> TransportRequest {
        TransportRequest(method: method, url: try #require(HTTPURL("https://api.example\(target)")))
    }

    @Test("answers come in order, and one more request is a failure that names it")
    func order() async throws {
        let transport = ScriptedTransport([
            ScriptedRoute("GET", "/v1/a", answers: [.status(503, headers: ["Retry-After": "1"]), .json(["n": 1])])
        ])
        let first = try await transport.send(try request("/v1/a"))
        #expect(first.status == 503 && first.headers["retry-after"] == "1" && first.body.isEmpty)
        let second = try await transport.send(try request("/v1/a"))
        #expect(second.status == 200 && second.headers["content-type"] == "application/json")
        #expect(String(decoding: second.body, as: UTF8.self) == #"{"n":1}"#)
        #expect(transport.unusedAnswers == 0 && transport.unscripted.isEmpty)
        let failure = await #expect(throws: TransportError.self) { try await transport.send(try request("/v1/a")) }
        #expect(failure?.kind == .transportFailed)
        #expect(failure?.message == "no answer is scripted for GET /v1/a")
        #expect(transport.unscripted == ["GET /v1/a"])
        #expect(transport.requests.count == 3)
    }

    @Test("a route is chosen by method, path, decoded query and any other condition")
    func matching() async throws {
        let transport = ScriptedTransport([
            ScriptedRoute("POST", "/a", answers: [.status(201)], repeatsLast: true),
            ScriptedRoute("GET", "/a", query: ["mail": "a+b@example.com"], answers: [.status(202)], repeatsLast: true),
            ScriptedRoute(
                "GET",
                "/a",
                where: { $0.queryValue("page") == nil },
                answers: [.status(203)],
                repeatsLast: true
            ),
        ])
        #expect(try await transport.send(try request("/a", method: "POST")).status == 201)
        #expect(try await transport.send(try request("/a?mail=a%2Bb%40example.com&page=1")).status == 202)
        #expect(try await transport.send(try request("/a?before")).status == 203)
        #expect(transport.requests.last?.queryParameters.map(\.name) == ["before"])
        await #expect(throws: TransportError.self) { try await transport.send(try request("/a?page=1")) }
        await #expect(throws: TransportError.self) { try await transport.send(try request("/A")) }
    }

    @Test("a route whose answers are used up lets a later one answer")
    func fallThrough() async throws {
        let transport = ScriptedTransport([
            ScriptedRoute("GET", "/a", answers: [.status(429)]),
            ScriptedRoute("GET", "/a", answers: [.responding { TransportResponse(status: $0.method.count) }]),
        ])
        #expect(try await transport.send(try request("/a")).status == 429)
        #expect(try await transport.send(try request("/a")).status == 3)
    }

    @Test("a scripted failure is thrown")
    func failure() async throws {
        let transport = ScriptedTransport([ScriptedRoute("GET", "/a", answers: [.failure(.connectionBroken)])])
        let failure = await #expect(throws: TransportError.self) { try await transport.send(try request("/a")) }
        #expect(failure?.kind == .connectionBroken)
    }

    @Test("an answer that never comes ends when its task is cancelled")
    func hang() async throws {
        let transport = ScriptedTransport([ScriptedRoute("GET", "/a", answers: [.hang])])
        let request = try request("/a")
        await withTaskGroup { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await transport.send(request) }
            }
            while transport.requests.isEmpty { await Task.yield() }
            group.cancelAll()
        }
        #expect(transport.requests.count == 1)
    }
}
