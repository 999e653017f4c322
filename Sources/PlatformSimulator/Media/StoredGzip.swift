/// Gzip (RFC 1952) without compression, in stored blocks (RFC 1951 §3.2.4).
enum StoredGzip {
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        var offset = 0
        repeat {
            let count = min(65_535, bytes.count - offset)
            encoded.append(offset + count == bytes.count ? 1 : 0)
            encoded.append(little: UInt32(count), bytes: 2)
            encoded.append(little: ~UInt32(count), bytes: 2)
            encoded += bytes[offset..<(offset + count)]
            offset += count
        } while offset < bytes.count
        encoded.append(little: checksum(bytes), bytes: 4)
        encoded.append(little: UInt32(truncatingIfNeeded: bytes.count), bytes: 4)
        return encoded
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: UInt32, bytes count: Int) {
        for byte in 0..<count { append(UInt8(truncatingIfNeeded: value >> UInt32(byte * 8))) }
    }
}
