import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("Waits where a connector says that its platform names them")
struct DeclaredWaitTests {
    private let now = Timestamp(secondsSince1970: 1_790_000_000)
    private let signals = RateSignals(
        limit: ["X-Cap"],
        remaining: ["X-Left", "X-Left-Second"],
        reset: ["X-Ends"],
        resetUnit: .unixMilliseconds,
        retryAfter: ["Retry-After-Ms"],
        retryAfterUnit: .milliseconds
    )

    private func wish(
        _ status: Int,
        _ headers: HTTPHeaders,
        body: String = "{}",
        rules: [ResponseRule] = []
    ) -> Duration? {
        let response = TransportResponse(status: status, headers: headers, body: Array(body.utf8))
        return ResponseClassifier(rules: rules, signals: signals).classify(response, now: now).verdict.serverWish
    }

    @Test(
        "a refusal's wait is the declared one, else Retry-After, else the end of the window",
        arguments: [
            (["Retry-After-Ms": "350", "Retry-After": "9", "X-Ends": "1790000020000"], 350),
            (["Retry-After-Ms": "soon", "Retry-After": "9", "X-Ends": "1790000020000"], 9_000),
            (["Retry-After": "9", "X-Ends": "1790000020000"], 9_000), (["X-Ends": "1790000020000"], 20_000),
            (["x-ends": "1790000020000", "Date": "Mon, 21 Sep 2026 14:13:30 GMT"], 10_000), (["X-Ends": "soon"], nil),
            ([:], nil),
        ] as [([String: String], Int64?)]
    )
    func refusals(fields: [String: String], milliseconds: Int64?) {
        let headers = HTTPHeaders(fields.map { HTTPHeaders.Field(name: $0.key, value: $0.value) })
        #expect(wish(429, headers) == milliseconds.map { .milliseconds($0) })
        #expect(wish(404, headers, rules: [ResponseRule(status: 404, meaning: .rateLimited)]) == wish(429, headers))
    }

    @Test("the end of a window is no wish of an answer that refuses for another reason")
    func otherFailures() {
        #expect(wish(503, ["X-Ends": "1790000020000"]) == nil)
        #expect(wish(503, ["Retry-After-Ms": "20"]) == .milliseconds(20))
    }

    @Test(
        "a rule's own place goes before everything else, and one that says nothing leaves it to that",
        arguments: [
            (#"{"errors":[{"extensions":{"retryAfter":1790000020000}}]}"#, 20_000),
            (#"{"errors":[{"extensions":{"retryAfter":"1790000020000"}}]}"#, 20_000),
            (#"{"errors":[{"extensions":{"retryAfter":null}}]}"#, 350), (#"{"errors":[{}]}"#, 350),
        ] as [(String, Int64)]
    )
    func bodies(body: String, milliseconds: Int64) {
        let rule = ResponseRule(
            statuses: ResponseRule.anyStatus,
            at: "/errors/0",
            wait: .body(at: "/errors/0/extensions/retryAfter", as: .unixMilliseconds),
            meaning: .rateLimited
        )
        for status in [200, 400] {
            let found = wish(status, ["Retry-After-Ms": "350"], body: body, rules: [rule])
            #expect(found == .milliseconds(milliseconds))
        }
    }

    @Test("a rule's header field is read in its unit, for what is sent again as well")
    func ruleHeaders() {
        for meaning in [ResponseRule.Meaning.retry, .rateLimited] {
            let rule = ResponseRule(status: 403, wait: .header("X-Come-Back", as: .rfc3339), meaning: meaning)
            #expect(wish(403, ["x-come-back": "2026-09-21T14:13:25Z"], rules: [rule]) == .seconds(5))
        }
    }

    @Test("a rule for a range holds at both ends and not beyond, and a rule's value may be a truth value")
    func ranges() {
        let range = [ResponseRule(statuses: 500...599, meaning: .failure(.gone))]
        let classifier = ResponseClassifier(rules: range)
        for (status, isMeant) in [(499, false), (500, true), (599, true), (600, false)] {
            let verdict = classifier.classify(TransportResponse(status: status, body: []), now: now).verdict
            #expect((verdict.code == .gone) == isMeant)
        }
        let refused = ResponseRule(status: 200, at: "/ok", equals: "false", meaning: .unauthorized)
        for (body, isMeant) in [(#"{"ok":false}"#, true), (#"{"ok":true}"#, false), ("{}", false)] {
            let response = TransportResponse(status: 200, body: Array(body.utf8))
            let verdict = ResponseClassifier(rules: [refused]).classify(response, now: now).verdict
            #expect((verdict.code == .unauthorized) == isMeant)
            #expect((verdict.action == .accept) == !isMeant)
        }
    }

    @Test("declared fields close the gate, and the well-known ones still do without them")
    func rates() throws {
        let ends = "1790000005000"
        let declared = RateHeaders(headers: ["X-Left": "0", "X-Ends": ends], signals: signals, now: now)
        #expect(declared?.closesFor == .seconds(5))
        let second = RateHeaders(headers: ["X-Left-Second": "0", "X-Ends": ends], signals: signals, now: now)
        #expect(second?.closesFor == .seconds(5))
        let left = RateHeaders(headers: ["X-Left": "3", "X-Cap": "10", "X-Ends": ends], signals: signals, now: now)
        #expect(left?.closesFor == nil && left?.limit == 10 && left?.remaining == 3)
        let known = RateHeaders(
            headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "7"],
            signals: signals,
            now: now
        )
        #expect(known?.closesFor == .seconds(7))
    }

    @Test("a host waits as the body of a 200 says, and for as long as a declared field closes the gate")
    func throughTheHost() async throws {
        let rule = ResponseRule(
            status: 200,
            at: "/errors/0",
            wait: .body(at: "/errors/0/wait"),
            meaning: .rateLimited
        )
        let refusal = ScriptedAnswer.json(text: #"{"errors":[{"wait":40}]}"#)
        let bench = try SenderBench(
            [ScriptedRoute("GET", "/v1/things", answers: [refusal, .json(["a": 1])])],
            classifier: ResponseClassifier(rules: [rule], signals: signals)
        )
        let response = try await bench.send()
        #expect(response.json["a"]?.integer == 1)
        #expect(bench.clock.uptime >= .seconds(40) && bench.clock.uptime < .seconds(43))
        #expect(bench.monitor.counts.rateLimited == 1)
    }
}
