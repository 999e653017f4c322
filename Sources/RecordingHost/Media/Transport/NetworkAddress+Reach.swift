extension NetworkAddress {
    /// How far an address reaches.
    package enum Reach: Sendable {
        /// Anyone's.
        case everywhere
        /// 127.0.0.0/8 and ::1.
        case loopback
        /// A network of the operator's (RFC 1918, RFC 4193, RFC 6598).
        case privateNetwork
        /// No place that a file is fetched from: link-local (metadata services of clouds among them), unspecified, multicast, broadcast,
        /// documentation, benchmarks, reserved (RFC 6890 and the registries of IANA that follow it).
        case nowhere
    }

    /// How far this address reaches; an IPv6 address that stands for an IPv4 one is judged by that.
    package var reach: Reach {
        if bytes.count == 4 { return Self.firstReach(of: self, in: Self.version4) ?? .everywhere }
        if let embedded { return embedded.reach }
        // All that is given out for use is in 2000::/3 (RFC 4291 §2.4): the rest is named here or nowhere.
        return Self.firstReach(of: self, in: Self.version6) ?? .nowhere
    }

    /// The IPv4 address within a mapped one, one of NAT64 or one of 6to4 (RFC 4291 §2.5.5.2, RFC 6052, RFC 3056).
    private var embedded: NetworkAddress? {
        if Self.translated.contains(where: { isWithin($0.prefix, length: $0.length) }) {
            return NetworkAddress(bytes: Array(bytes[12...]))
        }
        return bytes[0] == 0x20 && bytes[1] == 0x02 ? NetworkAddress(bytes: Array(bytes[2..<6])) : nil
    }

    private struct Block: Sendable {
        let prefix: NetworkAddress
        let length: Int
        let reach: Reach

        /// Reads `address/length`; nil for a text that is none.
        init?(_ text: String, _ reach: Reach) {
            let parts = text.split(separator: "/")
            guard parts.count == 2, let prefix = NetworkAddress(parts[0]), let length = Int(parts[1]) else {
                return nil
            }
            self.prefix = prefix
            self.length = length
            self.reach = reach
        }
    }

    private static func firstReach(of address: NetworkAddress, in blocks: [Block]) -> Reach? {
        blocks.first { address.isWithin($0.prefix, length: $0.length) }?.reach
    }

    private static func blocks(_ reach: Reach, _ texts: String...) -> [Block] {
        texts.compactMap { Block($0, reach) }
    }

    private static let translated = blocks(.nowhere, "::ffff:0:0/96", "64:ff9b::/96")

    private static let version4 =
        blocks(.loopback, "127.0.0.0/8")
        + blocks(.privateNetwork, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
        + blocks(
            .nowhere,
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4"
        )

    private static let version6 =
        blocks(.loopback, "::1/128")
        + blocks(.privateNetwork, "fc00::/7")
        // Teredo, benchmarks, ORCHID and documentation lie within what is given out.
        + blocks(.nowhere, "2001::/23", "2001:db8::/32", "3fff::/20")
        + blocks(.everywhere, "2000::/3")
}
