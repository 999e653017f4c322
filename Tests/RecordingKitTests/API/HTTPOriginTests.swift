import RecordingKit
import Testing

@Suite("Origins")
struct HTTPOriginTests {
    private func origin(_ text: String) throws -> HTTPOrigin { try #require(HTTPURL(text)).origin }

    @Test(
        "A default port and letter case make no difference",
        arguments: [
            ("https://a.example/x", "https://a.example:443/y"), ("http://a.example", "http://a.example:80"),
            ("HTTPS://A.Example", "https://a.example"), ("https://[2001:DB8::1]", "https://[2001:db8::1]:443"),
        ]
    )
    func equal(left: String, right: String) throws {
        #expect(try origin(left) == origin(right))
        #expect(try origin(left).hashValue == origin(right).hashValue)
    }

    @Test(
        "Scheme, host and port each make another origin",
        arguments: [
            "http://a.example", "https://b.example", "https://a.example:444", "https://a.example.",
            "http://a.example:443",
            "https://x.a.example",
        ]
    )
    func different(other: String) throws {
        #expect(try origin("https://a.example") != origin(other))
    }

    @Test(
        "Only the machine itself is loopback",
        arguments: [
            ("http://localhost", true), ("http://LOCALHOST:8080", true), ("http://127.0.0.1", true),
            ("http://127.1.2.3:9", true), ("http://[::1]:8080", true), ("http://127.0.0.1.example.com", false),
            ("http://localhost.example.com", false), ("http://127.0.0.256", false), ("http://128.0.0.1", false),
            ("http://127.0.0", false), ("http://[::2]", false), ("http://10.0.0.1", false), ("http://127.0.0.x", false),
        ]
    )
    func loopback(text: String, expected: Bool) throws {
        #expect(try origin(text).isLoopback == expected)
    }

    @Test("The description shows a port only when it is not the scheme's own")
    func describes() throws {
        #expect(try origin("https://a.example:443").description == "https://a.example")
        #expect(try origin("https://a.example:80").description == "https://a.example:80")
        #expect(try origin("https://a.example").isSecure)
        #expect(try !origin("http://a.example").isSecure)
    }
}
