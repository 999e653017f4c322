import Foundation
import RawJSON
import Testing

@Suite("Agreement with JSONSerialization")
struct FoundationAgreementTests {
    private static func foundationAccepts(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    }

    @Test("Valid texts are accepted, and damaged ones accepted or rejected alike", arguments: 0..<8 as Range<UInt64>)
    func agreesOnGeneratedTexts(_ seed: UInt64) {
        var generator = TextGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<1_000 {
            let valid = generator.document()
            #expect(parsingError(valid) == nil, "\(String(decoding: valid, as: UTF8.self))")
            for bytes in [valid, generator.damaged(valid), generator.damaged(valid)] {
                let accepts = parsingError(bytes) == nil
                accepted += accepts ? 1 : 0
                guard accepts != Self.foundationAccepts(bytes) else { continue }
                #expect(Self.isKnownDifference(bytes), "\(bytes) \(String(decoding: bytes, as: UTF8.self))")
            }
        }
        #expect((1_000..<3_000).contains(accepted))
    }

    @Test(
        "Both accept",
        arguments: [
            "0", "-0", "-0.0e-0", "1E+2", "123456789012345678901234567890", "1e-400", "0e999999", "\"\"", "\"\\u0000\"",
            "\"\u{7F}\u{FFFE}\u{10FFFF}\"", "\"\\uDBFF\\uDFFF\"", "\"\\/\"", "[]", "{}", "[[],{}]", "{\"\":0}",
            "{\"a\":1,\"a\":2}", " \t\r\n1\n", "\u{FEFF}[1]", "true", "false", "null",
        ]
    )
    func acceptsAlike(_ text: String) {
        #expect(parsingError(Array(text.utf8)) == nil)
        #expect(Self.foundationAccepts(Array(text.utf8)))
    }

    @Test("Both reject what the table of faults holds", arguments: JSONErrorTests.faults)
    func rejectsAlike(_ fault: JSONErrorTests.Fault) {
        let bytes = Array(fault.text.utf8)
        #expect(!Self.foundationAccepts(bytes) || Self.isKnownDifference(bytes))
    }

    @Test("Both reject bytes that are not UTF-8 in a string and a byte order mark alone or twice")
    func rejectsBytesAlike() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let texts = JSONErrorTests.malformed.map { [0x22] + $0.bytes + [0x22] } + [mark, mark + mark + [0x31]]
        for bytes in texts {
            #expect(parsingError(bytes) != nil)
            #expect(!Self.foundationAccepts(bytes))
        }
    }

    @Test("Both allow 512 open arrays or objects and no more", arguments: [("[", "]"), ("{\"a\":", "}")])
    func limitsDepthAlike(_ opening: String, _ closing: String) {
        for (depth, accepts) in [(512, true), (513, false)] {
            let inner = opening == "[" ? "" : "1"
            let text = String(repeating: opening, count: depth) + inner + String(repeating: closing, count: depth)
            #expect((parsingError(Array(text.utf8)) == nil) == accepts)
            #expect(Self.foundationAccepts(Array(text.utf8)) == accepts)
        }
    }

    @Test("Where the platform departs from RFC 8259 the RFC holds")
    func keepsToStandard() {
        for text in ["1e400", "[-1e99999999999999999999]"] { #expect(parsingError(Array(text.utf8)) == nil) }
        for text in ["[1,]", "{\"a\":1 , }"] { #expect(parsingError(Array(text.utf8))?.code == .unexpectedByte) }
        #expect(parsingError([0x31, 0x00])?.code == .trailingContent)
        #expect(parsingError([0xFF, 0xFE, 0x31, 0x00])?.code == .unexpectedByte)
    }
}

// MARK: - Differences

extension FoundationAgreementTests {
    /// Whether a text is one that the platform misjudges, proved by mending just that and seeing both accept the rest.
    ///
    /// - Numbers beyond the range of `Double` are grammatical, and rejected there.
    /// - One comma before the end of an array or object that is not empty is not grammatical, and accepted there.
    /// - UTF-16 and UTF-32 are not allowed, and recognised there by a mark or by zeros among the first four bytes.
    private static func isKnownDifference(_ bytes: [UInt8]) -> Bool {
        if bytes.prefix(4).contains(0) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            return parsingError(bytes) != nil
        }
        let mended = withoutHugeNumbers(withoutTrailingCommas(bytes))
        return mended != bytes && parsingError(mended) == nil && foundationAccepts(mended)
    }

    private static func withoutTrailingCommas(_ bytes: [UInt8]) -> [UInt8] {
        let spaces = Array(" \t\r\n".utf8)
        var bytes = bytes
        while let error = parsingError(bytes), error.code == .unexpectedByte {
            let before = bytes[..<error.offset]
            guard "]}".utf8.contains(bytes[error.offset]),
                let comma = before.lastIndex(where: { !spaces.contains($0) }),
                bytes[comma] == UInt8(ascii: ","), let last = bytes[..<comma].last(where: { !spaces.contains($0) }),
                !"[{,".utf8.contains(last)
            else { break }
            bytes.remove(at: comma)
        }
        return bytes
    }

    private static func withoutHugeNumbers(_ bytes: [UInt8]) -> [UInt8] {
        guard let document = try? JSONDocument(parsing: bytes) else { return bytes }
        var bytes = bytes
        for value in numbers(in: document.root).reversed() where value.double == nil {
            bytes.replaceSubrange(value.rawBytes.indices, with: [UInt8(ascii: "0")])
        }
        return bytes
    }

    private static func numbers(in value: JSONValue) -> [JSONValue] {
        if value.kind == .number { return [value] }
        return value.elements.flatMap(numbers) + value.members.flatMap { numbers(in: $0.value) }
    }
}
