import RecordingKit
import Testing

@testable import RecordingHost

@Suite("The Link header field")
struct LinkHeaderTests {
    private func next(_ values: String...) throws -> String? { try LinkHeader(values).next() }

    @Test(
        "the next link is found in every valid form",
        arguments: [
            #"<https://a.example/p?page=2>; rel="next""#,
            #"<https://a.example/p?page=2>; rel=next"#,
            #"<https://a.example/p?page=2>;rel="next""#,
            #"  <https://a.example/p?page=2> ; rel = "next" "#,
            #"<https://a.example/p?page=2>; REL="NEXT""#,
            #"<https://a.example/p?page=2>; rel="last next""#,
            #"<https://a.example/p?page=2>; rel="next"; rel="prev""#,
            #"<https://a.example/p?page=2>; title="a, b; rel=\"prev\""; rel="next""#,
            #"<https://a.example/p?page=2>; crossorigin; rel="next""#,
            #"<https://a.example/p?page=2>; title*=UTF-8'de'n%c3%a4chstes%20Kapitel; rel="next""#,
            #"<https://a.example/p?page=1>; rel="prev", <https://a.example/p?page=2>; rel="next""#,
            #"<https://a.example/p?page=2>; rel="next",<https://a.example/p?page=9>; rel="last""#,
            #", ,<https://a.example/p?page=2>; rel="next", ,"#,
            #"<https://a.example/p?page=2>; rel="next";"#,
            #"<https://a.example/p?page=2>;; rel="next""#,
            #"<https://a.example/p?page=2>; rel="https://a.example/rel next""#,
            #"<https://a.example/p?page=2>; rel="ne\xt""#,
            #"<https://a.example/p?page=2>; rel="next", <https://a.example/p?page=2>; rel="next""#,
        ]
    )
    func valid(_ value: String) throws {
        #expect(try next(value) == "https://a.example/p?page=2")
    }

    @Test("links in several field lines count together")
    func severalLines() throws {
        #expect(try next(#"</1>; rel="prev""#, #"</3>; rel="next""#) == "/3")
        #expect(
            try LinkHeader([#"</1>; rel="prev", </3>; rel=next"#, #"</9>; rel=last"#]).links.map(\.target) == [
                "/1", "/3", "/9",
            ]
        )
    }

    @Test("commas and semicolons belong to a target")
    func separatorsInTarget() throws {
        #expect(
            try next(#"<https://a.example/p?ids=1,2;3&t="x">; rel="next""#) == #"https://a.example/p?ids=1,2;3&t="x""#
        )
        #expect(try next("<https,://a.example/p>; rel=next") == "https,://a.example/p")
        #expect(try next("<https://a.example/p?max=null>; rel=next") == "https://a.example/p?max=null")
    }

    @Test("the examples of RFC 8288 §3.5 are read")
    func standard() throws {
        let chapter = try LinkHeader([
            #"<http://example.com/TheBook/chapter2>; rel="previous"; title="previous chapter""#
        ])
        #expect(chapter.links == [.init(target: "http://example.com/TheBook/chapter2", relations: ["previous"])])
        #expect(
            try LinkHeader([#"</>; rel="http://example.net/foo""#]).links == [
                .init(target: "/", relations: ["http://example.net/foo"])
            ]
        )
        #expect(
            try LinkHeader([##"</terms>; rel="copyright"; anchor="#foo""##]).links == [
                .init(target: "/terms", relations: ["copyright"])
            ]
        )
        let both = try LinkHeader([
            "</TheBook/chapter2>; rel=\"previous\"; title*=UTF-8'de'letztes%20Kapitel, "
                + "</TheBook/chapter4>; rel=\"next\"; title*=UTF-8'de'n%c3%a4chstes%20Kapitel"
        ])
        #expect(both.links.map(\.relations) == [["previous"], ["next"]])
        #expect(try both.next() == "/TheBook/chapter4")
        #expect(
            try LinkHeader([#"<http://example.org/>; rel="start http://example.net/relation/other""#]).links[0]
                .relations.count == 2
        )
    }

    @Test(
        "without a next link there is none",
        arguments: [
            "", " ", ",", #"</1>; rel="prev""#, #"</1>; rel="prev"; rel="next""#, #"</1>; rel="nextish""#,
            #"</1>; title="rel=next"; rel=last"#, #"</rel="next">; rel=first"#,
        ]
    )
    func noNext(_ value: String) throws {
        #expect(try next(value) == nil)
    }

    @Test("no field is no link")
    func absent() throws {
        #expect(try LinkHeader([]).next() == nil)
    }

    @Test(
        "what cannot be read is an error and no quiet end",
        arguments: [
            "garbage", #"https://a.example/2; rel="next""#, #"<https://a.example/2; rel="next""#,
            #"<https://a.example/2> rel="next""#,
            #"<https://a.example/2>; rel="next"#, #"<https://a.example/2>; "rel=next""#, "<https://a.example/2>; rel=",
            "<https://a.example/2>; rel='next'", #"<https://a.example/2>; rel="next" <https://a.example/3>; rel=last"#,
            #"<<https://a.example/2>>; rel="next""#, #"<https://a.example/a b>; rel="next""#,
            #"<https://a.example/2>; rel="next\"#,
            #"<1>; rel=prev, garbage"#, "<", ">", #"{"next":"https://a.example/2"}"#,
            #"<https://a.example/2>; rel==next"#, "<https://a.example/2>", #"<https://a.example/2>; rev="next""#,
        ]
    )
    func broken(_ value: String) {
        #expect(throws: TapedeckError(.pagingBroken, "")) { try LinkHeader([value]) }
    }

    @Test("several next links to different places are an error")
    func ambiguous() {
        #expect(throws: TapedeckError(.pagingBroken, "")) { try next("</2>; rel=next, </3>; rel=next") }
    }

    @Test("random text never traps")
    func fuzz() {
        var random = RandomSequence(seed: 3)
        let words = [
            "<", ">", ";", ",", "=", "\"", "\\", " ", "\t", "rel", "next", "prev", "https://a.example/?a=1", "é",
            "\u{301}", "🎈", "'", "",
        ]
        var read = 0
        for _ in 0..<50_000 {
            let text = (0..<Int.random(in: 0..<14, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }.joined()
            if let header = try? LinkHeader([text]) {
                read += 1
                _ = try? header.next()
            }
        }
        #expect(read > 0 && read < 50_000)
    }
}
