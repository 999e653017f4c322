import RawJSON
import RecordingKit
import Testing

@testable import RecordingHost

@Suite("An answer's own word on whether more follows")
struct MoreTests {
    private static let strategies: [(name: String, paging: Paging)] = [
        ("link", .linkHeader(items: "/items")), ("next", .nextURL(at: "/next", items: "/items")),
        ("cursor", .cursor(at: "/cursor", parameter: "c", items: "/items")),
        ("number", .pageNumber(items: "/items")), ("offset", .offset(items: "/items")),
        ("last", .lastID(parameter: "after", key: "id", items: "/items")),
    ]

    private func page(more: String, items: String = #"[{"id":1}]"#) throws -> APIResponse {
        try answer(
            #"{"items":\#(items),"next":"/v1/p2","cursor":"z","more":\#(more)}"#,
            link: "</v1/p2>; rel=next"
        )
    }

    @Test(
        "False is the end, whatever else leads on",
        arguments: MoreTests.strategies.map(\.name),
        ["false", #""false""#]
    )
    func ends(name: String, more: String) throws {
        var paging = try #require(Self.strategies.first { $0.name == name }).paging
        paging.more = "/more"
        var turner = try PageTurner(paging)
        #expect(try turner.follow(page(more: more)).next == nil)
    }

    @Test(
        "True, null and silence leave it to the strategy",
        arguments: MoreTests.strategies.map(\.name),
        ["true", "null"]
    )
    func goesOn(name: String, more: String) throws {
        let strategy = try #require(Self.strategies.first { $0.name == name }).paging
        var paging = strategy
        paging.more = more == "null" ? "/silence" : "/more"
        var turner = try PageTurner(paging)
        var plain = try PageTurner(strategy)
        let next = try turner.follow(page(more: more)).next
        #expect(next != nil)
        #expect(try next == plain.follow(page(more: more)).next)
    }

    @Test(
        "True where nothing leads on is an error",
        arguments: MoreTests.strategies.map(\.name).filter { $0 != "number" } + ["single"]
    )
    func contradicts(name: String) throws {
        var paging = Self.strategies.first { $0.name == name }?.paging ?? .single(items: "/items")
        paging.more = "/more"
        var turner = try PageTurner(paging)
        #expect(throws: TapedeckError(.pagingBroken, "")) {
            try turner.follow(answer(#"{"items":[],"more":true}"#))
        }
    }

    @Test("With numbered pages an empty page is not the last when more follows, but not without end")
    func emptyPages() throws {
        var paging = Paging.pageNumber(totalPages: "/pages", items: "/items")
        paging.more = "/more"
        paging.maximumEmptyPages = 2
        var turner = try PageTurner(paging)
        let empty = try answer(#"{"items":[],"pages":1,"more":true}"#)
        #expect(try turner.follow(empty).next?.hasSuffix("page=2") == true)
        #expect(try turner.follow(empty).next?.hasSuffix("page=3") == true)
        #expect(throws: TapedeckError(.pagingLimit, "")) { try turner.follow(empty) }
    }

    @Test("What is no truth value is an error", arguments: ["1", #""yes""#, "{}", #""""#])
    func nonsense(more: String) throws {
        var paging = Paging.offset(items: "/items")
        paging.more = "/more"
        var turner = try PageTurner(paging)
        #expect(throws: TapedeckError(.malformedResponse, "")) { try turner.follow(page(more: more)) }
    }

    @Test("An end that is announced is held against the count all the same")
    func reconciles() throws {
        var paging = Paging.cursor(at: "/cursor", parameter: "c", items: "/items")
        paging.more = "/more"
        paging.totalCount = "/total"
        var turner = try PageTurner(paging)
        #expect(throws: TapedeckError(.countMismatch, "")) {
            try turner.follow(answer(#"{"items":[1],"more":false,"total":2}"#))
        }
    }

    @Test(
        "A list that is missing is none only where the platform may leave it out",
        arguments: ["{}", #"{"items":null}"#]
    )
    func absentItems(json: String) throws {
        var paging = Paging.cursor(at: "/cursor", parameter: "c", items: "/items")
        var strict = try PageTurner(paging)
        #expect(throws: TapedeckError(.malformedResponse, "")) { try strict.follow(answer(json)) }
        paging.itemsMayBeAbsent = true
        var lenient = try PageTurner(paging)
        let result = try lenient.follow(answer(json))
        #expect(result.items.isEmpty && result.next == nil)
        var silent = try PageTurner(paging)
        #expect(try silent.follow(answer("null", status: 204)).items.isEmpty)
        for wrong in [#"{"items":{}}"#, #"{"items":"x"}"#] {
            var turner = try PageTurner(paging)
            #expect(throws: TapedeckError(.malformedResponse, "")) { try turner.follow(answer(wrong)) }
        }
    }
}
