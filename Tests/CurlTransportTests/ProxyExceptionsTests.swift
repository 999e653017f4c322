import Testing

@testable import CurlTransport

@Suite("The hosts of no_proxy")
struct ProxyExceptionsTests {
    @Test(
        "are names with their subdomains, addresses, ranges or all",
        arguments: [
            ("example.com", "example.com", true), ("example.com", "a.example.com", true),
            ("example.com", "badexample.com", false), ("example.com", "example.com.evil", false),
            (".example.com", "example.com", true), (".example.com", "b.a.example.com", true),
            ("Example.COM.", "example.com", true), ("example.com", "example.com.", true), ("*", "anything.at", true),
            ("", "example.com", false), (",, ,", "example.com", false), ("a.at, b.at\tc.at", "c.at", true),
            ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false),
            ("10.0.0.0/8", "10.example.com", false),
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.10", false), ("2.1", "192.0.2.1", false),
            ("[2001:db8::1]", "[2001:db8:0::1]", true), ("2001:db8::/32", "[2001:db8:7::1]", true),
            ("2001:db8::/32", "[2001:db9::1]", false), ("10.0.0.0/x", "10.0.0.0", false),
            ("10.0.0.0/8/8", "10.0.0.0", false),
        ]
    )
    func match(list: String, host: String, isException: Bool) {
        #expect(ProxyExceptions(list).contain(host: host) == isException)
    }
}
