import RawJSON
import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Conditions")
struct ConditionTests {
    private static let sample = """
        {"s":"Done","n":3,"t":true,"empty":"","null":null,"list":["a","b"],"rows":[{"k":"x"},{"k":"y"}],"o":{},"q":"3"}
        """

    private var names: NameScope {
        scope([
            "one": .list([.text("all")]), "two": .list([.text("all"), .text("b")]), "text": .text("all"),
            "n": .number("3"),
        ])
    }

    @Test(
        "a test holds for what a path leads to",
        arguments: [
            (ConditionParts(at: "/s", equals: "Done"), true), (ConditionParts(at: "/s", equals: "done"), false),
            (ConditionParts(at: "/s", equals: "done", ignoringCase: true), true),
            (ConditionParts(at: "/n", equals: "3"), true), (ConditionParts(at: "/q", equals: "3"), true),
            (ConditionParts(at: "/t", equals: "true"), true), (ConditionParts(at: "/t", equals: "1"), false),
            (ConditionParts(at: "/missing", equals: ""), false), (ConditionParts(at: "/null", equals: "null"), false),
            (ConditionParts(at: "/s", isIn: ["x", "Done"]), true), (ConditionParts(at: "/s", isIn: []), false),
            (ConditionParts(at: "/s", beginsWith: "Do"), true), (ConditionParts(at: "/s", beginsWith: "on"), false),
            (ConditionParts(at: "/list", contains: "b"), true), (ConditionParts(at: "/list", contains: "c"), false),
            (ConditionParts(at: "/list", equals: "a"), false), (ConditionParts(at: "/list/*", equals: "b"), true),
            (ConditionParts(at: "/rows/*/k", equals: "y"), true), (ConditionParts(at: "/rows/*/k", equals: "z"), false),
            (ConditionParts(at: "/s", exists: true), true), (ConditionParts(at: "/o", exists: true), true),
            (ConditionParts(at: "/empty", exists: true), false), (ConditionParts(at: "/null", exists: true), false),
            (ConditionParts(at: "/missing", exists: true), false),
            (ConditionParts(at: "/missing", exists: false), true),
            (ConditionParts(at: "/empty", exists: false), true), (ConditionParts(at: "/s", exists: false), false),
            (ConditionParts(at: "/rows/*/none", exists: false), true),
            (ConditionParts(at: "/rows/*/k", exists: false), false),
        ] as [(ConditionParts, Bool)]
    )
    func paths(parts: ConditionParts, expected: Bool) throws {
        #expect(try Condition(parts).holds(row: row(Self.sample), names: names) == expected)
    }

    @Test(
        "a test holds for what a name stands for",
        arguments: [
            (ConditionParts(name: "text", equals: "all"), true), (ConditionParts(name: "one", equals: "all"), true),
            (ConditionParts(name: "two", equals: "all"), false), (ConditionParts(name: "two", contains: "all"), true),
            (ConditionParts(name: "text", contains: "all"), true), (ConditionParts(name: "n", equals: "3"), true),
            (ConditionParts(name: "none", exists: false), true), (ConditionParts(name: "none", equals: "x"), false),
            (ConditionParts(name: "text", exists: true), true), (ConditionParts(name: "text", exists: false), false),
        ] as [(ConditionParts, Bool)]
    )
    func named(parts: ConditionParts, expected: Bool) throws {
        #expect(try Condition(parts).holds(row: nil, names: names) == expected)
    }

    @Test("conditions are combined")
    func combinations() throws {
        let holds = try Condition(ConditionParts(at: "/n", equals: "3"))
        let fails = try Condition(ConditionParts(name: "text", equals: "none"))
        let row = try row(Self.sample)
        func check(_ condition: Condition) -> Bool { condition.holds(row: row, names: names) }
        #expect(check(.all([])) && check(.all([holds, holds])) && !check(.all([holds, fails])))
        #expect(!check(.any([])) && check(.any([fails, holds])) && !check(.any([fails])))
        #expect(check(.not(fails)) && !check(.not(holds)))
        #expect(Condition.all([holds, .not(.any([fails]))]).names == ["text"])
        #expect(Condition.not(.any([fails, holds])).usesRow)
        #expect(!fails.usesRow)
    }

    @Test("without a row only the lack of a value can be true")
    func noRow() throws {
        #expect(try Condition(ConditionParts(at: "/a", exists: false)).holds(row: nil, names: names))
        #expect(try !Condition(ConditionParts(at: "/a", exists: true)).holds(row: nil, names: names))
        #expect(try !Condition(ConditionParts(at: "/a", equals: "")).holds(row: nil, names: names))
    }

    @Test(
        "what is no condition is refused",
        arguments: [
            (ConditionParts(equals: "a"), nil), (ConditionParts(at: "/a", name: "b", equals: "a"), "name"),
            (ConditionParts(at: "/a"), nil), (ConditionParts(at: "/a", equals: "a", exists: true), nil),
            (ConditionParts(at: "a", equals: "a"), "at"),
            (ConditionParts(at: "/a", exists: true, ignoringCase: true), "ignoringCase"),
        ] as [(ConditionParts, String?)]
    )
    func refusals(parts: ConditionParts, member: String?) throws {
        let problem = try #require(problem { try Condition(parts) })
        #expect(problem.member == member)
        #expect(!problem.message.isEmpty)
    }
}
