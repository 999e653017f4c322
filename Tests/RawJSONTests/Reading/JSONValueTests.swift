import RawJSON
import Testing

@Suite("Reading values")
struct JSONValueTests {
    @Test("Every kind of value is read from a nested document")
    func readsEveryKind() throws {
        let document = try JSONDocument(
            parsing: #" {"a": [1, -2.5e3, "x\u00e9\n", true, false, null, {}, []], "b": {"c": 7}} "#
        )
        let items = Array(try #require(document.root["a"]).elements)
        #expect(items.map(\.kind) == [.number, .number, .string, .boolean, .boolean, .null, .object, .array])
        #expect(items[0].integer == 1)
        #expect(items[1].integer == nil)
        #expect(items[1].double == -2500)
        #expect(items[1].numberText == "-2.5e3")
        #expect(items[2].string == "x\u{e9}\n")
        #expect(items[3].boolean == true)
        #expect(items[4].boolean == false)
        #expect(items[5].isNull)
        #expect(document.root["b"]?["c"]?.integer == 7)
        #expect(document.root["c"] == nil)
        #expect(document.root.members.map(\.name) == ["a", "b"])
    }
}
