import Testing

@testable import ConnectorManifest

@Suite("Declarations of values")
struct ValueDeclarationTests {
    private static let path = "/a"

    @Test(
        "what cannot be obeyed is refused, with the member that is wrong",
        arguments: [
            (ValueParts(), nil, "one of from"),
            (ValueParts(from: "/a", constant: .integer(1)), nil, "one of from"),
            (ValueParts(from: "{a"), "from", "not closed"),
            (ValueParts(from: "{a|nope}"), "from", "no filter"),
            (ValueParts(from: "/~"), "from", "\"~0\" is"),
            (ValueParts(from: "/a", conversion: "intger"), "as", "no conversion \"intger\""),
            (ValueParts(from: "/a", conversion: "integer", zone: "+01:00"), "zone", "without one"),
            (ValueParts(from: "/a", conversion: "time", zone: "CET"), "zone", "offset"),
            (ValueParts(from: "/a", conversion: "unix_seconds", pattern: "yyyy-MM-dd"), "pattern", "for times"),
            (ValueParts(from: "/a", pattern: "HH"), "pattern", "year"),
            (ValueParts(from: "/a", pick: "first"), "pick", "with \"*\""),
            (ValueParts(from: "{a}", pick: "first"), "pick", "with \"*\""),
            (ValueParts(from: "/a/*", pick: "most"), "pick", "no pick \"most\""),
            (ValueParts(from: "/a/*", pick: "max"), "pick", "as says which"),
            (ValueParts(from: "/a/*", conversion: "text", pick: "sum"), "pick", "whole numbers"),
            (ValueParts(from: "/a", table: [:]), "table", "at least one"),
            (ValueParts(from: "/a", table: ["a": "1", "A": "2"], ignoringCase: true), "table", "in case alone"),
            (ValueParts(from: "/a", ignoringCase: true), "ignoringCase", "for a table"),
        ] as [(ValueParts, String?, String)]
    )
    func refusals(parts: ValueParts, member: String?, text: String) throws {
        let problem = try #require(problem { try ValueExpression(parts) })
        #expect(problem.member == member)
        #expect(problem.message.contains(text))
    }

    @Test("lengths of time belong to times, in known units")
    func lengths() throws {
        let amount = try ValueExpression("/n")
        #expect(problem { try ValueExpression(ValueParts(from: "/a", plus: amount)) }?.member == "plus")
        let weeks = ValueParts(from: "/a", conversion: "time", plus: amount, unit: "weeks")
        #expect(problem { try ValueExpression(weeks) }?.known.contains("days") == true)
    }

    @Test("an unknown conversion comes with those that are known")
    func suggestions() throws {
        let problem = try #require(problem { try ValueExpression(ValueParts(from: "/a", conversion: "unixseconds")) })
        #expect(problem.unknown == "unixseconds")
        #expect(problem.known.contains("unix_seconds"))
    }

    @Test("every conversion has a sentence", arguments: ValueConversion.Name.allCases)
    func help(name: ValueConversion.Name) { #expect(name.help.hasSuffix(".")) }
}
