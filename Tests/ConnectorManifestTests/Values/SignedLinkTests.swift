import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Signed links")
struct SignedLinkTests {
    @Test(
        "a link says when it ends",
        arguments: [
            ("X-Amz-Date=20251008T143000Z&X-Amz-Expires=900", "2025-10-08T14:45:00Z"),
            ("a=b&X-Goog-Date=20251008T143000Z&X-Goog-Expires=1", "2025-10-08T14:30:01Z"),
            ("AWSAccessKeyId=x&Expires=1548789650&Signature=y", "2019-01-29T19:20:50Z"),
        ]
    )
    func expiry(query: String, expected: String) {
        #expect(SignedLink.expiry(of: "https://x.example/a?\(query)")?.description == expected)
    }

    @Test(
        "a link that leaves doubt does not",
        arguments: [
            "", "X-Amz-Date=20251008T143000Z", "X-Amz-Date=20251008T143000Z&X-Amz-Expires=0",
            "X-Amz-Date=20251008T143000Z&X-Amz-Expires=604801", "X-Amz-Date=20251308T143000Z&X-Amz-Expires=9",
            "X-Amz-Date=20251008T143000Z&X-Amz-Date=20251008T143000Z&X-Amz-Expires=9", "Expires=tomorrow",
            "Expires=1&Expires=2",
        ]
    )
    func doubt(query: String) { #expect(SignedLink.expiry(of: "https://x.example/a?\(query)") == nil) }

    @Test("what is no link has no end")
    func noLink() { #expect(SignedLink.expiry(of: "x?Expires=1") == nil) }
}
