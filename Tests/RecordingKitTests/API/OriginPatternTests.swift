import RecordingKit
import Testing

@Suite("Patterns for origins")
struct OriginPatternTests {
    @Test(
        "mean what they say and nothing beside it",
        arguments: [
            ("https://zoom.us", "https://zoom.us/a", true), ("https://zoom.us", "https://ZOOM.us:443", true),
            ("https://zoom.us", "http://zoom.us", false), ("https://zoom.us", "https://zoom.us:8443", false),
            ("https://zoom.us", "https://api.zoom.us", false), ("https://zoom.us", "https://zoom.us.evil.test", false),
            ("https://zoom.us:8443", "https://zoom.us:8443", true), ("https://zoom.us:8443", "https://zoom.us", false),
            ("HTTPS://*.Zoom.us", "https://api.zoom.us", true), ("https://*.zoom.us", "https://a.b.zoom.us", true),
            ("https://*.zoom.us", "https://zoom.us", false), ("https://*.zoom.us", "https://evilzoom.us", false),
            ("https://*.zoom.us", "http://api.zoom.us", false), ("https://*.zoom.us", "https://a.zoom.us:81", false),
            ("https://*.zoom.us", "https://a.zoom.us.evil.test", false), ("https://[::1]", "https://[::1]/", true),
        ]
    )
    func matches(pattern: String, url: String, isMeant: Bool) throws {
        let origin = try #require(HTTPURL(url)).origin
        #expect(try #require(OriginPattern(pattern)).matches(origin) == isMeant)
    }

    @Test(
        "that could mean too much, or nothing, are none",
        arguments: [
            "", "zoom.us", "http://zoom.us", "https://", "https://*", "https://*.us", "https://*.", "https://*.*.us",
            "https://zoom.*", "https://a.*.zoom.us", "https://zoom.us/path", "https://u@zoom.us", "https://zoom.us?x",
            "https://*.10.0", "https://*.[::1]", "https://zoom.us:0", "https://*zoom.us",
        ]
    )
    func refused(text: String) {
        #expect(OriginPattern(text) == nil)
    }

    @Test("read back from their own text", arguments: ["https://zoom.us", "https://*.zoom.us", "https://a.b:8443"])
    func description(text: String) throws {
        let pattern = try #require(OriginPattern(text))
        #expect(pattern.description == text)
        #expect(OriginPattern(pattern.description) == pattern)
    }
}
