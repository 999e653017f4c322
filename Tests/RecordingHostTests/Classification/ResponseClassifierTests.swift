import RawJSON
import RecordingHost
import RecordingKit
import Testing

@Suite("The classification of answers")
struct ResponseClassifierTests {
    private let now = Timestamp(secondsSince1970: 1_790_000_000)

    private func classify(
        _ status: Int,
        _ body: String = "{}",
        headers: HTTPHeaders = ["Content-Type": "application/json"],
        rules: [ResponseRule] = []
    ) -> (verdict: Verdict, json: JSONValue?) {
        let response = TransportResponse(status: status, headers: headers, body: Array(body.utf8))
        return ResponseClassifier(rules: rules).classify(response, now: now)
    }

    @Test(
        "every status has its action and code",
        arguments: [
            (100, Verdict.Action.fail, TapedeckError.Code.unexpectedStatus),
            (301, .fail, .redirectRefused), (302, .fail, .redirectRefused), (304, .fail, .redirectRefused),
            (307, .fail, .redirectRefused),
            (399, .fail, .redirectRefused),
            (400, .fail, .unexpectedStatus), (401, .refreshCredential, .unauthorized), (402, .fail, .unexpectedStatus),
            (403, .fail, .forbidden), (404, .fail, .notFound), (405, .fail, .unexpectedStatus),
            (408, .retry, .serverError),
            (409, .fail, .unexpectedStatus), (410, .fail, .gone), (416, .fail, .unexpectedStatus),
            (422, .fail, .unexpectedStatus),
            (423, .retry, .rateLimited), (425, .retry, .serverError), (428, .fail, .confirmationRequired),
            (429, .waitUntil, .rateLimited),
            (451, .fail, .unexpectedStatus),
            (500, .retry, .serverError), (501, .fail, .unexpectedStatus), (502, .retry, .serverError),
            (503, .retry, .serverError),
            (504, .shrinkPage, .serverError), (505, .fail, .unexpectedStatus), (507, .retry, .serverError),
            (509, .retry, .serverError),
            (520, .retry, .serverError), (524, .retry, .serverError), (530, .retry, .serverError),
            (531, .fail, .unexpectedStatus),
            (0, .fail, .unexpectedStatus), (999, .fail, .unexpectedStatus), (-1, .fail, .unexpectedStatus),
        ]
    )
    func statuses(status: Int, action: Verdict.Action, code: TapedeckError.Code) {
        let (verdict, json) = classify(status)
        #expect(verdict.action == action)
        #expect(verdict.code == code)
        #expect(json == nil)
        #expect(!verdict.reason.isEmpty)
    }

    @Test("an error's status decides, whatever its body looks like", arguments: ["", "<html>", "{", "\u{0}"])
    func errorBodies(_ body: String) {
        #expect(classify(500, body, headers: ["Content-Type": "text/html"]).verdict.action == .retry)
        #expect(classify(404, body).verdict.code == .notFound)
    }

    @Test("a wait that the server names is passed on", arguments: [408, 423, 425, 429, 500, 502, 503, 504])
    func serverWish(status: Int) {
        #expect(classify(status, headers: ["Retry-After": "7"]).verdict.serverWish == .seconds(7))
        #expect(classify(status, headers: ["Retry-After": "rand(30),add(30)"]).verdict.serverWish == nil)
        #expect(classify(status, headers: [:]).verdict.serverWish == nil)
    }

    @Test("a lock that names a wait makes everyone wait, another one only who met it")
    func locked() {
        #expect(classify(423, headers: ["Retry-After": "7"]).verdict.action == .waitUntil)
        #expect(classify(423, headers: ["Retry-After": "soon"]).verdict.action == .retry)
    }

    @Test("a 503 that names a wait makes everyone wait, another 5xx does not")
    func unavailable() {
        #expect(classify(503, headers: ["Retry-After": "7"]).verdict.action == .waitUntil)
        #expect(classify(503, headers: ["Retry-After": "soon"]).verdict.action == .retry)
        #expect(classify(500, headers: ["Retry-After": "7"]).verdict.action == .retry)
    }

    @Test("a Retry-After date is corrected by the answer's Date")
    func skewedClock() {
        let headers: HTTPHeaders = [
            "Retry-After": "Sun, 06 Nov 1994 08:49:47 GMT", "Date": "Sun, 06 Nov 1994 08:49:37 GMT",
        ]
        #expect(classify(429, headers: headers).verdict.serverWish == .seconds(10))
    }

