import RawJSON
import Testing

@Suite("Reading scalars")
struct JSONScalarTests {
    private func root(_ text: String) throws -> JSONValue { try JSONDocument(parsing: text).root }

    @Test("An identifier of 20 digits survives as text, quoted or not")
    func keepsLongIdentifiers() throws {
        let value = try root(#"{"a":18446744073709551615,"b":"18446744073709551615","c":true}"#)
        #expect(value["a"]?.scalarText == "18446744073709551615")
        #expect(value["a"]?.integer == nil)
        #expect(value["b"]?.scalarText == "18446744073709551615")
        #expect(try #require(value["c"]).scalarText == nil)
        #expect(value.scalarText == nil)
    }

    @Test(
        "An integer is read only when it is written as one and fits",
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("99999999999999999999", nil), ("1.0", nil),
            ("1e2", nil), ("\"1\"", nil), ("true", nil),
        ] as [(String, Int64?)]
    )
    func readsIntegers(_ text: String, _ expected: Int64?) throws {
        #expect(try root(text).integer == expected)
    }

    @Test(
        "A double is read when the number is in range",
        arguments: [("1e2", 100), ("-0.5", -0.5), ("1e400", nil), ("-1e400", nil), ("1e-400", 0), ("\"1\"", nil)]
            as [(String, Double?)]
    )
    func readsDoubles(_ text: String, _ expected: Double?) throws {
        #expect(try root(text).double == expected)
        #expect(try root(text).numberText == (text.hasPrefix("\"") ? nil : text))
    }

    @Test(
        "Escapes are decoded",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000\u00E9\u20ac""#, "\0\u{E9}\u{20AC}"),
            (#""a\uD83D\uDE00b""#, "a\u{1F600}b"), (#""\ud800\udc00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
            ("\"\u{E9}\u{1F600}\"", "\u{E9}\u{1F600}"), ("\"\"", ""),
        ]
    )
    func decodesEscapes(_ text: String, _ expected: String) throws {
        let string = try #require(try root(text).string)
        #expect(Array(string.utf8) == Array(expected.utf8))
    }

    @Test("A key is found by its decoded name, however it is escaped")
    func findsEscapedKeys() throws {
        let value = try root(#"{"\u0061\/\ud83d\ude00":1,"a":2,"plain name":3,"":4}"#)
        #expect(value["a/\u{1F600}"]?.integer == 1)
        #expect(value["a"]?.integer == 2)
        #expect(value["plain name"]?.integer == 3)
        #expect(value["plain nome"] == nil)
        #expect(value[""]?.integer == 4)
        #expect(value["\\u0061"] == nil)
    }

    @Test("Keys of every length are told apart from those that differ in one byte", arguments: 1...40)
    func findsKeysOfEveryLength(_ length: Int) throws {
        let key = String("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH".prefix(length))
        let value = try root("{\"\(key)\":1}")
        #expect(value[key]?.integer == 1)
        #expect(value[key + "x"] == nil)
        #expect(value[String(key.dropLast())] == nil)
        for position in 0..<length {
            var other = Array(key.utf8)
            other[position] = UInt8(ascii: "_")
            #expect(value[String(decoding: other, as: UTF8.self)] == nil)
        }
    }

    @Test("Values of the wrong kind read as nothing")
    func readsNothingFromOtherKinds() throws {
        let value = try root("[1]")
        #expect(value["a"] == nil)
        #expect(value.members.isEmpty)
        #expect(value.string == nil)
        #expect(value.boolean == nil)
        #expect(!value.isNull)
        #expect(try root("{\"a\":1}").elements.isEmpty)
        #expect(try root("\"a\"")["a"] == nil)
    }

    @Test("Raw bytes are what was received, for each value")
    func keepsRawBytes() throws {
        let value = try root(" { \"a\" : [ 1.50 ,\n\"\\u0041\" , { } ] }\n")
        let array = try #require(value["a"])
        #expect(String(decoding: value.rawBytes, as: UTF8.self) == "{ \"a\" : [ 1.50 ,\n\"\\u0041\" , { } ] }")
        #expect(array.elements.count == 3)
        #expect(array.elements.map { String(decoding: $0.rawBytes, as: UTF8.self) } == ["1.50", "\"\\u0041\"", "{ }"])
    }

    @Test("The raw bytes of every value parse to the same value", arguments: 200..<204 as Range<UInt64>)
    func rawBytesParse(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        for _ in 0..<200 {
            var pending = [try JSONDocument(parsing: generator.document()).root]
            while let value = pending.popLast() {
                let again = try JSONDocument(parsing: Array(value.rawBytes)).root
                #expect(again.kind == value.kind)
                #expect(again.rawBytes.elementsEqual(value.rawBytes))
                #expect(again.elements.count == value.elements.map(\.kind).count)
                #expect(again.members.count == value.members.map(\.name).count)
                pending += Array(value.elements) + value.members.map(\.value)
            }
        }
    }
}
