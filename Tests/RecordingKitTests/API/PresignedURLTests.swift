import RecordingKit
import Testing

@Suite("The end of a URL that carries a signature")
struct PresignedURLTests {
    @Test(
        "is read where its query says it without doubt",
        arguments: [
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=900", "2025-10-08T14:45:00Z"),
            ("X-Goog-Expires=900&X-Goog-Date=20251008T143000Z", "2025-10-08T14:45:00Z"),
            ("Expires=1790000000&Signature=abc", "2026-09-21T14:13:20Z"),
            ("AWSAccessKeyId=k&Signature=a%2Bb&Expires=1790000000", "2026-09-21T14:13:20Z"),
            ("X-Goog-Date=20251008T143000Z", nil), ("Expires=1790000000", nil), ("Signature=abc", nil),
            ("Expires=900&Signature=abc", nil), ("Expires=soon&Signature=abc", nil),
            ("Expires=1790000000&Expires=1790000001&Signature=abc", nil),
            ("Expires=1790000000000&Signature=abc", nil), ("Expires=99999999999999999999&Signature=abc", nil),
            ("X-Goog-Date=20251008T143000Z&X-Amz-Expires=900", nil), ("", nil),
        ] as [(String, String?)]
    )
    func expiry(query: String, expected: String?) throws {
        let url = try #require(HTTPURL("https://files.example/1.mp4?\(query)"))
        #expect(PresignedURL(url).expiresAt == expected.flatMap { Timestamp($0) })
    }

    @Test("is unknown without a query")
    func noQuery() throws {
        #expect(PresignedURL(try #require(HTTPURL("https://files.example/1.mp4"))).expiresAt == nil)
    }
}
