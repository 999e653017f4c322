import RawJSON
import RecordingKit
import Testing

@testable import PluginProtocol

@Suite("Requests as JSON")
struct RequestTests {
    private func request(_ text: String) throws -> APIRequest {
        guard case .request(let request) = try message(#"{"type":"request","request":\#(text)}"#) else {
            throw ProtocolViolation("not a request")
        }
        return request
    }

    @Test("a path alone is a GET")
    func path() throws {
        let request = try request(#"{"path":"/calls"}"#)
        #expect(request.method == "GET")
        #expect(request.path == "/calls")
        #expect(request.isReplayable)
        #expect(request.auditCost == 0)
    }

    @Test("parameters are encoded, and the template is what is shown")
    func parameters() throws {
        let request = try request(#"{"path":"/users/{user}/calls","parameters":{"user":"a/b@x","n":5}}"#)
        #expect(request.path == APIRequest.get("/users/{user}/calls", parameters: ["user": "a/b@x"]).path)
        #expect(request.description == "GET /users/{user}/calls")
    }

    @Test("a query is an object or a list of pairs; null leaves a parameter out")
    func query() throws {
        let object = try request(
            #"{"path":"/x","query":{"a":1,"b":["x","y"],"c":true,"d":null,"e":{"start":"2026-01-02"}}}"#
        )
        #expect(
            object.query == [
                QueryItem("a", "1"), QueryItem("b", "x"), QueryItem("b", "y"), QueryItem("c", "true"),
                QueryItem("e", .start(Timestamp(secondsSince1970: 1_767_312_000))),
            ]
        )
        let pairs = try request(#"{"path":"/x","query":[["a","1"],["a",2]]}"#)
        #expect(pairs.query == [QueryItem("a", "1"), QueryItem("a", "2")])
    }

    @Test("what a Swift connector asks for is asked for in the same way after the wire")
    func roundTrip() throws {
        var request = APIRequest(
            "POST",
            "/users/{user}/calls/{call}.json",
            parameters: ["user": "ä/b", "call": "1.2"],
            query: [QueryItem("from", .start(Timestamp(secondsSince1970: 0))), QueryItem("q", "a&b")]
        ).header("X-Mode", "full")
        request.body = .json(Array(#"{ "a": 1.0, "b": [ ] }"#.utf8))
        request.auditCost = 2
        request.isReplayable = true
        guard case .request(let read) = try again(.request(request)) else {
            Issue.record("not a request")
            return
        }
        #expect(read.method == "POST")
        #expect(read.endpoint == request.endpoint)
        #expect(read.path == request.path)
        #expect(read.query == request.query)
        #expect(read.headers.fields == request.headers.fields)
        #expect(read.auditCost == 2)
        #expect(read.isReplayable)
        guard case .json(let bytes)? = read.body else {
            Issue.record("no content")
            return
        }
        #expect(bytes.text == #"{ "a": 1.0, "b": [ ] }"#)
    }

    @Test("a form stays a form, also an empty one")
    func form() throws {
        var request = APIRequest("POST", "/x")
        request.body = .form([])
        guard case .request(let read) = try again(.request(request)), case .form(let items)? = read.body else {
            Issue.record("no form")
            return
        }
        #expect(items.isEmpty)
    }

    @Test(
        "parameters are found with which a template gives a path",
        arguments: [
            ("/a/{x}/b", "/a/1%202/b", ["x": "1 2"]), ("/{x}.{y}", "/1.2.3", ["x": "1", "y": "2.3"]),
            ("/{x}/{x}", "/7/7", ["x": "7"]), ("/a/{x}", "/a/", ["x": ""]), ("/a", "/a", [:]),
            ("/{x}-{x}", "/1-2-1-2", ["x": "1-2"]),
        ]
    )
    func pathParameters(template: String, path: String, expected: [String: String]) {
        #expect(PathParameters.read(path, template: template) == expected)
    }

    @Test("a path that its template does not give has no parameters")
    func foreignPath() {
        #expect(PathParameters.read("/b/1", template: "/a/{x}") == nil)
        #expect(PathParameters.read("/1/2", template: "/{x}") == nil)
    }

    static let pagings: [Paging] = [
        .single(items: "/a"), .linkHeader(items: ""), .nextURL(at: "/next", items: "/a"),
        .cursor(at: "/c", parameter: "after", items: "/a"), .bodyCursor(at: "/c", parameter: "after", items: "/a"),
        .pageNumber(parameter: "p", first: 0, totalPages: "/pages", items: "/a"), .pageNumber(items: "/a"),
        .offset(parameter: "o", items: "/a"), .lastID(parameter: "since", key: "id", items: "/a"),
        .offset(parameter: "/v/skip", in: .body, items: "/a"), .pageNumber(parameter: "p", in: .body, items: "/a"),
        .lastID(parameter: "since", key: "id", in: .body, items: "/a"),
    ]

    @Test("every way of paging survives the wire", arguments: pagings.indices)
    func paging(index: Int) throws {
        var paging = Self.pagings[index]
        paging.pageSize = PageSize("limit", preferred: 100, minimum: 5, in: .body)
        paging.itemsMayBeAbsent = true
        paging.more = "/more"
        paging.totalCount = "/total"
        paging.itemKey = "id"
        paging.maximumEmptyPages = 7
        paging.maximumPages = 9
        guard
            case .pages(_, let read, let pager, let whole) = try again(
                .pages(.get("/x"), paging, pager: 4, whole: true)
            )
        else {
            Issue.record("no paging")
            return
        }
        #expect(pager == 4)
        #expect(whole)
        #expect("\(read)" == "\(paging)")
    }

    @Test(
        "a request that could be misunderstood is refused",
        arguments: [
            (#"{}"#, #"no "path""#), (#"{"path":"calls"}"#, "begins with a slash"), (#"{"path":5}"#, "not text"),
            (#"{"path":"/x","metod":"GET"}"#, #""metod""#), (#"{"path":"/x","query":"a=1"}"#, "query"),
            (#"{"path":"/x","query":{"a":{"b":1}}}"#, "query"), (#"{"path":"/x","auditCost":-1}"#, "auditCost"),
            (#"{"path":"/x","json":1,"form":{}}"#, "do not go together"),
            (#"{"path":"/x","headers":{"a":[]}}"#, "headers"),
        ]
    )
    func refused(text: String, word: String) throws {
        let violation = try violation(#"{"type":"request","request":\#(text)}"#)
        #expect(violation?.contains(word) == true, "\(violation ?? "accepted")")
    }

    @Test(
        "paging that could be misunderstood is refused",
        arguments: [
            (#"{"style":"cursor","items":""}"#, #"no "at""#), (#"{"style":"odd","items":""}"#, "one of none"),
            (#"{"style":"none"}"#, #"no "items""#), (#"{"style":"none","items":"x"}"#, "JSON Pointer"),
            (#"{"style":"none","items":"","at":"/x"}"#, "do not go together"),
        ]
    )
    func refusedPaging(text: String, word: String) throws {
        let violation = try violation(#"{"type":"request","request":{"path":"/x"},"paging":\#(text)}"#)
        #expect(violation?.contains(word) == true, "\(violation ?? "accepted")")
    }
}
