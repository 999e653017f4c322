import RecordingKit
import Testing

@testable import ObjectStorage

@Suite("Encoding for requests")
struct EncodingTests {
    @Test(
        "A key's bytes are escaped but for unreserved ones and slashes",
        arguments: [
            ("a/b.c", "a/b.c"), ("a b", "a%20b"), ("a+b=c", "a%2Bb%3Dc"), ("~-._", "~-._"), ("ü", "%C3%BC"),
            ("$&'()*,;:@!", "%24%26%27%28%29%2A%2C%3B%3A%40%21"), ("100%", "100%25"), ("a//b", "a//b"),
        ]
    )
    func key(text: String, encoded: String) {
        #expect(S3Key.encode(text) == encoded)
    }

    @Test("A query is sorted by its encoded names and then values, and a name without a value keeps its equals sign")
    func query() {
        let query = [S3Parameter("b", "2 +"), S3Parameter("uploads"), S3Parameter("a", "~/ü"), S3Parameter("a", "%")]
        #expect(S3Parameter.canonicalQuery(query) == "a=%25&a=~%2F%C3%BC&b=2%20%2B&uploads=")
    }

    @Test(
        "Bytes become base 64 with padding",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("\u{3FF}", "z78="),
        ]
    )
    func base64(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }

    @Test("Hexadecimal becomes base 64, and what is none becomes nothing")
    func hexadecimal() {
        #expect(Base64.encode(hexadecimal: "fbff00") == "+/8A")
        #expect(Base64.encode(hexadecimal: "FB") == nil)
        #expect(Base64.encode(hexadecimal: "abc") == nil)
    }

    @Test("A time is written to the second in UTC")
    func time() throws {
        let time = SigningTime(try #require(Timestamp("2026-03-04T05:06:07.890+01:00")))
        #expect(time.text == "20260304T040607Z")
        #expect(time.day == "20260304")
    }
}
