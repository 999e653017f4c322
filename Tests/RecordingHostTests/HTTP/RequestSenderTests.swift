import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct RequestSenderTests {
    @Test("A request carries the credential, what it accepts and the connector's own fields") func fields() async throws
    {
        let bench = try SenderBench.things([.json(["a": 1])])
        let response = try await bench.send(.get("/things", query: [QueryItem("q", "a b")]).header("X-Site", "s"))
        #expect(response.json["a"]?.integer == 1)
        let request = try #require(bench.transport.requests.first)
        #expect(request.url.text == "https://api.test/v1/things?q=a%20b")
        #expect(request.headers["Authorization"] == "Bearer s3cret")
        #expect(request.headers["Accept"] == "application/json")
        #expect(request.headers["X-Site"] == "s")
        #expect(request.headers["Content-Type"] == nil)
    }

    @Test("A connector cannot replace the credential") func credentialWins() async throws {
        let bench = try SenderBench.things([.json(nil)])
        try await bench.send(.get("/things").header("authorization", "Bearer mine"))
        #expect(bench.transport.requests.first?.headers.values(of: "Authorization") == ["Bearer s3cret"])
    }

    @Test("What may pass is sent again after a growing back-off", arguments: [500, 502, 503, 504, 408, 425, 520])
    func retries(status: Int) async throws {
        let bench = try SenderBench.things([.status(status), .status(status), .status(status), .json(nil)])
        try await bench.send()
        #expect(bench.clock.sleeps == [.milliseconds(250), .milliseconds(500), .seconds(1)])
        #expect(bench.monitor.counts.requests == 4)
        #expect(bench.monitor.counts.retries == 3)
    }

    @Test(
        "A failed exchange is sent again",
        arguments: [
            TransportError.Kind.unresolvedHost, .notConnected, .connectionBroken, .truncated, .timedOut, .malformed,
        ]
    )
    func retriesExchange(kind: TransportError.Kind) async throws {
        let bench = try SenderBench.things([.failure(kind), .json(nil)])
        try await bench.send()
        #expect(bench.transport.unusedAnswers == 0)
    }

    @Test(
        "What will not pass is not sent again",
        arguments: [
            (400, .unexpectedStatus), (403, .forbidden), (404, .notFound), (410, .gone), (428, .confirmationRequired),
            (501, .unexpectedStatus), (418, .unexpectedStatus), (304, .redirectRefused),
        ] as [(Int, TapedeckError.Code)]
    )
    func permanent(status: Int, code: TapedeckError.Code) async throws {
        let bench = try SenderBench.things([.status(status)])
        let error = await failure { try await bench.send() }
        #expect(error?.code == code)
        #expect(error?.status == status)
        #expect(bench.clock.sleeps.isEmpty)
    }

    @Test("Retry-After is respected for everyone's wait", arguments: [429, 423, 503])
    func retryAfter(status: Int) async throws {
        let bench = try SenderBench.things([.status(status, headers: ["Retry-After": "30"]), .json(nil)])
        try await bench.send()
        #expect(bench.clock.uptime >= .seconds(30))
        #expect(bench.clock.uptime < .seconds(33))
        #expect(bench.monitor.counts.waited >= .seconds(30))
        #expect(bench.monitor.counts.rateLimited == (status == 503 ? 0 : 1))
    }

    @Test(
        "What is locked is tried again, and slows nothing else down",
        arguments: [(423, nil, true), (423, "2", true), (429, nil, false)] as [(Int, String?, Bool)]
    )
    func locked(status: Int, retryAfter: String?, keepsPace: Bool) async throws {
        let headers: HTTPHeaders = retryAfter.map { ["Retry-After": $0] } ?? [:]
        let refusals = Array(repeating: ScriptedAnswer.status(status, headers: headers), count: 7)
        let bench = try SenderBench.things([.json(nil), .json(nil)] + refusals + [.json(nil)])
        for _ in 0..<3 { try await bench.send() }
        #expect(bench.transport.unusedAnswers == 0)
        #expect((bench.sender.pacer.currentRate == nil) == keepsPace)
    }

    @Test("Eight tries are made in all, then the failure says so") func givesUp() async throws {
        let bench = try SenderBench.things(Array(repeating: .status(500), count: 9))
        let error = await failure { try await bench.send() }
        #expect(error?.code == .serverError)
        #expect(error?.attempts == 8)
        #expect(error?.source == SenderBench.source)
        #expect(error?.endpoint == "GET /things")
        #expect(bench.transport.unusedAnswers == 1)
    }

    @Test("Four answers that are cut short are enough") func damagedAnswers() async throws {
        let bench = try SenderBench.things(Array(repeating: .json(text: #"{"a":"#), count: 5))
        #expect(await code { try await bench.send() } == .truncatedResponse)
        #expect(bench.transport.unusedAnswers == 1)
    }

    @Test("A wait beyond the longest one stops, and says when to come back") func comeBack() async throws {
        let bench = try SenderBench.things([.status(429, headers: ["Retry-After": "3600"])])
        let error = await failure { try await bench.send() }
        #expect(error?.code == .waitTooLong)
        #expect(error?.retryAt == SenderBench.start.advanced(by: .seconds(3_601)))
        #expect(bench.clock.sleeps.isEmpty)
    }

    @Test("After such a stop nothing more is sent, and nobody waits for it", .timeLimit(.minutes(5)))
    func comeBackForAll() async throws {
        let scripted = ScriptedTransport([
            ScriptedRoute("GET", "/v1/things", answers: [.status(429, headers: ["Retry-After": "3600"])])
        ])
        let gated = GatedTransport(scripted)
        let clock = ManualClock.manual(at: SenderBench.start)
        let bench = try SenderBench([], over: gated, transport: scripted, clock: clock, concurrency: 1)
        let errors = await withTaskGroup(of: TapedeckError?.self) { group in
            group.addTask { await failure { try await bench.send() } }
            await gated.arrival()
            for _ in 0..<3 { group.addTask { await failure { try await bench.send() } } }
            for _ in 0..<100 { await Task.yield() }
            await gated.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(errors.map(\.?.code) == Array(repeating: .waitTooLong, count: 4))
        #expect(errors.allSatisfy { $0?.retryAt == SenderBench.start.advanced(by: .seconds(3_601)) })
        #expect(bench.transport.requests.count == 1)
    }

    @Test("What must not be repeated is not, unless the platform refused it for there being too many")
    func notReplayable() async throws {
        let post = APIRequest("POST", "/things")
        for answer in [
            ScriptedAnswer.status(500), .failure(.connectionBroken), .status(503, headers: ["Retry-After": "1"]),
        ] {
            let bench = try SenderBench([ScriptedRoute("POST", "/v1/things", answers: [answer, .json(nil)])])
            #expect(await code { try await bench.send(post) } != nil)
            #expect(bench.transport.requests.count == 1)
        }
        let bench = try SenderBench([ScriptedRoute("POST", "/v1/things", answers: [.status(429), .json(nil)])])
        try await bench.send(post)
        #expect(bench.transport.requests.count == 2)
    }

    @Test("A page that is too slow comes back at once when it can be smaller, else it is sent again") func tooSlow()
        async throws
    {
        let shrinking = try SenderBench.things([.status(504)])
        await #expect(throws: PageTooSlow.self) { try await shrinking.send(canShrink: true) }
        #expect(shrinking.clock.sleeps.isEmpty)
        let fixed = try SenderBench.things([.status(504), .json(nil)])
        try await fixed.send()
    }

    @Test(
        "A request id is repeated in an error only when it looks like one",
        arguments: [
            ("ROUTER_6F3A-11.22:33", true), ("", false), ("<b>", false), ("title: \"Grief group\"", false),
            (String(repeating: "a", count: 128), true), (String(repeating: "a", count: 129), false), ("é", false),
        ]
    )
    func requestID(text: String, isRepeated: Bool) async throws {
        let bench = try SenderBench.things([.status(404, headers: ["x-request-id": text])])
        let error = await failure { try await bench.send() }
        #expect(error?.requestID == (isRepeated ? text : nil))
    }

    @Test("No error shows the credential, the query or the body", arguments: [400, 401, 404, 302])
    func nothingLeaks(status: Int) async throws {
        let answer = ScriptedAnswer.json(
            ["message": "Bearer s3cret for ann@clinic.test"],
            status: status,
            headers: ["Location": "https://ann.test/?k=s3cret", "X-Request-Id": "{s3cret}"]
        )
        let bench = try SenderBench([
            ScriptedRoute("GET", "/v1/things", answers: [answer]),
            ScriptedRoute("GET", "/", answers: [.status(404)]),
        ])
        let request = APIRequest.get("/things", query: [QueryItem("email", "ann@clinic.test")])
        let error = try #require(await failure { try await bench.send(request) })
        for word in ["s3cret", "ann"] { #expect(!"\(error) \(String(reflecting: error))".contains(word)) }
    }

    @Test("An audit cost is counted before sending, and what goes beyond the limit is not sent") func auditBudget()
        async throws
    {
        let bench = try SenderBench(
            [ScriptedRoute("GET", "/v1/show", answers: [.json(nil)], repeatsLast: true)],
            auditLimit: 2
        )
        var request = APIRequest.get("/show")
        request.auditCost = 1
        for _ in 0..<2 { try await bench.send(request) }
        let error = await failure { [request] in try await bench.send(request) }
        #expect(error?.code == .auditBudgetExhausted)
        #expect(error?.endpoint == "GET /show")
        #expect(bench.transport.requests.count == 2)
        let noted = await bench.ledger.commits.flatMap(\.auditReads)
        #expect(noted.map(\.cost) == [1, 1])
        #expect(noted.allSatisfy { $0.endpoint == "GET /show" && $0.source == SenderBench.source })
    }

    @Test("A cancelled wait ends at once", .timeLimit(.minutes(5))) func cancellation() async throws {
        let clock = ManualClock.manual(at: SenderBench.start)
        let bench = try SenderBench([ScriptedRoute("GET", "/v1/things", answers: [.status(500)])], clock: clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await #expect(throws: CancellationError.self) { try await bench.send() } }
            try await clock.waitForSleepers()
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(bench.transport.requests.count == 1)
    }
}
