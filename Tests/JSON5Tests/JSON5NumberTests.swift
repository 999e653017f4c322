import JSON5
import Testing

@Suite("JSON5 numbers")
struct JSON5NumberTests {
    @Test(
        "keeps the text and gives the whole number if one was written",
        arguments: [
            ("0", 0), ("-0", 0), ("+7", 7), ("42", 42), ("-42", -42),
            ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil),
            ("0xdecaf", 912_559), ("0XFf", 255), ("-0xC0FFEE", -12_648_430), ("+0x10", 16),
            ("-0x8000000000000000", Int64.min), ("0x8000000000000000", nil),
            ("1.0", nil), ("1.", nil), (".5", nil), ("1e3", nil), ("Infinity", nil), ("NaN", nil),
        ] as [(String, Int64?)]
    )
    func integers(text: String, expected: Int64?) throws {
        let number = try #require(try JSON5Document(parsing: text).root.number)
        #expect(number.text == text)
        #expect(number.integer == expected)
    }

    @Test(
        "gives the nearest floating-point value",
        arguments: [
            ("0", 0), ("42", 42), ("-1.5", -1.5), (".5", 0.5), ("-.5e1", -5), ("5.", 5), ("5.e-1", 0.5),
            ("+1.25E+2", 125), ("0.1", 0.1), ("1e-400", 0), ("0xdecaf", 912_559), ("-0x10", -16),
            ("0xFFFFFFFFFFFFFFFFFF", 0x1p72), ("1e308", 1e308), ("1e309", nil),
            ("Infinity", .infinity), ("+Infinity", .infinity), ("-Infinity", -.infinity),
        ] as [(String, Double?)]
    )
    func doubles(text: String, expected: Double?) throws {
        let number = try #require(try JSON5Document(parsing: text).root.number)
        #expect(number.double == expected)
    }

    @Test("keeps the sign of zero and the absence of a number", arguments: ["NaN", "+NaN", "-NaN"])
    func specialValues(text: String) throws {
        #expect(try JSON5Document(parsing: text).root.number?.double?.isNaN == true)
        #expect(try JSON5Document(parsing: "-0").root.number?.double?.sign == .minus)
    }
}
