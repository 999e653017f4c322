import RawJSON
import Testing

@Suite("Writing")
struct JSONWriterTests {
    @Test("Commas, names and escapes are set by the writer")
    func writesNestedText() {
        var writer = JSONWriter(reservingCapacity: 64)
        writer.beginObject()
        writer.name("a\"b")
        writer.beginArray()
        writer.integer(-1)
        writer.integer(UInt64.max)
        writer.string("tab\t\u{1}\u{1F}\\/é")
        writer.beginObject()
        writer.endObject()
        writer.null()
        writer.boolean(true)
        writer.endArray()
        writer.name(JSONName("n"))
        writer.double(0.5)
        writer.endObject()
        writer.newline()
        writer.beginArray()
        writer.endArray()
        let expected = #"{"a\"b":[-1,18446744073709551615,"tab\t\u0001\u001f\\/é",{},null,true],"n":0.5}"# + "\n[]"
        #expect(String(decoding: writer.take(), as: UTF8.self) == expected)
        #expect(writer.bytes.isEmpty)
    }

    @Test("A raw value keeps its bytes, save that line breaks become spaces")
    func writesRawOnOneLine() throws {
        let root = try JSONDocument(parsing: "{\"a\":\r\n[ 1.0,\n\"x\\ny\"\t]}\n").root
        var writer = JSONWriter()
        writer.beginArray()
        writer.raw(root)
        writer.raw(try #require(root["a"]))
        writer.endArray()
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text == #"[{"a":  [ 1.0, "x\ny""# + "\t]}," + #"[ 1.0, "x\ny""# + "\t]]")
    }

    @Test("A number is written as it came, and anything else as a string")
    func writesRawNumbers() {
        var writer = JSONWriter()
        writer.beginArray()
        for text in ["1.50", "-0", "18446744073709551616", "1e400", "01", "1,2", "NaN", "", "[1]"] {
            writer.rawNumber(text)
        }
        writer.double(.infinity)
        writer.integer(Int64.min)
        writer.integer(0 as UInt8)
        writer.endArray()
        let expected = #"[1.50,-0,18446744073709551616,1e400,"01","1,2","NaN","","[1]",null,-9223372036854775808,0]"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }

    @Test("Every character reads back as it was written, and none but the required ones is escaped")
    func escapesAllCharacters() throws {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: (0...0x2FF).compactMap(Unicode.Scalar.init as (Int) -> Unicode.Scalar?))
        scalars.append(contentsOf: ["\u{2028}", "\u{FFFF}", "\u{1F600}", "\u{10FFFF}"])
        let text = String(scalars)
        var writer = JSONWriter()
        writer.string(text)
        #expect(try JSONDocument(parsing: writer.bytes).root.string.map { Array($0.utf8) } == Array(text.utf8))
        // Quote, backslash and five short escapes add a byte each, the other 27 control characters five.
        #expect(writer.bytes.count == text.utf8.count + 2 + 7 + 27 * 5)
    }

    @Test("What is read and written again reads the same", arguments: 300..<304 as Range<UInt64>)
    func roundTrips(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        for _ in 0..<200 {
            let value = try JSONDocument(parsing: generator.document()).root
            var copy = JSONWriter()
            write(value, to: &copy)
            let again = try JSONDocument(parsing: copy.take()).root
            expectEqual(again, value)
            write(again, to: &copy)
            #expect(copy.bytes == again.rawBytes.map { $0 })
            copy.removeAll()
            copy.raw(value)
            #expect(!copy.bytes.contains { $0 == 0x0A || $0 == 0x0D })
            expectEqual(try JSONDocument(parsing: copy.bytes).root, value)
        }
    }

    private func write(_ value: JSONValue, to writer: inout JSONWriter) {
        switch value.kind {
        case .object:
            writer.beginObject()
            for (name, member) in value.members {
                writer.name(name)
                write(member, to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for element in value.elements { write(element, to: &writer) }
            writer.endArray()
        case .string: writer.string(value.string ?? "")
        case .number: writer.rawNumber(value.numberText ?? "")
        case .boolean: writer.boolean(value.boolean ?? false)
        case .null: writer.null()
        }
    }

    private func expectEqual(_ left: JSONValue, _ right: JSONValue) {
        #expect(left.kind == right.kind)
        #expect(left.scalarText == right.scalarText)
        #expect(left.boolean == right.boolean)
        #expect(left.members.map(\.name) == right.members.map(\.name))
        #expect(left.elements.count == right.elements.count)
        for (left, right) in zip(left.elements, right.elements) { expectEqual(left, right) }
        for (left, right) in zip(left.members, right.members) { expectEqual(left.value, right.value) }
    }
}
