import Testing

@testable import RecordingHost

struct Base64Tests {
    @Test(
        "Texts of RFC 4648 §10 are encoded as it says",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func published(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
        #expect(Base64.decode(encoded.filter { $0 != "=" }) == Array(text.utf8))
    }

    @Test("The two last letters of the alphabet are plus and slash") func standardAlphabet() {
        #expect(Base64.encode([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64.decode("++//") == [0xFB, 0xEF, 0xFF])
    }

    @Test("What is not in the alphabet is not decoded", arguments: ["a", "Zg===", "Z=g=", "Zm9-", "Zm 9", "é", "=Zg="])
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
