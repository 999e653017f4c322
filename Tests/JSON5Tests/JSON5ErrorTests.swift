import JSON5
import Testing

@Suite("JSON5 errors")
struct JSON5ErrorTests {
    @Test("says where the text stops being JSON5, what is there and what belongs there", arguments: Refusal.all)
    func refusals(refusal: Refusal) {
        let error = #expect(throws: JSON5Error.self) { try JSON5Document(parsing: refusal.text) }
        #expect(error?.position == JSON5Position(line: refusal.line, column: refusal.column))
        #expect(error?.message == refusal.message)
    }

    @Test("refuses a name that comes twice, however it is written", arguments: ["a", "'a'", #""a""#, #"\u0061"#])
    func duplicates(second: String) {
        let error = #expect(throws: JSON5Error.self) {
            try JSON5Document(parsing: "{ a: 1,\n  b: { a: 2 },\n  \(second): 3 }", fileName: "tapedeck.json5")
        }
        #expect(error?.position == JSON5Position(line: 3, column: 3))
        #expect(error?.relatedPosition == JSON5Position(line: 1, column: 3))
        #expect(
            error?.description
                == "tapedeck.json5:3:3: found a name for the second time in one object, "
                + "expected it once: it is also at line 1, column 3"
        )
    }

    @Test("takes two spellings that Unicode calls equivalent for one name")
    func equivalentDuplicates() {
        #expect(throws: JSON5Error.self) { try JSON5Document(parsing: #"{ '\u00E9': 1, 'e\u0301': 2 }"#) }
    }

    @Test("takes a hundred levels and refuses the next", arguments: [("[", "]"), ("{a:", "}")])
    func depth(open: String, close: String) throws {
        func nested(_ levels: Int) -> String {
            let core = open == "[" ? "" : "1"
            return String(repeating: open, count: levels) + core + String(repeating: close, count: levels)
        }
        _ = try JSON5Document(parsing: nested(100))
        _ = try JSON5Document(parsing: "[\(nested(99)),\(nested(99))]")
        let error = #expect(throws: JSON5Error.self) { try JSON5Document(parsing: nested(101)) }
        #expect(error?.position == JSON5Position(line: 1, column: 100 * open.utf8.count + 1))
        #expect(error?.message.hasSuffix("expected at most 100 arrays and objects in one another") == true)
        #expect(throws: JSON5Error.self) { try JSON5Document(parsing: nested(100_000)) }
    }

    @Test("refuses bytes that are not UTF-8", arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
    func encoding(bytes: [UInt8]) {
        let error = #expect(throws: JSON5Error.self) {
            try JSON5Document(parsing: Array("[1,\n '\u{E9}".utf8) + bytes + Array("']".utf8))
        }
        #expect(error?.position == JSON5Position(line: 2, column: 4))
        #expect(error?.message == "found a byte that is not UTF-8, expected UTF-8 text")
    }

    @Test(
        "shows one character of the text at most",
        arguments: ["hunter2", "'hunter2", "hunter2'", "'a' hunter2", "['hunter2' 1]"]
    )
    func secrecy(text: String) {
        let error = #expect(throws: JSON5Error.self) { try JSON5Document(parsing: text) }
        #expect(error?.description.contains("hu") == false)
        #expect(error?.description.contains("unter") == false)
    }

    @Test("names the file if it is known, and the place in words if not")
    func description() {
        let place = JSON5Position(line: 3, column: 5)
        #expect(JSON5Error(fileName: "a.json5", position: place, message: "m").description == "a.json5:3:5: m")
        #expect(JSON5Error(position: place, message: "m").description == "line 3, column 5: m")
    }
}
