import RecordingKit

/// What was to be entries is something else.
struct DamagedEntries: Error {
    /// The failure as people and the host see it.
    ///
    /// - Parameter file: the ledger's name without its folder.
    func described(_ file: String) -> TapedeckError {
        let role = StoreRole.ledger
        return role.refusal("\(role.noun) \(file) holds entries that cannot be read; \(role.remedyForDamage)")
    }
}

/// Reads entries from bytes that may be anything.
struct EntryReader {
    private let bytes: [UInt8]
    private let end: Int
    /// Where it reads next.
    private(set) var offset: Int

    /// Reads `bytes` within a range, which must lie in them.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        offset = range.lowerBound
        end = range.upperBound
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { offset >= end }

    mutating func byte() throws(DamagedEntries) -> UInt8 {
        guard offset < end else { throw DamagedEntries() }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// A hash in eight bytes.
    mutating func bits() throws(DamagedEntries) -> UInt64 {
        guard end - offset >= 8 else { throw DamagedEntries() }
        var bits: UInt64 = 0
        for place in 0..<8 { bits |= UInt64(bytes[offset + place]) << (8 * UInt64(place)) }
        offset += 8
        return bits
    }

    /// A number in base 128.
    mutating func number() throws(DamagedEntries) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            guard shift < 63 || byte <= 1 else { throw DamagedEntries() }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }

    /// Where a text stands.
    mutating func textRange() throws(DamagedEntries) -> Range<Int> {
        guard let count = Int(exactly: try number()), count <= end - offset else { throw DamagedEntries() }
        defer { offset += count }
        return offset..<(offset + count)
    }

    mutating func text() throws(DamagedEntries) -> String {
        String(decoding: bytes[try textRange()], as: UTF8.self)
    }
}