    @Test("JSON with a status of success is accepted and handed on", arguments: [200, 201, 202, 206, 299])
    func accepted(status: Int) throws {
        let (verdict, json) = classify(status, #"{"items":[1]}"#)
        #expect(verdict == .accepted)
        #expect(verdict.code == nil)
        #expect(try json?.value(at: JSONPointer(parsing: "/items/0"))?.scalarText == "1")
    }

    @Test(
        "JSON is accepted under any type but that of a page",
        arguments: ["", "text/plain", "application/vnd.x+json", "nonsense"]
    )
    func looseTypes(_ type: String) {
        #expect(classify(200, "[]", headers: ["Content-Type": type]).verdict == .accepted)
    }

    @Test("an answer without content is null where the status says so, and cut off elsewhere")
    func empty() {
        for status in [204, 205] {
            let (verdict, json) = classify(status, "", headers: [:])
            #expect(verdict == .accepted)
            #expect(json?.isNull == true)
        }
        for body in ["", "  \r\n"] {
            let verdict = classify(200, body).verdict
            #expect(verdict.action == .retry)
            #expect(verdict.code == .truncatedResponse)
        }
    }

    @Test(
        "a web page with status 200 is an error, told by its type or its first byte",
        arguments: [
            ("<!doctype html><title>Sign in</title>", "text/html; charset=utf-8"), ("{}", "TEXT/HTML"),
            ("{}", "application/xhtml+xml"),
            ("<html>", "application/json"), ("  \r\n\t<html>", ""), ("<?xml version=\"1.0\"?>", "application/json"),
        ]
    )
    func webPages(body: String, type: String) {
        let verdict = classify(200, body, headers: ["Content-Type": type]).verdict
        #expect(verdict.action == .fail)
        #expect(verdict.code == .notJSON)
    }

    @Test(
        "JSON that is cut off is asked for again",
        arguments: ["{", #"{"a":"#, #"{"a":[1,2"#, #"["x"#, "tru", #"{"a":1"#]
    )
    func truncated(_ body: String) {
        let (verdict, json) = classify(200, body)
        #expect(verdict.action == .retry)
        #expect(verdict.code == .truncatedResponse)
        #expect(json == nil)
    }

    @Test(
        "JSON that is wrong is not asked for again, and the reason holds none of it",
        arguments: [
            #"{"secret":}"#, "secret", #"{"secret":1}}"#, #"{'secret':1}"#, #"["secret",]"#,
        ]
    )
    func malformed(_ body: String) {
        let verdict = classify(200, body).verdict
        #expect(verdict.action == .fail)
        #expect(verdict.code == .malformedResponse)
        #expect(!verdict.reason.contains("secret"))
    }

    @Test(
        "a connector's rule goes before the table",
        arguments: [
            (ResponseRule.Meaning.retry, Verdict.Action.retry, TapedeckError.Code.serverError),
            (.rateLimited, .waitUntil, .rateLimited),
            (.unauthorized, .refreshCredential, .unauthorized),
            (.failure(.gone), .fail, .gone),
        ]
    )
    func rules(meaning: ResponseRule.Meaning, action: Verdict.Action, code: TapedeckError.Code) {
        let rules = [ResponseRule(status: 404, meaning: meaning)]
        let verdict = classify(404, headers: ["Retry-After": "3"], rules: rules).verdict
        #expect(verdict.action == action)
        #expect(verdict.code == code)
        #expect(verdict.serverWish == (action == .retry || action == .waitUntil ? .seconds(3) : nil))
        #expect(classify(403, rules: rules).verdict.code == .forbidden)
    }

    @Test(
        "a rule about the body holds only where the value is there",
        arguments: [
            (#"{"error":{"code":"rate"}}"#, true), (#"{"error":{"code":"other"}}"#, false),
            (#"{"error":{"code":null}}"#, false),
            (#"{"error":{}}"#, false), ("[]", false), ("<html>", false), ("", false), ("{", false),
        ]
    )
    func bodyRules(body: String, holds: Bool) throws {
        let pointer = try JSONPointer(parsing: "/error/code")
        let rules = [ResponseRule(status: 400, at: pointer, equals: "rate", meaning: .rateLimited)]
        #expect((classify(400, body, rules: rules).verdict.action == .waitUntil) == holds)
    }

    @Test(
        "a rule without a value takes any but null, numbers match by their text, and the first rule that holds counts"
    )
    func bodyRuleVariants() throws {
        let pointer = try JSONPointer(parsing: "/code")
        let any = [ResponseRule(status: 200, at: pointer, meaning: .retry)]
        #expect(classify(200, #"{"code":false}"#, rules: any).verdict.action == .retry)
        #expect(classify(200, #"{"code":null}"#, rules: any).verdict == .accepted)
        let number = [ResponseRule(status: 403, at: pointer, equals: "20429", meaning: .rateLimited)]
        #expect(classify(403, #"{"code":20429}"#, rules: number).verdict.action == .waitUntil)
        #expect(classify(403, #"{"code":20428}"#, rules: number).verdict.code == .forbidden)
        let two = [ResponseRule(status: 403, meaning: .failure(.gone)), ResponseRule(status: 403, meaning: .retry)]
        #expect(classify(403, rules: two).verdict.code == .gone)
    }

    @Test(
        "every failure to get an answer has its action and code",
        arguments: [
            (TransportError.Kind.unresolvedHost, Verdict.Action.retry, TapedeckError.Code.connectionFailed),
            (.notConnected, .retry, .connectionFailed), (.connectionBroken, .retry, .connectionFailed),
            (.truncated, .retry, .truncatedResponse), (.timedOut, .retry, .timeout),
            (.malformed, .retry, .malformedResponse),
            (.tlsFailed, .fail, .tlsFailed), (.tooLarge, .fail, .responseTooLarge), (.insecure, .fail, .insecureURL),
            (.transportFailed, .fail, .connectionFailed),
        ]
    )
    func transportErrors(kind: TransportError.Kind, action: Verdict.Action, code: TapedeckError.Code) {
        let verdict = ResponseClassifier().classify(TransportError(kind, "https://secret.example"))
        #expect(verdict.action == action)
        #expect(verdict.code == code)
        #expect(verdict.serverWish == nil)
        #expect(!verdict.reason.isEmpty && !verdict.reason.contains("secret"))
    }
}
