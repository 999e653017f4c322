/// Where entries begin, by their keys: open addressing with linear probing.
///
/// Several entries may have one key; which of them is meant is for the caller to say.
struct EntryIndex {
    private var keys: [UInt64] = []
    /// Where the entry begins, and one more; 0 in an empty slot.
    private var starts: [UInt32] = []
    private var used = 0

    private static let smallest = 1_024

    /// Makes room for `count` more, so that slots stay where they are meanwhile.
    mutating func reserve(_ count: Int) {
        guard (used + count) * 4 > starts.count * 3 else { return }
        var size = max(Self.smallest, starts.count)
        while (used + count) * 4 > size * 3 { size *= 2 }
        let old = (keys, starts)
        keys = Array(repeating: 0, count: size)
        starts = Array(repeating: 0, count: size)
        for (key, start) in zip(old.0, old.1) where start != 0 {
            var slot = first(key)
            while starts[slot] != 0 { slot = (slot + 1) & (size - 1) }
            keys[slot] = key
            starts[slot] = start
        }
    }

    /// The slot of the entry with this key that `isMeant` says yes to, or else the slot where it has its place.
    ///
    /// Only after room was made once.
    func find(_ key: UInt64, _ isMeant: (_ start: Int) -> Bool) -> (slot: Int, start: Int?) {
        var slot = first(key)
        while starts[slot] != 0 {
            let start = Int(starts[slot] - 1)
            if keys[slot] == key, isMeant(start) { return (slot, start) }
            slot = (slot + 1) & (starts.count - 1)
        }
        return (slot, nil)
    }

    /// Puts an entry into a slot, and returns what ``restore(_:to:)`` needs to take it back.
    mutating func put(_ key: UInt64, _ start: UInt32, in slot: Int) -> UInt32 {
        let before = starts[slot]
        if before == 0 { used += 1 }
        keys[slot] = key
        starts[slot] = start + 1
        return before
    }

    /// Takes the last ``put(_:_:in:)`` back that is not taken back yet.
    mutating func restore(_ slot: Int, to before: UInt32) {
        starts[slot] = before
        if before == 0 { used -= 1 }
    }

    /// Forgets everything but the room.
    mutating func removeAll() {
        for slot in starts.indices { starts[slot] = 0 }
        used = 0
    }

    /// All keys with where their entries begin, in no order.
    var entries: some Sequence<(UInt64, UInt32)> {
        zip(keys, starts).lazy.filter { $0.1 != 0 }.map { ($0.0, $0.1 - 1) }
    }

    private func first(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key) & (starts.count - 1) }
}
