import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Templates")
struct TextTemplateTests {
    private let time = Timestamp(secondsSince1970: 1_283_286_988, nanoseconds: 250_000_000, fractionDigits: 2)

    private var names: NameScope {
        scope([
            "user": .text("a/b"), "settings.site": .text("Ä \"x\""), "count": .number("12345678901234567890"),
            "from": .time(time), "flag": .boolean(true), "ids": .list([.text("a"), .number("2")]), "none": .text(""),
            "day": .text("2026-01-31"),
        ])
    }

    @Test(
        "holes are filled",
        arguments: [
            ("", nil),
            ("plain", "plain"),
            ("{user}", "a/b"),
            ("/u/{user}/x", "/u/a/b/x"),
            ("{ user }{count}", "a/b12345678901234567890"),
            ("{{{user}}}", "{a/b}"),
            ("{{ a }}", "{ a }"),
            ("{from}", "2010-08-31T20:36:28.25Z"),
            ("{from | iso}", "2010-08-31T20:36:28.25Z"),
            ("{from|iso_seconds}", "2010-08-31T20:36:28Z"),
            ("{from | date}", "2010-08-31"),
            ("{from | next_day | date}", "2010-09-01"),
            ("{from | unix_seconds}", "1283286988"),
            ("{from | unix_milliseconds}", "1283286988250"),
            ("{from | unix_nanoseconds}", "1283286988250000000"),
            ("{from | rfc2822}", "Tue, 31 Aug 2010 20:36:28 +0000"),
            ("{day | next_day | date}", "2026-02-01"),
            ("{settings.site | lowercase}", "ä \"x\""),
            ("{settings.site | percent_encode}", "%C3%84%20%22x%22"),
            ("{settings.site | base64}", "w4QgIngi"),
            ("q({settings.site | json})", "q(\"Ä \\\"x\\\"\")"),
            ("{ids | json}", "[\"a\",2]"),
            ("{count | json}", "12345678901234567890"),
            ("{ids}", "a,2"),
            ("{flag}", "true"),
            ("x{missing}", nil),
            ("{none}", nil),
            ("{/a/b}!", "7!"),
            ("{/e | lowercase}", "x@y.z"),
            ("{/none}", nil),
            ("{/nothing}", nil),
        ]
    )
    func fills(template: String, expected: String?) throws {
        let row = try row("{\"a\":{\"b\":7},\"e\":\"X@Y.z\",\"none\":null}")
        #expect(try TextTemplate(template).evaluate(row: row, names: names).text == expected)
    }

    @Test("a template that is one hole keeps a time a time, and a truth a truth")
    func types() throws {
        #expect(try TextTemplate("{from}").evaluate(names: names) == .time(time))
        #expect(try TextTemplate("{flag}").evaluate(names: names) == .boolean(true))
        #expect(try TextTemplate("{count}").soleValue(names) == .number("12345678901234567890"))
        #expect(try TextTemplate("{from | unix_seconds}").soleValue(names) == .number("1283286988"))
        #expect(try TextTemplate("a{count}").soleValue(names) == nil)
        #expect(try TextTemplate("{missing}").soleValue(names) == nil)
    }

    @Test(
        "a filter for times fails on what is none",
        arguments: ["{user | date}", "a{count | iso}", "{flag | rfc2822}"]
    )
    func unsuitable(template: String) throws {
        let template = try TextTemplate(template)
        guard case .failed(let reason) = template.evaluate(names: names) else {
            Issue.record("it did not fail")
            return
        }
        #expect(reason.contains("does not suit"))
        #expect(problem { try template.text(names) }?.message == reason)
    }

    @Test("a row's object is no text")
    func container() throws {
        let result = try TextTemplate("{/a}").evaluate(row: row("{\"a\":[1]}"), names: names)
        #expect(result == .failed("is not a single value"))
    }

    @Test("a template tells what it uses")
    func uses() throws {
        let template = try TextTemplate("/x/{user}/{/id}/{ settings.site | lowercase }")
        #expect(template.names == ["user", "settings.site"])
        #expect(template.usesRow)
        #expect(template.literal == nil)
        #expect(try TextTemplate("{user}").soleName == "user")
        #expect(try TextTemplate("{user | lowercase}").soleName == nil)
        #expect(try TextTemplate("{user}x").soleName == nil)
        #expect(try TextTemplate("a{{b}}").literal == "a{b}")
        #expect(try TextTemplate("").literal == "")
        #expect(try !TextTemplate("{user}").usesRow)
    }

    @Test(
        "what is no template is refused in one sentence",
        arguments: [
            ("{", "not closed"), ("a}", "closes nothing"), ("{}", "no name"), ("{a b}", "not a name"),
            ("{a|nope}", "no filter \"nope\""), ("{a|}", "no filter \"\""), ("{/~}", "\"~0\" is"),
            ("{\"a\": 1}", "not a name"),
        ]
    )
    func refusals(template: String, part: String) throws {
        #expect(try #require(problem { try TextTemplate(template) }).message.contains(part))
    }

    @Test("an unknown filter comes with those that are known")
    func suggestions() throws {
        let problem = try #require(problem { try TextTemplate("{a | unix_second}") })
        #expect(problem.unknown == "unix_second")
        #expect(problem.known.contains("unix_seconds"))
    }

    @Test("every filter has a sentence", arguments: TemplateFilter.allCases)
    func help(filter: TemplateFilter) { #expect(filter.help.hasSuffix(".")) }

    @Test(
        "Base64 is that of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("\u{3FF}?\u{3FF}", "z78/z78="),
        ]
    )
    func base64(text: String, expected: String) { #expect(Base64.encode(text.utf8) == expected) }
}
