import RecordingKit
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("Of ASCII only the unreserved characters stay as they are")
    func everyASCIIByte() {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".unicodeScalars)
        for byte in UInt8(0)..<128 {
            let scalar = Unicode.Scalar(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            let expected = unreserved.contains(scalar) ? String(scalar) : "%" + (byte < 16 ? "0" : "") + hex
            #expect(PercentEncoding.encode(String(scalar)) == expected)
        }
    }

    @Test(
        "Known texts have their known escapes",
        arguments: [
            ("", ""), ("a+b@x.com", "a%2Bb%40x.com"),
            ("2026-01-31T08:00:00+08:00", "2026-01-31T08%3A00%3A00%2B08%3A00"),
            ("a/b", "a%2Fb"), ("é", "%C3%A9"), ("😀", "%F0%9F%98%80"), ("100%", "100%25"),
        ]
    )
    func knownTexts(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(encoded) == text)
    }

    @Test("Every text comes back from its escapes")
    func roundTrips() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<Int.random(in: 0...20, using: &generator) {
                let limit: UInt32 = Bool.random(using: &generator) ? 0x7F : 0x10_FFFF
                guard let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) else { continue }
                text.unicodeScalars.append(scalar)
            }
            let encoded = PercentEncoding.encode(text)
            #expect(PercentEncoding.decode(encoded).map { Array($0.utf8) } == Array(text.utf8))
            #expect(PercentEncoding.decode(encoded, plusIsSpace: true).map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test(
        "A broken escape or bytes that are not UTF-8 are refused",
        arguments: ["%", "%4", "a%zz", "%4G", "%%41", "%FF", "%C3"]
    )
    func refusesBrokenEscapes(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }

    @Test("A plus is a space only in form encoding")
    func plusIsSpace() {
        #expect(PercentEncoding.decode("a+b%2b") == "a+b+")
        #expect(PercentEncoding.decode("a+b%2b", plusIsSpace: true) == "a b+")
    }
}
