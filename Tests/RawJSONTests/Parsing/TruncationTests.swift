import RawJSON
import Testing

@Suite("Truncation")
struct TruncationTests {
    @Test("Every proper prefix of a valid text that is no scalar is a truncation", arguments: 100..<104)
    func prefixesAreTruncations(_ seed: UInt64) throws {
        var generator = TextGenerator(seed: seed)
        for _ in 0..<100 {
            let text = generator.document()
            let root = try JSONDocument(parsing: text).root
            guard root.kind == .object || root.kind == .array else { continue }
            for length in 0..<root.rawBytes.endIndex {
                let error = parsingError(Array(text[..<length]))
                #expect(error?.isTruncation == true, "\(length) of \(String(decoding: text, as: UTF8.self))")
                let isBlank = length <= root.rawBytes.startIndex
                #expect(error == JSONError(code: isBlank ? .empty : .unexpectedEnd, offset: length))
            }
        }
    }

    @Test("A number cut short may be whole, a string or a literal may not")
    func prefixesOfScalars() {
        #expect(parsingError(Array("12".utf8)) == nil)
        #expect(parsingError(Array("\"12".utf8))?.isTruncation == true)
        #expect(parsingError(Array("fals".utf8))?.isTruncation == true)
    }

    @Test(
        "What no continuation can mend is no truncation",
        arguments: ["[1,}", "{\"a\":01", "\"\\uD800\\uE", "\"\\uDC", "nuk"]
    )
    func hopelessPrefixes(_ text: String) {
        #expect(parsingError(Array(text.utf8))?.isTruncation == false)
    }
}
