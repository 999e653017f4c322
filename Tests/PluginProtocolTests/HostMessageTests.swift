import RawJSON
import RecordingKit
import Testing

@testable import PluginProtocol

@Suite("What the host says")
struct HostMessageTests {
    private func again(_ message: HostMessage) throws -> HostMessage {
        var line = message.line
        #expect(line.popLast() == 0x0A)
        #expect(!line.contains(0x0A))
        return try HostMessage(line: line)
    }

    @Test("is written as the documentation says")
    func lines() {
        #expect(
            HostMessage.hello(protocols: [1], hostVersion: "1").line.text
                == "{\"type\":\"hello\",\"protocols\":[1],\"host\":{\"name\":\"tapedeck\",\"version\":\"1\"}}\n"
        )
        #expect(HostMessage.proceed.line.text == "{\"type\":\"continue\"}\n")
        #expect(HostMessage.cancel.line.text == "{\"type\":\"cancel\"}\n")
        #expect(HostMessage.end.line.text == "{\"type\":\"end\"}\n")
        #expect(
            HostMessage.call(PluginCall(id: 7, task: .check)).line.text
                == "{\"type\":\"call\",\"id\":7,\"method\":\"check\",\"parameters\":{}}\n"
        )
    }

    @Test("an answer passes byte for byte, on one line")
    func response() throws {
        let json = try json("{\n \"a\": 1.50E+2,\r\n \"b\":\"\\u00e4\"}")
        let response = APIResponse(status: 201, headers: ["Link": "<x>", "Link": "<y>"], json: json)
        guard case .response(let read) = try again(.response(response)) else {
            Issue.record("no response")
            return
        }
        #expect(read.status == 201)
        #expect(read.headers.values(of: "link") == ["<x>", "<y>"])
        #expect(String(decoding: read.json.rawBytes, as: UTF8.self) == "{  \"a\": 1.50E+2,   \"b\":\"\\u00e4\"}")
    }

    @Test("an answer without content is null")
    func noContent() throws {
        let response = APIResponse(status: 204, headers: [:], json: try json("null"))
        guard case .response(let read) = try again(.response(response)) else {
            Issue.record("no response")
            return
        }
        #expect(read.json.isNull)
    }

    @Test("a page has its items, or the whole answer with what to leave out")
    func page() throws {
        let answer = try json(#"{"rows":[{"a":1.0},{"b":2}]}"#)
        let rows = try Array(#require(answer["rows"]).elements)
        func again(_ content: PluginPage.Content) throws -> PluginPage.Content? {
            let page = PluginPage(number: 3, status: 200, headers: [:], content: content)
            guard case .page(let read) = try self.again(.page(page)) else { return nil }
            #expect(read.number == 3)
            return read.content
        }
        guard case .items(let items)? = try again(.items(rows)) else {
            Issue.record("no items")
            return
        }
        #expect(items.map { String(decoding: $0.rawBytes, as: UTF8.self) } == [#"{"a":1.0}"#, #"{"b":2}"#])
        guard case .whole(let json, let dropped)? = try again(.whole(answer, dropped: [1])) else {
            Issue.record("not whole")
            return
        }
        #expect(json.rawBytes.elementsEqual(answer.rawBytes))
        #expect(dropped == [1])
    }

    @Test("calls survive the wire; a recording goes without the platform's own object")
    func calls() throws {
        func again(_ task: PluginCall.Task) throws -> PluginCall.Task? {
            guard case .call(let call) = try self.again(.call(PluginCall(id: 9, task: task))) else { return nil }
            #expect(call.id == 9)
            return call.task
        }
        let window = TimeWindow(from: Timestamp(secondsSince1970: 1), to: Timestamp(secondsSince1970: 2))
        guard case .listings(window)? = try again(.listings(window)) else {
            Issue.record("no listings")
            return
        }
        guard case .recordings(let listing)? = try again(.recordings(Listing(key: "k", label: "l", window: window)))
        else {
            Issue.record("no recordings")
            return
        }
        #expect(listing.window == window)
        let recording = RecordTests.full.recording
        guard case .accessEvents(let read, let since)? = try again(.accessEvents(recording, since: window.from)) else {
            Issue.record("no access events")
            return
        }
        #expect(read.id == "r1")
        #expect(read.parameters == recording.parameters)
        #expect(read.context == recording.context)
        #expect(read.raw == nil)
        #expect(since == window.from)
        guard case .media(let asked)? = try again(.media(recording)) else {
            Issue.record("no media")
            return
        }
        #expect(asked.host == recording.host)
    }

    @Test("a failure keeps everything that the host knows of it")
    func failure() throws {
        var error = TapedeckError(.waitTooLong, "Come back later, a@b.")
        error.endpoint = "GET /x"
        error.status = 429
        error.requestID = "id"
        error.retryAt = Timestamp(secondsSince1970: 5)
        error.attempts = 3
        guard case .failure(let read) = try again(.failure(error)) else {
            Issue.record("no failure")
            return
        }
        #expect(read.description == error.description)
    }

    @Test("settings survive the wire")
    func settings() throws {
        let settings: [String: SettingValue] = [
            "a": "x", "b": 5, "c": 1.5, "d": true, "e": ["x", ["y": 1]], "f": ["g": "h"],
        ]
        guard case .configure(let read) = try again(.configure(settings)) else {
            Issue.record("no settings")
            return
        }
        #expect(read == settings)
    }

    @Test(
        "a connector's failure keeps codes that are known, and its message when it looks safe",
        arguments: [
            ("not_found", "Not there.", "not_found", "Not there."),
            ("ledger_failed", "X.", "connector_failed", "X."), ("odd", "X.", "connector_failed", "X."),
            ("forbidden", "ann@example.org", "forbidden", "The connector gave no reason that can be shown."),
            ("forbidden", "https://x.example/?token=1", "forbidden", "The connector gave no reason that can be shown."),
            ("gone", "a\\u001b[31mb\\nc", "gone", "a [31mb c"),
        ]
    )
    func ownFailures(code: String, text: String, expectedCode: String, expected: String) throws {
        let line = #"{"type":"failed","id":1,"error":{"code":"\#(code)","message":"\#(text)"}}"#
        guard case .failed(1, let error) = try message(line) else {
            Issue.record("no failure")
            return
        }
        #expect(error.code.rawValue == expectedCode)
        #expect(error.reason == expected)
    }
}
