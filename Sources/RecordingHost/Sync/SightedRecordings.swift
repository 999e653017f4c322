/// Which recordings this run has seen, by the numbers that the ledger gave them: one bit each.
///
/// A note in the ledger for each would write to it for every recording that has not changed.
struct SightedRecordings: Sendable {
    private var words: [String: [UInt64]] = [:]

    /// Notes that a recording was seen.
    ///
    /// - Returns: whether that is the first time.
    mutating func insert(_ number: Int, of source: String) -> Bool {
        let (word, bit) = (number / 64, UInt64(1) << UInt64(number % 64))
        return Self.set(bit, in: word, of: &words[source, default: []])
    }

    /// Whether a recording was seen.
    func contains(_ number: Int, of source: String) -> Bool {
        guard let bits = words[source], number / 64 < bits.count else { return false }
        return bits[number / 64] & (UInt64(1) << UInt64(number % 64)) != 0
    }

    private static func set(_ bit: UInt64, in word: Int, of bits: inout [UInt64]) -> Bool {
        if bits.count <= word { bits.append(contentsOf: repeatElement(0, count: word + 1 - bits.count)) }
        defer { bits[word] |= bit }
        return bits[word] & bit == 0
    }
}
