/// An IPv4 or IPv6 address as a number, without port and zone.
package struct NetworkAddress: Sendable, Hashable {
    /// Four bytes or sixteen, in network order.
    package let bytes: [UInt8]

    /// Takes an address in network order; nil unless there are four or sixteen bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads an address in its usual text form (RFC 4291 §2.2; four decimal numbers for IPv4), an IPv6 zone after `%` left out.
    ///
    /// Returns nil for other ways to write IPv4, such as `127.1`, `0x7f000001` and numbers with leading zeros.
    package init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8)
        let parsed = characters.contains(UInt8(ascii: ":")) ? Self.version6(characters) : Self.version4(characters[...])
        guard let parsed else { return nil }
        bytes = parsed
    }

    /// Whether the first `length` bits are those of `prefix`, which is of the same version.
    package func isWithin(_ prefix: NetworkAddress, length: Int) -> Bool {
        guard bytes.count == prefix.bytes.count, (0...bytes.count * 8).contains(length) else { return false }
        let whole = length / 8
        guard bytes[..<whole] == prefix.bytes[..<whole] else { return false }
        let mask = ~(UInt8.max >> UInt8(length % 8))
        return mask == 0 || bytes[whole] & mask == prefix.bytes[whole] & mask
    }

    private static func version4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard let value = decimal(part) else { return nil }
            bytes.append(value)
        }
        return bytes
    }

    private static func decimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard (1...3).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return UInt8(exactly: value)
    }

    private static func version6(_ text: [UInt8]) -> [UInt8]? {
        let address = text.prefix { $0 != UInt8(ascii: "%") }
        guard let gap = gap(in: address) else {
            return groups(address).flatMap { $0.count == 16 ? $0 : nil }
        }
        guard let head = groups(address[..<gap], mayEmbed: false), let tail = groups(address[(gap + 2)...]),
            head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Where `::` begins.
    private static func gap(in address: ArraySlice<UInt8>) -> Int? {
        address.indices.dropLast().first { address[$0] == UInt8(ascii: ":") && address[$0 + 1] == UInt8(ascii: ":") }
    }

    /// Groups of up to four digits with colons between; the last may be an IPv4 address.
    private static func groups(_ text: ArraySlice<UInt8>, mayEmbed: Bool = true) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if mayEmbed, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let embedded = version4(part) else { return nil }
                bytes += embedded
            } else {
                guard let value = hexadecimal(part) else { return nil }
                bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
        }
        return bytes
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(digits.count) else { return nil }
        var value: UInt16 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: value = value << 4 | UInt16(digit - 0x30)
            case 0x41...0x46: value = value << 4 | UInt16(digit - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt16(digit - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }
}
