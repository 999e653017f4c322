import RawJSON
import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Values of a row")
struct ValueExpressionTests {
    private static let sample = """
        {"id":71,"big":12345678901234567890,"name":"Ann","empty":"","null":null,"yes":true,"object":{"a":[1]},
         "at":"2026-01-31T10:00:00","seconds":1548789650,"nanoseconds":"1759932000000000000","length":277.5,
         "url":"https://x.example/a/b%20c.mp4?X=1","sizes":[{"n":3},{"n":"4"},{},{"n":null}],
         "ends":[{"t":"2026-01-02T00:00:00Z"},{"t":"2026-03-01T00:00:00Z"},{"t":"2026-02-01T00:00:00Z"}],
         "status":"Done","host":"https://x.example","link":"https://x.example/a?X-Amz-Date=20251008T143000Z&X-Amz-Expires=900","zero":"0","decimal":3.0,"fraction":3.5}
        """

    private func value(_ parts: ValueParts, _ name: ValueConversion.Name = .text) throws -> ValueResult {
        try ValueExpression(parts, default: name).evaluate(row: row(Self.sample), names: scope(["user": .text("u")]))
    }

    private func short(_ text: String, _ name: ValueConversion.Name = .text) throws -> ValueResult {
        try ValueExpression(text, default: name).evaluate(row: row(Self.sample), names: scope(["user": .text("u")]))
    }

    @Test(
        "a short form is a path into the row or a template",
        arguments: [
            ("/id", .text("71")), ("/big", .text("12345678901234567890")), ("/name", .text("Ann")),
            ("/yes", .text("true")),
            ("/empty", .absent), ("/null", .absent), ("/missing", .absent),
            ("/object", .failed("is not a single value")),
            ("{user}-{/id}", .text("u-71")), ("fixed", .text("fixed")), ("{missing}", .absent),
            ("/sizes/*/n", .text("3")),
        ] as [(String, ValueResult)]
    )
    func shortForms(text: String, expected: ValueResult) throws { #expect(try short(text) == expected) }

    @Test(
        "a value is converted to what its field takes, or fails",
        arguments: [
            ("/id", .integer, .integer(71)), ("/decimal", .integer, .integer(3)), ("/zero", .integer, .integer(0)),
            ("/fraction", .integer, .failed("is not a whole number")),
            ("/name", .integer, .failed("is not a whole number")),
            ("/big", .integer, .failed("is not a whole number")), ("/yes", .boolean, .boolean(true)),
            ("/zero", .boolean, .boolean(false)), ("/name", .boolean, .failed("is not true or false")),
            ("/name", .lowercase, .text("ann")), ("/url", .lastPathSegment, .text("b c.mp4")),
            ("/name", .lastPathSegment, .text("Ann")),
            ("/link", .presignedExpiry, .time(Timestamp(secondsSince1970: 1_759_934_700))),
            ("/host", .lastPathSegment, .failed("has no path")), ("/object", .json, .text("{\"a\":[1]}")),
            ("/name", .json, .text("Ann")),
            ("/name", .time, .failed("is not a time as declared")), ("/empty", .time, .absent),
            ("/null", .integer, .absent),
            ("{user}", .integer, .failed("is not a whole number")), ("/url", .presignedExpiry, .absent),
        ] as [(String, ValueConversion.Name, ValueResult)]
    )
    func conversions(text: String, name: ValueConversion.Name, expected: ValueResult) throws {
        #expect(try short(text, name) == expected)
    }

    @Test(
        "times are read in the form that is declared",
        arguments: [
            ("/at", "time", nil, "2026-01-31T10:00:00Z"), ("/at", "time", "+02:00", "2026-01-31T08:00:00Z"),
            ("/seconds", "unix_seconds", nil, "2019-01-29T19:20:50Z"),
            ("/nanoseconds", "unix_nanoseconds", nil, "2025-10-08T14:00:00.000000000Z"),
        ] as [(String, String, String?, String)]
    )
    func times(path: String, conversion: String, zone: String?, expected: String) throws {
        let parts = ValueParts(from: path, conversion: conversion, zone: zone)
        #expect(try value(parts).time?.description == expected)
    }

    @Test("a pattern alone makes a time")
    func pattern() throws {
        let parts = ValueParts(from: "/at", zone: "+01:00", pattern: "yyyy-MM-dd'T'HH:mm:ss")
        #expect(try value(parts).time?.description == "2026-01-31T09:00:00Z")
    }

    @Test(
        "of several values one is taken",
        arguments: [
            ("/sizes/*/n", "first", nil, "3"), ("/sizes/*/n", "last", nil, "4"), ("/sizes/*/n", "sum", nil, "7"),
            ("/sizes/*/n", "count", nil, "2"), ("/sizes/*", "count", nil, "4"), ("/sizes/*/n", "max", "integer", "4"),
            ("/ends/*/t", "min", "time", "2026-01-02T00:00:00Z"), ("/ends/*/t", "max", "time", "2026-03-01T00:00:00Z"),
            ("/none/*", "count", nil, "0"), ("/none/*", "sum", nil, nil), ("/none/*", "first", nil, nil),
        ] as [(String, String, String?, String?)]
    )
    func picks(path: String, pick: String, conversion: String?, expected: String?) throws {
        #expect(try value(ValueParts(from: path, conversion: conversion, pick: pick)).text == expected)
    }

    @Test("a value that cannot be read spoils what is made of all of them")
    func spoiledSum() throws {
        let parts = ValueParts(from: "/*", conversion: "integer", pick: "sum")
        #expect(try value(parts) == .failed("is not a whole number"))
    }

    @Test("the first value that is there is taken, and a failure is not passed over")
    func firstOf() throws {
        let nothing = try ValueExpression("/empty")
        let id = try ValueExpression("/id")
        let broken = try ValueExpression(ValueParts(from: "/name", conversion: "integer"))
        #expect(try value(ValueParts(firstOf: [nothing, id])) == .text("71"))
        #expect(try value(ValueParts(firstOf: [nothing, id]), .integer) == .integer(71))
        #expect(try value(ValueParts(firstOf: [broken, id])) == .failed("is not a whole number"))
        #expect(try value(ValueParts(firstOf: [nothing])) == .absent)
    }

    @Test("times of different forms may stand beside each other")
    func mixedTimes() throws {
        let other = try ValueExpression(ValueParts(from: "/seconds", conversion: "unix_seconds"))
        let parts = ValueParts(firstOf: [try ValueExpression("/null"), other])
        #expect(try value(parts, .time).time?.description == "2019-01-29T19:20:50Z")
    }

    @Test("constants take their field's form")
    func constants() throws {
        #expect(try value(ValueParts(constant: .text("x"))) == .text("x"))
        #expect(try value(ValueParts(constant: .integer(3)), .integer) == .integer(3))
        #expect(try value(ValueParts(constant: .boolean(true))) == .boolean(true))
        #expect(try value(ValueParts(constant: .text("2026-01-01")), .time).time?.day == "2026-01-01")
    }

    @Test("words are looked up, and what is not found is nothing")
    func tables() throws {
        let table = ["done": "available", "71": "9"]
        #expect(try value(ValueParts(from: "/status", table: table)) == .absent)
        #expect(try value(ValueParts(from: "/status", table: table, ignoringCase: true)) == .text("available"))
        #expect(try value(ValueParts(from: "/status", conversion: "lowercase", table: table)) == .text("available"))
        #expect(try value(ValueParts(from: "/id", conversion: "integer", table: table)) == .integer(9))
        let unknown = try ValueExpression("unknown")
        #expect(try value(ValueParts(from: "/name", table: table, otherwise: unknown)) == .text("unknown"))
        #expect(try value(ValueParts(from: "/null", table: table, otherwise: unknown)) == .text("unknown"))
    }

    @Test("what is said otherwise takes the place of nothing, not of a failure")
    func otherwise() throws {
        let other = try ValueExpression("/id")
        #expect(try value(ValueParts(from: "/null", conversion: "integer", otherwise: other)) == .integer(71))
        #expect(try value(ValueParts(from: "/name", otherwise: other)) == .text("Ann"))
        #expect(
            try value(ValueParts(from: "/name", conversion: "integer", otherwise: other))
                == .failed("is not a whole number")
        )
    }

