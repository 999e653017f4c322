/// Which keys a table has no row for, as far as that is known without asking it.
///
/// What it says is always right; it need not know everything. A table that was empty when the ledger was opened is known by a filter
/// of the keys that were put into it since, of any other the last keys are remembered that were asked for in vain. Either takes one
/// megabyte at most, whatever the table holds.
struct AbsentKeys {
    private let beganEmpty: Bool
    /// The filter's bits, or the keys that are absent, each in the slot that its lowest bits name.
    private var words: [UInt64] = []

    private static let filterSize = 1 << 17
    private static let memorySize = 1 << 12

    /// - Parameter beganEmpty: whether the table has no row at this moment.
    init(beganEmpty: Bool) { self.beganEmpty = beganEmpty }

    /// Whether the table has no row for a key.
    func contains(_ key: UInt64) -> Bool {
        guard beganEmpty else { return !words.isEmpty && key != 0 && words[Self.slot(key)] == key }
        guard !words.isEmpty else { return true }
        return Self.probes(key).contains { words[$0.word] & $0.bit == 0 }
    }

    /// Notes that the table was asked and has no row for a key.
    mutating func insert(_ key: UInt64) {
        guard !beganEmpty else { return }
        if words.isEmpty { words = Array(repeating: 0, count: Self.memorySize) }
        words[Self.slot(key)] = key
    }

    /// Notes that the table is about to get a row for a key.
    mutating func remove(_ key: UInt64) {
        guard beganEmpty else {
            if !words.isEmpty, words[Self.slot(key)] == key { words[Self.slot(key)] = 0 }
            return
        }
        if words.isEmpty { words = Array(repeating: 0, count: Self.filterSize) }
        for probe in Self.probes(key) { words[probe.word] |= probe.bit }
    }

    private static func slot(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key) & (memorySize - 1) }

    private static func probes(_ key: UInt64) -> some Sequence<(word: Int, bit: UInt64)> {
        (0..<3 as Range<UInt64>).lazy.map { probe -> (word: Int, bit: UInt64) in
            let place = key &+ probe &* ((key >> 32) | 1)
            return (Int(truncatingIfNeeded: place >> 6) & (filterSize - 1), 1 << (place & 63))
        }
    }
}
