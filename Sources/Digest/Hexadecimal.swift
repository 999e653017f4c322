extension Sequence<UInt8> {
    /// The bytes as lower-case hexadecimal, two digits each.
    package var lowercaseHex: String { hexadecimal(Array(self)) }
}

// Not generic: code of another module calls it as it is, without looking at what kind of sequence it has.
private func hexadecimal(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(2 * bytes.count)
    for byte in bytes {
        digits.append(hexDigit(byte >> 4))
        digits.append(hexDigit(byte & 0x0F))
    }
    return String(decoding: digits, as: UTF8.self)
}

private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