    @Test("a value whose condition does not hold is nothing")
    func conditions() throws {
        let isDone = try Condition(ConditionParts(at: "/status", equals: "Done"))
        #expect(try value(ValueParts(from: "/name", when: isDone)) == .text("Ann"))
        #expect(try value(ValueParts(from: "/name", when: .not(isDone))) == .absent)
        let parts = ValueParts(from: "/name", otherwise: try ValueExpression("/id"), when: .not(isDone))
        #expect(try value(parts) == .text("71"))
    }

    @Test(
        "a length of time is added in its unit",
        arguments: [
            ("/length", "seconds", "2026-01-31T10:04:37.5Z"), ("/length", "milliseconds", "2026-01-31T10:00:00.2775Z"),
            ("/id", "minutes", "2026-01-31T11:11:00Z"), ("/zero", "days", "2026-01-31T10:00:00Z"),
            ("/id", nil, "2026-01-31T10:01:11Z"),
            ("/null", "seconds", nil),
        ] as [(String, String?, String?)]
    )
    func additions(amount: String, unit: String?, expected: String?) throws {
        let parts = ValueParts(from: "/at", conversion: "time", plus: try ValueExpression(amount), unit: unit)
        #expect(try value(parts).time?.description == expected)
    }

    @Test("what is no length of time cannot be added", arguments: ["/name", "/big"])
    func badAdditions(amount: String) throws {
        let parts = ValueParts(from: "/at", conversion: "time", plus: try ValueExpression(amount), unit: "days")
        #expect(try value(parts) == .failed("is not a length of time"))
    }

    @Test("a failure never holds what was sent")
    func discretion() throws {
        for name in ValueConversion.Name.allCases {
            guard case .failed(let reason) = try short("/name", name) else { continue }
            #expect(!reason.contains("Ann"))
        }
    }

    @Test("without a row a path leads nowhere")
    func noRow() throws {
        #expect(try ValueExpression("/id").evaluate(row: nil, names: NameScope()) == .absent)
        #expect(try ValueExpression("").evaluate(row: nil, names: NameScope()) == .absent)
    }

    @Test("a value tells which names it uses and whether it looks at the row")
    func uses() throws {
        let inner = try ValueExpression("{b}")
        let parts = ValueParts(
            firstOf: [inner],
            conversion: "time",
            otherwise: try ValueExpression("{c}"),
            plus: try ValueExpression("{d}"),
            when: try Condition(ConditionParts(name: "e", exists: true))
        )
        let value = try ValueExpression(parts)
        #expect(value.names == ["b", "c", "d", "e"])
        #expect(!value.usesRow)
        #expect(value.mayBeTime)
        #expect(try ValueExpression("{/x}").usesRow)
        #expect(try !ValueExpression("/x").mayBeTime)
    }
}
