import JSON5
import Testing

@Suite("JSON5 values")
struct JSON5ValueTests {
    @Test(
        "reads every form of the grammar",
        arguments: [
            ("null", "null"),
            ("true", "true"),
            ("false", "false"),
            ("[]", "[]"),
            ("{}", "{}"),
            ("[1,]", "[1]"),
            ("[ 1 , [2,], ]", "[1,[2]]"),
            ("{a:1,}", #"{"a":1}"#),
            ("{a:{b:[{}]}}", #"{"a":{"b":[{}]}}"#),
            ("// first\n1 // last", "1"),
            ("/* a * / // ** **/ 1 /**/", "1"),
            ("[1/*,2*/,3]", "[1,3]"),
            ("{a/**/:/**/1//\n}", #"{"a":1}"#),
            ("// ends at a line separator\u{2028}1", "1"),
            ("\u{FEFF}\t\u{B}\u{C} \u{A0}\u{2003}\u{3000}\n\r\u{2028}\u{2029}1\u{FEFF}", "1"),
        ]
    )
    func forms(text: String, expected: String) throws {
        #expect(try JSON5Document(parsing: text).root.rendering == expected)
        #expect(try JSON5Document(parsing: Array(text.utf8)).root.rendering == expected)
    }

    @Test("reads the specification's opening example")
    func openingExample() throws {
        let text = """
            {
              // comments
              unquoted: 'and you can quote me on that',
              singleQuotes: 'I can use "double quotes" here',
              lineBreaks: "Look, Mom! \\
            No \\\\n's!",
              hexadecimal: 0xdecaf,
              leadingDecimalPoint: .8675309, andTrailing: 8675309.,
              positiveSign: +1,
              trailingComma: 'in objects', andIn: ['arrays',],
              "backwardsCompatible": "with JSON",
            }
            """
        let root = try JSON5Document(parsing: text).root
        #expect(root["unquoted"]?.string == "and you can quote me on that")
        #expect(root["singleQuotes"]?.string == #"I can use "double quotes" here"#)
        #expect(root["lineBreaks"]?.string == #"Look, Mom! No \n's!"#)
        #expect(root["hexadecimal"]?.number?.integer == 912_559)
        #expect(root["leadingDecimalPoint"]?.number?.double == 0.8675309)
        #expect(root["andTrailing"]?.number?.double == 8_675_309)
        #expect(root["positiveSign"]?.number?.integer == 1)
        #expect(root["andIn"]?.elements?.map(\.string) == ["arrays"])
        #expect(root["backwardsCompatible"]?.string == "with JSON")
        #expect(root.members?.count == 10)
    }

    @Test(
        "resolves escapes in strings",
        arguments: [
            (#""""#, ""),
            (#"'"'"#, "\""),
            (#""'""#, "'"),
            (#"'\'\"\\\/'"#, "'\"\\/"),
            (#"'\b\f\n\r\t\v\0'"#, "\u{8}\u{C}\n\r\t\u{B}\0"),
            (#"'\0a'"#, "\0a"),
            (#"'\x41\x7e\xFF'"#, "A~\u{FF}"),
            (#"'\u0041\u00e9\uD83C\uDFBC'"#, "A\u{E9}\u{1F3BC}"),
            (#"'\A\C\/\D\C'"#, "AC/DC"),
            ("'a\\\nb\\\r\nc\\\rd\\\u{2028}e\\\u{2029}f'", "abcdef"),
            ("'\u{2028}\u{2029}\t\u{1F600}'", "\u{2028}\u{2029}\t\u{1F600}"),
            ("'// no comment /* */'", "// no comment /* */"),
        ]
    )
    func escapes(text: String, expected: String) throws {
        #expect(try JSON5Document(parsing: text).root.string == expected)
    }

    @Test(
        "reads names with and without quotes",
        arguments: [
            ("width", "width"), ("width1", "width1"), ("$_$", "$_$"), ("_", "_"), ("null", "null"),
            ("Infinity", "Infinity"), ("\u{FC}ber", "\u{FC}ber"), ("\u{540D}", "\u{540D}"),
            ("a\u{200C}b", "a\u{200C}b"), ("a\u{203F}\u{661}\u{301}\u{903}", "a\u{203F}\u{661}\u{301}\u{903}"),
            (#"sig\u03A3ma"#, "sig\u{3A3}ma"), (#"\u0061b"#, "ab"),
            ("'a b'", "a b"), (#""\n""#, "\n"), ("''", ""),
        ]
    )
    func names(text: String, expected: String) throws {
        let members = try #require(try JSON5Document(parsing: "{\(text):1}").root.members)
        #expect(members.map(\.name) == [expected])
    }

    @Test("tells its kind and answers only for it")
    func accessors() throws {
        let root = try JSON5Document(parsing: "[null,true,1,'a',[],{}]").root
        let elements = try #require(root.elements)
        #expect(
            elements.map(\.kindName) == ["null", "a boolean", "a number", "a string", "an array", "an object"]
        )
        #expect(elements.map(\.isNull) == [true, false, false, false, false, false])
        #expect(elements.map(\.boolean) == [nil, true, nil, nil, nil, nil])
        #expect(elements.map { $0.number?.integer } == [nil, nil, 1, nil, nil, nil])
        #expect(elements.map(\.string) == [nil, nil, nil, "a", nil, nil])
        #expect(elements.map { $0.elements?.count } == [nil, nil, nil, nil, 0, nil])
        #expect(elements.map { $0.members?.count } == [nil, nil, nil, nil, nil, 0])
        #expect(root["a"]?.kindName == nil)
    }
}
