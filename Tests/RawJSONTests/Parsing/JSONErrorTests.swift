import RawJSON
import Testing

/// The error that parsing a text ends with, or `nil` when it is accepted.
func parsingError(_ bytes: [UInt8], limits: JSONLimits = .default) -> JSONError? {
    do throws(JSONError) {
        _ = try JSONDocument(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

@Suite("Errors")
struct JSONErrorTests {
    struct Fault: Sendable {
        var text: String
        var code: JSONError.Code
        var offset: Int
    }

    static let faults: [Fault] = [
        Fault(text: "", code: .empty, offset: 0),
        Fault(text: " \n\t\r", code: .empty, offset: 4),
        Fault(text: "{", code: .unexpectedEnd, offset: 1),
        Fault(text: "[1,", code: .unexpectedEnd, offset: 3),
        Fault(text: "-", code: .unexpectedEnd, offset: 1),
        Fault(text: "1.", code: .unexpectedEnd, offset: 2),
        Fault(text: "1e+", code: .unexpectedEnd, offset: 3),
        Fault(text: "\"\\uD83D\\u", code: .unexpectedEnd, offset: 9),
        Fault(text: "tru", code: .unexpectedEnd, offset: 3),
        Fault(text: "trux", code: .unexpectedByte, offset: 3),
        Fault(text: "nulL", code: .unexpectedByte, offset: 3),
        Fault(text: "[1,]", code: .unexpectedByte, offset: 3),
        Fault(text: "[,1]", code: .unexpectedByte, offset: 1),
        Fault(text: "[1 2]", code: .unexpectedByte, offset: 3),
        Fault(text: "[1}", code: .unexpectedByte, offset: 2),
        Fault(text: "{\"a\":1]", code: .unexpectedByte, offset: 6),
        Fault(text: "{\"a\":1,}", code: .unexpectedByte, offset: 7),
        Fault(text: "{\"a\" 1}", code: .unexpectedByte, offset: 5),
        Fault(text: "{a:1}", code: .unexpectedByte, offset: 1),
        Fault(text: "+1", code: .unexpectedByte, offset: 0),
        Fault(text: ".5", code: .unexpectedByte, offset: 0),
        Fault(text: "\u{C}1", code: .unexpectedByte, offset: 0),
        Fault(text: "\u{A0}1", code: .unexpectedByte, offset: 0),
        Fault(text: "\0", code: .unexpectedByte, offset: 0),
        Fault(text: "'a'", code: .unexpectedByte, offset: 0),
        Fault(text: "01", code: .invalidNumber, offset: 1),
        Fault(text: "-01", code: .invalidNumber, offset: 2),
        Fault(text: "-a", code: .invalidNumber, offset: 1),
        Fault(text: "1.e1", code: .invalidNumber, offset: 2),
        Fault(text: "1e", code: .unexpectedEnd, offset: 2),
        Fault(text: "1ea", code: .invalidNumber, offset: 2),
        Fault(text: "\"a\nb\"", code: .invalidString, offset: 2),
        Fault(text: "\"abcdefgh\0\"", code: .invalidString, offset: 9),
        Fault(text: "\"\\x\"", code: .invalidString, offset: 2),
        Fault(text: "\"\\u12G4\"", code: .invalidString, offset: 5),
        Fault(text: "\"\\uDC00\"", code: .loneSurrogate, offset: 4),
        Fault(text: "\"\\uD800\"", code: .loneSurrogate, offset: 7),
        Fault(text: "\"\\uD800\\n\"", code: .loneSurrogate, offset: 8),
        Fault(text: "\"\\uD800\\u0041\"", code: .loneSurrogate, offset: 9),
        Fault(text: "\"\\uD800\\uD800\"", code: .loneSurrogate, offset: 10),
        Fault(text: "1 2", code: .trailingContent, offset: 2),
        Fault(text: "{} x", code: .trailingContent, offset: 3),
        Fault(text: "1x", code: .trailingContent, offset: 1),
        Fault(text: "0x10", code: .trailingContent, offset: 1),
        Fault(text: "[]]", code: .trailingContent, offset: 2),
        Fault(text: "1\0", code: .trailingContent, offset: 1),
    ]

    @Test("A fault is reported with its code at the first byte that cannot stand there", arguments: faults)
    func reportsFault(_ fault: Fault) {
        let error = parsingError(Array(fault.text.utf8))
        #expect(error == JSONError(code: fault.code, offset: fault.offset))
        #expect(error?.isTruncation == (fault.code == .unexpectedEnd || fault.code == .empty))
    }

    static let malformed: [(bytes: [UInt8], offset: Int)] = [
        ([0x80], 1), ([0xC0, 0x80], 1), ([0xC1, 0xBF], 1), ([0xC3, 0x28], 2), ([0xE0, 0x9F, 0xBF], 2),
        ([0xED, 0xA0, 0x80], 2), ([0xE2, 0x82, 0x22], 3), ([0xF0, 0x8F, 0xBF, 0xBF], 2), ([0xF4, 0x90, 0x80, 0x80], 2),
        ([0xF5, 0x80, 0x80, 0x80], 1), ([0xFF], 1), ([0xF0, 0x9F, 0x98, 0x22], 4),
    ]

    @Test("Bytes that are not UTF-8 are rejected in a string", arguments: malformed)
    func rejectsMalformedText(_ sample: (bytes: [UInt8], offset: Int)) {
        let error = parsingError([0x22] + sample.bytes + [0x22])
        #expect(error == JSONError(code: .invalidUTF8, offset: sample.offset))
    }

    @Test("A character cut in two at the end is a truncation, not malformed text")
    func truncatedCharacter() {
        for length in 2...4 {
            let error = parsingError(Array([0x22, 0xF0, 0x9F, 0x98, 0x80].prefix(length)))
            #expect(error == JSONError(code: .unexpectedEnd, offset: length))
        }
    }

    @Test("Neither description nor dump of an error holds any of the input")
    func descriptionHoldsNoInput() throws {
        let error = try #require(parsingError(Array("{\"secret\": hunter2}".utf8)))
        #expect(error.description == "invalid JSON: unexpectedByte at byte 11")
        #expect(!String(reflecting: error).contains("hunter2"))
    }
}
