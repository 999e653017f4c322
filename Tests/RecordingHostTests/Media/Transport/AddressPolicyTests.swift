import RecordingHost
import Testing

@Suite("A policy for addresses")
struct AddressPolicyTests {
    private static let policies = [
        AddressPolicy.publicOnly, AddressPolicy(allowsLoopback: true), AddressPolicy(allowsPrivate: true),
        AddressPolicy(allowsLoopback: true, allowsPrivate: true),
    ]

    @Test(
        "always allows public addresses",
        arguments: [
            "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00::1", "2001:200::1",
            "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
        ]
    )
    func everywhere(text: String) throws {
        let address = try #require(NetworkAddress(text))
        for policy in Self.policies { #expect(policy.allows(address)) }
    }

    @Test(
        "allows loopback when told so",
        arguments: [
            "127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        ]
    )
    func loopback(text: String) throws {
        let address = try #require(NetworkAddress(text))
        for policy in Self.policies { #expect(policy.allows(address) == policy.allowsLoopback) }
    }

    @Test(
        "allows private networks when told so",
        arguments: [
            "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255",
            "100.64.0.0",
            "100.127.255.255", "fc00::1", "fdff:ffff::1", "::ffff:10.0.0.1", "64:ff9b::192.168.1.1", "2002:a00:1::",
        ]
    )
    func privateNetwork(text: String) throws {
        let address = try #require(NetworkAddress(text))
        for policy in Self.policies { #expect(policy.allows(address) == policy.allowsPrivate) }
    }

    @Test(
        "never allows what is no place for a file",
        arguments: [
            "0.0.0.0", "0.255.255.255", "169.254.0.0", "169.254.169.254", "169.254.255.255", "192.0.0.0", "192.0.0.255",
            "192.0.2.1", "198.51.100.1", "203.0.113.255", "198.18.0.0", "198.19.255.255", "224.0.0.1",
            "239.255.255.255",
            "240.0.0.0", "255.255.255.255", "::", "::2", "::7f00:1", "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1",
            "feff::1",
            "ff02::1", "2001:db8::1", "2001::1", "3fff::1", "4000::1", "100::1", "64:ff9b:1::1",
            "::ffff:169.254.169.254",
            "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::", "::ffff:0.0.0.0", "2002::",
        ]
    )
    func nowhere(text: String) throws {
        let address = try #require(NetworkAddress(text))
        for policy in Self.policies { #expect(!policy.allows(address)) }
    }

    @Test(
        "judges a host by its name as far as that tells",
        arguments: [
            ("files.example.com", true), ("10.example.com", true), ("localhost", false), ("LOCALHOST.", false),
            ("a.localhost", false), ("127.0.0.1", false), ("[::1]", false), ("[fe80::1]", false), ("8.8.8.8", true),
            ("8.8.8.8.", true), ("[2606:4700::1111]", true), ("127.1", false), ("0x7f000001", false),
            ("2130706433", false),
            ("0177.0.0.1", false), ("1.2.3.0x4", false), ("[::1", false), ("notlocalhost", true),
        ]
    )
    func host(name: String, isAllowed: Bool) {
        #expect(AddressPolicy.publicOnly.allows(host: name) == isAllowed)
    }

    @Test("judges a host by the name with what it allows", arguments: ["localhost", "127.0.0.1", "[::1]"])
    func allowedHost(name: String) {
        #expect(AddressPolicy(allowsLoopback: true).allows(host: name))
    }
}
