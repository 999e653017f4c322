import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("Parameters of paging go into the body where a platform wants them there")
struct BodyPagingTests {
    /// The content of each request that a listing sends, page by page.
    private func bodies(
        _ paging: Paging,
        _ body: String?,
        _ answers: [ScriptedAnswer]
    ) async throws -> (sent: [String], code: TapedeckError.Code?) {
        let bench = try SenderBench([ScriptedRoute("POST", "/v1/things", answers: answers)])
        var request = APIRequest("POST", "/things")
        request.body = body.map { .json(Array($0.utf8)) }
        request.isReplayable = true
        let pages = APIClient(executor: HostExecutor(sender: bench.sender)).pages(request, paging: paging)
        let code = await code { for try await _ in pages {} }
        return (bench.transport.requests.map { String(decoding: $0.body ?? [], as: UTF8.self) }, code)
    }

    private func page(_ items: [JSONLiteral], _ more: [(name: String, value: JSONLiteral)] = []) -> ScriptedAnswer {
        .json(.object([("items", .array(items))] + more))
    }

    @Test("A page's number goes into a member, made where it is missing and replaced where it is there")
    func pageNumber() async throws {
        let paging = Paging.pageNumber(parameter: "page", totalPages: "/pages", in: .body, items: "/items")
        let answers = (1...3).map { page([.integer($0)], [("pages", 3)]) }
        #expect(try await bodies(paging, nil, answers).sent == [#"{"page":1}"#, #"{"page":2}"#, #"{"page":3}"#])
        let sent = try await bodies(paging, #"{"page":"x","q":1.0}"#, answers).sent
        #expect(sent == (1...3).map { #"{"q":1.0,"page":\#($0)}"# })
    }

    @Test("An offset and a page size go deep into the body, beside what is there")
    func nested() async throws {
        var paging = Paging.offset(parameter: "/variables/skip", in: .body, items: "/items")
        paging.pageSize = PageSize("/variables/limit", preferred: 2, in: .body)
        let sent = try await bodies(
            paging,
            #"{"query":"{ all }","variables":{"from":"x"}}"#,
            [page([1, 2]), page([3]), page([])]
        )
        .sent
        #expect(
            sent
                == [0, 2, 3].map {
                    #"{"query":"{ all }","variables":{"from":"x","limit":2,"skip":\#($0)}}"#
                }
        )
    }

    @Test(
        "Objects on the way to a parameter are made where they are missing or null",
        arguments: [nil, #"{"a":null}"#]
    )
    func made(body: String?) async throws {
        let paging = Paging.bodyCursor(at: "/next", parameter: "/a/b~1c/d", items: "/items")
        let sent = try await bodies(paging, body, [page([1], [("next", "n")]), page([2])]).sent
        #expect(sent.last == #"{"a":{"b/c":{"d":"n"}}}"#)
    }

    @Test("A cursor goes beside the page size that is in the body too")
    func cursorAndSize() async throws {
        var paging = Paging.bodyCursor(at: "/next", parameter: "/page/token", items: "/items")
        paging.pageSize = PageSize("/page/size", preferred: 100, in: .body)
        let sent = try await bodies(paging, nil, [page([1], [("next", .object([("k", 1)]))]), page([2])]).sent
        #expect(sent == [#"{"page":{"size":100}}"#, #"{"page":{"size":100,"token":{"k":1}}}"#])
    }

    @Test("A last id goes into the body as it came, number or text")
    func lastID() async throws {
        let paging = Paging.lastID(parameter: "after", key: "id", in: .body, items: "/items")
        let answers = [page([.object([("id", 7)])]), page([.object([("id", "b")])]), page([])]
        #expect(try await bodies(paging, nil, answers).sent == ["", #"{"after":7}"#, #"{"after":"b"}"#])
    }

    @Test("A page that is too slow is asked for again with a smaller size in the body")
    func shrinks() async throws {
        var paging = Paging.pageNumber(parameter: "page", totalPages: "/pages", in: .body, items: "/items")
        paging.pageSize = PageSize("size", preferred: 8, in: .body)
        let sent = try await bodies(paging, nil, [.status(504), page([1], [("pages", 1)])]).sent
        #expect(sent == [#"{"size":8,"page":1}"#, #"{"size":4,"page":1}"#])
    }

    @Test(
        "Where the content cannot take a parameter, nothing is sent",
        arguments: ["[]", "{", #"{"a":1}"#, #"{"a":[]}"#]
    )
    func unusable(body: String) async throws {
        let pagings = [
            Paging.offset(parameter: "/a/skip", in: .body, items: "/items"),
            .lastID(parameter: "/a/after", key: "id", in: .body, items: "/items"),
            .bodyCursor(at: "/next", parameter: "/a/cursor", items: "/items"),
        ]
        for paging in pagings {
            let (sent, code) = try await bodies(paging, body, [page([])])
            #expect(sent.isEmpty)
            #expect(code == .connectorFailed)
        }
    }

    @Test("A last id in the body is continued after in a later run", arguments: ["7", #""b""#])
    func resumes(id: String) throws {
        let paging = Paging.lastID(parameter: "after", key: "id", in: .body, items: "/items")
        var turner = try PageTurner(paging)
        _ = try turner.turn(answer(#"{"items":[{"id":\#(id)}]}"#))
        let place = try #require(turner.place)
        let base = try #require(HTTPURL("https://api.test/v1"))
        let later = PageTurner(.get("/things"), paging: paging, baseURL: base, resumingAt: place)
        guard case .json(let bytes) = later.due.request.body else { throw TapedeckError(.connectorFailed, "no body") }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"after":\#(id)}"#)
    }
}
