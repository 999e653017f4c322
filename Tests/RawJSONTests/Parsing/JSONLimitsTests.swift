import RawJSON
import Testing

@Suite("Limits")
struct JSONLimitsTests {
    private func nested(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }

    @Test("Arrays may be 512 deep and no deeper, unless told otherwise")
    func limitsDepth() {
        #expect(parsingError(nested(512)) == nil)
        #expect(parsingError(nested(513)) == JSONError(code: .depthExceeded, offset: 512))
        #expect(parsingError(nested(5000), limits: JSONLimits(maximumDepth: 5000)) == nil)
        #expect(parsingError(Array("1".utf8), limits: JSONLimits(maximumDepth: 0)) == nil)
        #expect(parsingError(Array("{}".utf8), limits: JSONLimits(maximumDepth: 0))?.code == .depthExceeded)
    }

    @Test("Depth counts what is open at once, not what was opened")
    func siblingsDoNotAddToDepth() {
        #expect(parsingError(Array("[[],{},[[]],[]]".utf8), limits: JSONLimits(maximumDepth: 3)) == nil)
    }

    @Test("Values are counted across the whole text")
    func limitsValues() {
        let text = Array("[1,{\"a\":[2]}]".utf8)
        #expect(parsingError(text, limits: JSONLimits(maximumValues: 5)) == nil)
        #expect(parsingError(text, limits: JSONLimits(maximumValues: 4)) == JSONError(code: .tooLarge, offset: 9))
    }

    @Test("A text of 64 MiB is parsed and one byte more is not")
    func limitsBytes() {
        var text = [UInt8](repeating: 0x20, count: JSONLimits.maximumByteCount)
        text[text.count - 1] = UInt8(ascii: "1")
        #expect(parsingError(text) == nil)
        text.append(0x20)
        #expect(parsingError(text) == JSONError(code: .tooLarge, offset: JSONLimits.maximumByteCount))
    }

    @Test("Of duplicate keys the last wins by default and all are iterated")
    func lastDuplicateWins() throws {
        let root = try JSONDocument(parsing: #"{"a":1,"b":[{"a":9}],"\u0061":2}"#).root
        #expect(root["a"]?.integer == 2)
        #expect(root.members.map(\.name) == ["a", "b", "a"])
    }

    @Test(
        "A duplicate key is rejected on demand, however it is escaped and however deep",
        arguments: [
            (#"{"a":1,"a":2}"#, 7), (#"{"a":1,"b":{"a":1},"\u0061":2}"#, 19), (#"[{"x":[1,{"":0,"":0}]}]"#, 15),
        ]
    )
    func rejectsDuplicate(_ text: String, _ offset: Int) {
        let error = parsingError(Array(text.utf8), limits: JSONLimits(duplicateKeys: .reject))
        #expect(error == JSONError(code: .duplicateKey, offset: offset))
    }

    @Test("Keys that differ in bytes are no duplicates, even when Unicode calls them equivalent")
    func distinctKeys() throws {
        let text = "{\"\u{E9}\":1,\"e\u{301}\":2,\"in\":{\"in\":3}}"
        let root = try JSONDocument(parsing: text, limits: JSONLimits(duplicateKeys: .reject)).root
        #expect(root["\u{E9}"]?.integer == 1)
        #expect(root["e\u{301}"]?.integer == 2)
    }
}
