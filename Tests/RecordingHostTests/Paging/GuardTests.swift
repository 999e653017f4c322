import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct GuardTests {
    /// Follows answers until the end, an error or `limit` pages, and returns the items and the error's code.
    private func read(
        _ paging: Paging,
        limit: Int = 100,
        _ page: (Int) throws -> APIResponse
    ) throws -> (items: [String], code: TapedeckError.Code?, pages: Int) {
        var turner = try PageTurner(paging)
        var items: [String] = []
        for number in 0..<limit {
            do {
                let (page, next) = try turner.turn(page(number))
                items += page.items.map { String(decoding: $0.rawBytes, as: UTF8.self) }
                switch next {
                case .end: return (items, nil, number + 1)
                case .failure(let error): return (items, error.code, number + 1)
                case .request: break
                }
            } catch let error as TapedeckError {
                return (items, error.code, number + 1)
            }
        }
        return (items, nil, limit)
    }

    @Test("Links that lead in a circle are an error, whatever the circle's length", arguments: [1, 2, 5])
    func linkCycle(length: Int) throws {
        let result = try read(.linkHeader(items: "/items")) { number in
            try answer(#"{"items":[\#(number)]}"#, link: "</v1/p\((number + 1) % length)>; rel=next")
        }
        #expect(result.code == .pagingCycle)
        #expect(result.pages == length + 1)
    }

    @Test(
        "A first page that links to itself is an error at once",
        arguments: ["</v1/things>", "<?>", "</v1/things?size=5>", "<https://api.test/v1/things?size=10>"]
    )
    func selfLink(target: String) throws {
        var paging = Paging.linkHeader(items: "/items")
        paging.pageSize = PageSize("size", preferred: 10)
        let result = try read(paging) { _ in try answer(#"{"items":[1]}"#, link: "\(target); rel=next") }
        #expect(result.code == .pagingCycle)
        #expect(result.items == ["1"])
        #expect(result.pages == 1)
    }

    @Test("Cursors that lead in a circle are an error", arguments: [1, 2, 5]) func cursorCycle(length: Int) throws {
        let result = try read(.cursor(at: "/next", parameter: "c", items: "/items")) { number in
            try answer(#"{"items":[\#(number)],"next":"c\#(number % length)"}"#)
        }
        #expect(result.code == .pagingCycle)
        #expect(result.pages == length + 1)
    }

    @Test("A last id that comes again is an error") func lastIDCycle() throws {
        let result = try read(.lastID(parameter: "after", key: "id", items: "/items")) { number in
            try answer(#"{"items":[{"id":"same","n":\#(number)}]}"#)
        }
        #expect(result.code == .pagingCycle)
    }

    @Test("The same content behind a new token each time is an error before it is handed over twice") func sameContent()
        throws
    {
        let list = "[\((0..<20).map(String.init).joined(separator: ","))]"
        let result = try read(.cursor(at: "/next", parameter: "c", items: "/items")) { number in
            try answer(#"{"items":\#(list),"next":"c\#(number)"}"#)
        }
        #expect(result.code == .pagingCycle)
        #expect(result.items.count == 20)
    }

    @Test("Small pages of the same content are an error after ten repeated items", arguments: [1, 3])
    func sameSmallContent(size: Int) throws {
        let list = "[\(Array(repeating: "7", count: size).joined(separator: ","))]"
        let result = try read(.offset(items: "/items")) { _ in try answer(#"{"items":\#(list)}"#) }
        #expect(result.code == .pagingCycle)
        #expect(result.items.count <= 10 + size)
    }

    @Test("A platform that ignores the page number is found out at the third equal page") func ignoredPageNumber()
        throws
    {
        let list = "[\((0..<20).map(String.init).joined(separator: ","))]"
        let result = try read(.pageNumber(totalPages: "/pages", items: "/items")) { _ in
            try answer(#"{"items":\#(list),"pages":50}"#)
        }
        #expect(result.code == .pagingCycle)
        #expect(result.pages == 3)
    }

    @Test("Three empty pages in a row are followed, four are an error") func emptyPages() throws {
        let paging = Paging.cursor(at: "/next", parameter: "c", items: "/items")
        let endless = try read(paging) { try answer(#"{"items":[],"next":"c\#($0)"}"#) }
        #expect(endless.code == .pagingLimit)
        #expect(endless.pages == 4)
        let three = try read(paging) { number in
            if number == 8 { return try answer(#"{"items":[9]}"#) }
            return try answer(#"{"items":[\#(number == 4 ? "4" : "")],"next":"c\#(number)"}"#)
        }
        #expect(three.code == .pagingLimit)
        let spread = try read(paging) { number in
            if number == 7 { return try answer(#"{"items":[9]}"#) }
            return try answer(#"{"items":[\#(number == 3 ? "3" : "")],"next":"c\#(number)"}"#)
        }
        #expect(spread.code == nil)
        #expect(spread.items == ["3", "9"])
    }

    @Test("A listing has no more pages than its ceiling") func ceiling() throws {
        var paging = Paging.cursor(at: "/next", parameter: "c", items: "/items")
        paging.maximumPages = 3
        let longer = try read(paging) { try answer(#"{"items":[\#($0)],"next":"c\#($0)"}"#) }
        #expect(longer.code == .pagingLimit)
        #expect(longer.items == ["0", "1", "2"])
        let exact = try read(paging) { try answer(#"{"items":[\#($0)]\#($0 < 2 ? ",\"next\":\($0)" : "")}"#) }
        #expect(exact.code == nil)
        #expect(exact.items == ["0", "1", "2"])
    }

    @Test(
        "A next link that cannot be followed is an error, and the page that held it is kept",
        arguments: [
            ("<https://other.test/v1/things?c=2>; rel=next", .foreignOrigin),
            ("<http://api.test/v1/things?c=2>; rel=next", .foreignOrigin),
            ("<https://api.test:8443/v1/things>; rel=next", .foreignOrigin),
            ("<//evil.test/v1>; rel=next", .foreignOrigin),
            ("<https,https://api.test/v1/things?c=2>; rel=next", .pagingBroken),
            ("<https://user:pw@api.test/v1>; rel=next", .pagingBroken), ("<>; rel=next", .pagingBroken),
            ("https://api.test/v1; rel=next", .pagingBroken), ("<javascript:1>; rel=next", .pagingBroken),
            ("</a>; rel=next, </b>; rel=next", .pagingBroken), ("</a; rel=next", .pagingBroken),
        ] as [(String, TapedeckError.Code)]
    )
    func unusableLink(field: String, code: TapedeckError.Code) throws {
        let result = try read(.linkHeader(items: "/items")) { _ in try answer(#"{"items":[1,2]}"#, link: field) }
        #expect(result.code == code)
        #expect(result.items == ["1", "2"])
    }

    @Test(
        "A next URL in the body that cannot be followed is an error",
        arguments: [
            ("7", .pagingBroken), ("false", .pagingBroken), (#""ftp://api.test/""#, .pagingBroken),
            (#""https://other.test/""#, .foreignOrigin),
        ] as [(String, TapedeckError.Code)]
    )
    func unusableURL(json: String, code: TapedeckError.Code) throws {
        let result = try read(.nextURL(at: "/next", items: "/items")) { _ in
            try answer(#"{"items":[1],"next":\#(json)}"#)
        }
        #expect(result.code == code)
    }

    @Test("What a next link dropped is put back, and what it kept is not doubled") func restored() throws {
        let start = Timestamp(secondsSince1970: 1_700_000_000)
        var paging = Paging.linkHeader(items: "/items")
        paging.pageSize = PageSize("max", preferred: 100)
        var turner = try PageTurner(
            paging,
            query: [QueryItem("hostEmail", "a+b@c.test"), QueryItem("from", .start(start)), QueryItem("siteUrl", "s")]
        )
        #expect(
            try turner.dueURL
                == "https://api.test/v1/things?hostEmail=a%2Bb%40c.test&from=2023-11-14T22%3A13%3A20Z&siteUrl=s&max=100"
        )
        let next = try turner.follow(
            answer(#"{"items":[1]}"#, link: "</v1/things?cursor=x&siteUrl=t&max=100>; rel=next")
        ).next
        #expect(
            next
                == "https://api.test/v1/things?cursor=x&siteUrl=t&max=100&hostEmail=a%2Bb%40c.test&from=2023-11-14T22%3A13%3A20Z"
        )
        let again = try turner.follow(answer(#"{"items":[2]}"#, link: "<?cursor=y>; rel=next")).next
        #expect(
            again
                == "https://api.test/v1/things?cursor=y&max=100&hostEmail=a%2Bb%40c.test&from=2023-11-14T22%3A13%3A20Z&siteUrl=s"
        )
    }

    @Test(
        "A page size that a link garbled is put right",
        arguments: [
            ("max=null", "max=100"), ("max=", "max=100"), ("max", "max=100"), ("max=50", "max=50"), ("", "max=100"),
        ]
    )
    func pageSize(query: String, sent: String) throws {
        var paging = Paging.linkHeader(items: "/items")
        paging.pageSize = PageSize("max", preferred: 100)
        for parameters in [[], [QueryItem("max", "100")]] {
            var turner = try PageTurner(paging, query: parameters)
            let link = "</v1/things?cursor=x\(query.isEmpty ? "" : "&\(query)")>; rel=next"
            let next = try turner.follow(answer(#"{"items":[1]}"#, link: link)).next
            #expect(next == "https://api.test/v1/things?cursor=x&\(sent)")
        }
    }

    @Test("A count that does not come out is an error, and everything that came is kept") func countMismatch() throws {
        var paging = Paging.cursor(at: "/next", parameter: "c", items: "/items")
        paging.totalCount = "/total"
        let short = try read(paging) { number in
            try answer(#"{"items":[\#(number)],"total":5,"next":\#(number < 3 ? "\(number)" : "null")}"#)
        }
        #expect(short.code == .countMismatch)
        #expect(short.items == ["0", "1", "2", "3"])
        for total in ["4", "3", "null"] {
            let good = try read(paging) { number in
                try answer(#"{"items":[\#(number)],"total":\#(total),"next":\#(number < 3 ? "\(number)" : "null")}"#)
            }
            #expect(good.code == nil)
        }
        let odd = try read(paging) { _ in try answer(#"{"items":[1],"total":"many"}"#) }
        #expect(odd.code == .malformedResponse)
    }

    @Test(
        "More items with keys than there ever were by the platform's word is an error, after one more reading",
        arguments: [("3", 4, .countMismatch), ("4", 4, nil), ("grows", 4, nil), ("null", 4, nil)]
            as [(String, Int, TapedeckError.Code?)]
    )
    func tooManyItems(total: String, count: Int, code: TapedeckError.Code?) throws {
        var paging = Paging.cursor(at: "/next", parameter: "c", items: "/items")
        paging.totalCount = "/total"
        paging.itemKey = "id"
        let outcome = try read(paging) { number in
            let place = number % count
            let said = total == "grows" ? "\(place + 1)" : total
            let next = place < count - 1 ? "\(place)" : "null"
            return try answer(#"{"items":[{"id":\#(place)}],"total":\#(said),"next":\#(next)}"#)
        }
        #expect(outcome.code == code)
        #expect(outcome.items.count == count)
        #expect(outcome.pages == (code == nil ? count : 2 * count))
    }

    @Test("The page after a broken link throws, located, and the page before it was handed over") func pager()
        async throws
    {
        let bench = try SenderBench.things([.json(["items": [1, 2]], headers: ["Link": "https://nowhere"])])
        var pager = HostPager(.get("/things"), paging: .linkHeader(items: "/items"), sender: bench.sender)
        #expect(try await pager.nextPage()?.items.count == 2)
        for _ in 0..<2 {
            do {
                _ = try await pager.nextPage()
                Issue.record("The listing ended quietly.")
            } catch let error as TapedeckError {
                #expect(error.code == .pagingBroken)
                #expect(error.endpoint == "GET /things")
                #expect(error.source == SenderBench.source)
            }
        }
        #expect(bench.transport.requests.count == 1)
    }
}
