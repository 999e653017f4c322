import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

struct StrategyTests {
    @Test("A single page is one page") func single() throws {
        var turner = try PageTurner(.single(items: "/items"), query: [QueryItem("q", "1")])
        #expect(try turner.dueURL == "https://api.test/v1/things?q=1")
        let result = try turner.follow(answer(#"{"items":[1,2]}"#, link: "</v1/other>; rel=next"))
        #expect(result.items == ["1", "2"])
        #expect(result.next == nil)
    }

    @Test(
        "A link is followed, absolute or relative",
        arguments: [
            ("<https://api.test/v1/things?c=2>; rel=\"next\"", "https://api.test/v1/things?c=2"),
            ("</v1/things?c=a%2Bb>; rel=next", "https://api.test/v1/things?c=a%2Bb"),
            ("<?c=2>; rel=next", "https://api.test/v1/things?c=2"),
            ("<https://API.test:443/x>; rel=\"prev next\"", "https://api.test/x"),
            ("</first>; rel=first, </x>; rel=next", "https://api.test/x"),
        ]
    )
    func link(field: String, next: String) throws {
        var turner = try PageTurner(.linkHeader(items: "/items"))
        #expect(try turner.follow(answer(#"{"items":[]}"#, link: field)).next == next)
    }

    @Test("Without a next link a listing is at its end", arguments: [nil, "", "</v1/things>; rel=first"])
    func noLink(field: String?) throws {
        var turner = try PageTurner(.linkHeader(items: "/items"))
        #expect(try turner.follow(answer(#"{"items":[]}"#, link: field)).next == nil)
    }

    @Test(
        "A URL in the body is followed, absolute or relative, and its absence is the end",
        arguments: [
            (#""https://api.test/v1/p2""#, "https://api.test/v1/p2"), (#""/v1/p2?a=b""#, "https://api.test/v1/p2?a=b"),
            (#""?page=2""#, "https://api.test/v1/things?page=2"), ("null", nil), (#""""#, nil),
        ] as [(String, String?)]
    )
    func nextURL(json: String, next: String?) throws {
        var turner = try PageTurner(.nextURL(at: "/meta/next", items: "/items"))
        #expect(try turner.follow(answer(#"{"items":[],"meta":{"next":\#(json)}}"#)).next == next)
        var other = try PageTurner(.nextURL(at: "/meta/next", items: "/items"))
        #expect(try other.follow(answer(#"{"items":[]}"#)).next == nil)
    }

    @Test(
        "A cursor goes into the query as it came",
        arguments: [(#""a+b/c==""#, "a%2Bb%2Fc%3D%3D"), ("12345678901234567890", "12345678901234567890"), ("0", "0")]
    )
    func cursor(json: String, encoded: String) throws {
        var turner = try PageTurner(
            .cursor(at: "/next", parameter: "cursor", items: "/items"),
            query: [QueryItem("q", "1")]
        )
        let first = try turner.follow(answer(#"{"items":[],"next":\#(json)}"#))
        #expect(first.next == "https://api.test/v1/things?q=1&cursor=\(encoded)")
        let second = try turner.follow(answer(#"{"items":[1],"next":"z"}"#))
        #expect(second.next == "https://api.test/v1/things?q=1&cursor=z")
        #expect(try turner.follow(answer(#"{"items":[1],"next":null}"#)).next == nil)
    }

    @Test("Missing, null and empty cursors are the end", arguments: ["{}", #"{"next":null}"#, #"{"next":""}"#])
    func noCursor(meta: String) throws {
        for paging in [
            Paging.cursor(at: "/meta/next", parameter: "c", items: "/items"),
            Paging.bodyCursor(at: "/meta/next", parameter: "c", items: "/items"),
        ] {
            var turner = try PageTurner(paging)
            #expect(try turner.follow(answer(#"{"items":[],"meta":\#(meta)}"#)).next == nil)
        }
    }

    @Test(
        "A cursor in the body replaces the member and leaves the others, whatever its type",
        arguments: [#""abc""#, "7", #"{"after":{"id":[1,"x"]},"n":1.50}"#, "[1]"]
    )
    func bodyCursor(cursor: String) throws {
        let body = RequestBody.json(Array(#"{"filter":{"a":1.0},"cursor":"old","limit":5}"#.utf8))
        var turner = try PageTurner(.bodyCursor(at: "/next", parameter: "cursor", items: "/items"), body: body)
        _ = try turner.follow(answer(#"{"items":[],"next":\#(cursor)}"#))
        guard case .json(let bytes) = turner.due.request.body else { throw TapedeckError(.connectorFailed, "no body") }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"filter":{"a":1.0},"limit":5,"cursor":\#(cursor)}"#)
    }

    @Test("A cursor in the body makes a body where there is none, and needs an object where there is one")
    func bodyKinds() throws {
        let paging = Paging.bodyCursor(at: "/next", parameter: "cursor", items: "/items")
        let page = try answer(#"{"items":[],"next":1}"#)
        var none = try PageTurner(paging)
        _ = try none.follow(page)
        guard case .json(let bytes) = none.due.request.body else { throw TapedeckError(.connectorFailed, "no body") }
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"cursor":1}"#)
        for body in [RequestBody.form([]), .json(Array("[]".utf8)), .json(Array("{".utf8))] {
            var turner = try PageTurner(paging, body: body)
            #expect(throws: TapedeckError(.connectorFailed, "")) { try turner.follow(page) }
        }
    }

    @Test("Numbered pages end with the last of those that are announced", arguments: [0, 1]) func pageNumbers(
        first: Int
    ) throws {
        var turner = try PageTurner(.pageNumber(first: first, totalPages: "/pages", items: "/items"))
        var urls: [String?] = [try turner.dueURL]
        for number in 1...3 { urls.append(try turner.follow(answer(#"{"items":[\#(number)],"pages":3}"#)).next) }
        let pages = (0..<3).map { "https://api.test/v1/things?page=\(first + $0)" }
        #expect(urls == pages.map(Optional.some) + [nil])
    }

    @Test("Numbered pages without a total end with an empty one") func pageNumbersWithoutTotal() throws {
        for pointer in [nil, "/pages"] as [JSONPointer?] {
            var turner = try PageTurner(.pageNumber(totalPages: pointer, items: "/items"))
            #expect(try turner.follow(answer(#"{"items":[1]}"#)).next?.hasSuffix("page=2") == true)
            #expect(try turner.follow(answer(#"{"items":[2],"pages":null}"#)).next?.hasSuffix("page=3") == true)
            #expect(try turner.follow(answer(#"{"items":[]}"#)).next == nil)
        }
    }

    @Test("An offset grows by what came") func offset() throws {
        var paging = Paging.offset(items: "/items")
        paging.pageSize = PageSize("limit", preferred: 5)
        var turner = try PageTurner(paging)
        #expect(try turner.dueURL == "https://api.test/v1/things?limit=5&offset=0")
        #expect(try turner.follow(answer(#"{"items":[1,2,3,4,5]}"#)).next?.hasSuffix("limit=5&offset=5") == true)
        #expect(try turner.follow(answer(#"{"items":[6,7]}"#)).next?.hasSuffix("limit=5&offset=7") == true)
        #expect(try turner.follow(answer(#"{"items":[]}"#)).next == nil)
    }

    @Test("The last id of a page leads to the next") func lastID() throws {
        var turner = try PageTurner(.lastID(parameter: "after", key: "id", items: "/items"))
        #expect(try turner.follow(answer(#"{"items":[{"id":1},{"id":"b/2"}]}"#)).next?.hasSuffix("after=b%2F2") == true)
        #expect(try turner.follow(answer(#"{"items":[{"id":30}]}"#)).next?.hasSuffix("things?after=30") == true)
        #expect(try turner.follow(answer(#"{"items":[]}"#)).next == nil)
    }

    @Test("An answer without content, or without its list, is an error: nothing says that there is nothing")
    func missingList() throws {
        for status in [204, 205] {
            var turner = try PageTurner(.single(items: "/items"))
            #expect(throws: TapedeckError(.malformedResponse, "")) {
                try turner.follow(answer("null", status: status))
            }
        }
        for json in ["{}", #"{"items":null}"#, #"{"items":{}}"#, "[]"] {
            var turner = try PageTurner(.single(items: "/items"))
            #expect(throws: TapedeckError(.malformedResponse, "")) { try turner.follow(answer(json)) }
        }
    }
}
