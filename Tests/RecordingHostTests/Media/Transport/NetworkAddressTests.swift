import RecordingHost
import Testing

@Suite("An address")
struct NetworkAddressTests {
    @Test(
        "is read from its usual forms",
        arguments: [
            ("192.0.2.1", [192, 0, 2, 1]),
            ("0.0.0.0", [0, 0, 0, 0]),
            ("::", [UInt8](repeating: 0, count: 16)),
            ("::1", [UInt8](repeating: 0, count: 15) + [1]),
            ("2001:db8::a", [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10]),
            ("2001:DB8:0:0:0:0:0:A", [0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10]),
            ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
            ("fe80::1%eth0", [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
            ("fe80::%2", [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("::ffff:10.1.2.3", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 1, 2, 3]),
            ("1:2:3:4:5:6:7.8.9.10", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 7, 8, 9, 10]),
        ] as [(String, [UInt8])]
    )
    func reading(text: String, bytes: [UInt8]) {
        #expect(NetworkAddress(text)?.bytes == bytes)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "127.1", "0x7f000001", "2130706433", "1.2.3.4%eth0",
            "1.2.3.",
            "1.2.3.4 ", "-1.2.3.4", "localhost", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::",
            "g::",
            "::1.2.3", "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "[::1]", "1:2:3:4:5:6:7::8", "%eth0", "1:", ":1",
        ]
    )
    func refusing(text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test(
        "lies within a range of its own version",
        arguments: [
            ("10.1.2.3", "10.0.0.0", 8, true), ("11.1.2.3", "10.0.0.0", 8, false),
            ("172.31.0.1", "172.16.0.0", 12, true),
            ("172.32.0.1", "172.16.0.0", 12, false), ("1.2.3.4", "1.2.3.4", 32, true),
            ("1.2.3.5", "1.2.3.4", 32, false),
            ("9.9.9.9", "0.0.0.0", 0, true), ("::", "0.0.0.0", 0, false), ("fd00::1", "fc00::", 7, true),
            ("fe00::1", "fc00::", 7, false), ("1.2.3.4", "1.2.3.4", 33, false), ("::1", "::", 127, true),
        ]
    )
    func range(text: String, prefix: String, length: Int, isWithin: Bool) throws {
        let address = try #require(NetworkAddress(text))
        #expect(try address.isWithin(#require(NetworkAddress(prefix)), length: length) == isWithin)
    }
}
