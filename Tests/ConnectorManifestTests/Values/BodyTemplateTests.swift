import RawJSON
import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Bodies with holes")
struct BodyTemplateTests {
    private let names = scope([
        "n": .number("3"), "ids": .list([.text("a"), .text("b")]), "flag": .boolean(false), "quote": .text("a\"b"),
        "from": .time(Timestamp(secondsSince1970: 0)),
    ])

    private func text(_ text: String) throws -> BodyTemplate { .text(try TextTemplate(text)) }

    private func body(_ members: KeyValuePairs<String, BodyTemplate>) -> BodyTemplate {
        .object(members.map { BodyTemplate.Member(name: $0.key, value: $0.value) })
    }

    @Test("a hole keeps the type of what it holds, and texts are escaped")
    func types() throws {
        let template = body([
            "n": try text("{n}"), "text": try text("n={n}"), "ids": try text("{ids}"), "flag": try text("{flag}"),
            "quote": try text("{quote}!"), "from": try text("{from}"), "unix": try text("{from | unix_seconds}"),
            "plain": try text("x"), "none": .null, "yes": .boolean(true), "big": .number("12345678901234567890"),
            "brace": try text("{{}}"),
        ])
        let rendered = String(decoding: try template.render(names: names), as: UTF8.self)
        #expect(
            rendered == """
                {"n":3,"text":"n=3","ids":["a","b"],"flag":false,"quote":"a\\"b!","from":"1970-01-01T00:00:00Z","unix":0,"plain":"x",\
                "none":null,"yes":true,"big":12345678901234567890,"brace":"{}"}
                """
        )
    }

    @Test("what has no value is left out")
    func absence() throws {
        let template = body([
            "a": try text("{missing}"),
            "b": .list([try text("{missing}"), try text("{n}"), body(["c": try text("x{missing}")])]),
            "d": try text(""),
        ])
        #expect(String(decoding: try template.render(names: names), as: UTF8.self) == "{\"b\":[3,{}],\"d\":\"\"}")
        #expect(try text("{missing}").render(names: names) == Array("null".utf8))
    }

    @Test("a body tells which names it uses")
    func uses() throws {
        let template = body(["a": .list([try text("{n}{ids}")]), "b": .null])
        #expect(template.names == ["n", "ids"])
        #expect(!template.usesRow)
        #expect(try text("{/a}").usesRow)
    }

    @Test("a filter that cannot be applied is told")
    func failures() throws {
        #expect(problem { try body(["a": text("x{quote | date}")]).render(names: names) } != nil)
        #expect(problem { try body(["a": text("{quote | date}")]).render(names: names) } != nil)
    }
}
