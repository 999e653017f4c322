import RecordingHost

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Entries that were committed and are not in their tables yet, in one stretch of bytes with an index over it.
///
/// An entry costs its own bytes and a slot of the index, some 20 bytes: none of it is an object.
struct PendingEntries {
    /// All entries, one behind another, in the form of ``EntryForm``; of two with the same name the later counts.
    private(set) var bytes: [UInt8] = []
    /// How many entries there are, replaced ones included.
    private(set) var count = 0
    private var index = EntryIndex()
    /// What to undo when the commit under way fails: the slots that it has changed, and the size before it.
    private var changedSlots: [(slot: Int, before: UInt32)] = []
    private var countBefore = 0
    private var sizeBefore = 0

    var isEmpty: Bool { count == 0 }

    /// Begins a commit that adds at most `count` entries.
    mutating func begin(adding count: Int) {
        index.reserve(count)
        keep()
    }

    /// Ends the commit: what it has added stays.
    mutating func keep() {
        changedSlots.removeAll(keepingCapacity: true)
        countBefore = count
        sizeBefore = bytes.count
    }

    /// Takes back what was added since ``begin(adding:)``.
    mutating func rollBack() {
        for (slot, before) in changedSlots.reversed() { index.restore(slot, to: before) }
        changedSlots.removeAll(keepingCapacity: true)
        bytes.removeSubrange(sizeBefore...)
        count = countBefore
    }

    /// Forgets everything.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        index.removeAll()
        count = 0
        keep()
    }

    /// What the commit under way has added.
    var added: Range<Int> { sizeBefore..<bytes.count }

    /// Where what is known stands behind the name in `name`; nil when no entry has that name.
    func place(of name: ArraySlice<UInt8>, _ key: UInt64) -> Int? {
        guard count > 0, let start = find(name, key).start else { return nil }
        return start + name.count
    }

    /// What is known of a recording whose entry stands at a place.
    func recording(at place: Int) throws(DamagedEntries) -> KnownRecording {
        var reader = EntryReader(bytes, in: place..<bytes.count)
        return try EntryForm.recording(&reader)
    }

    /// The fingerprint of an event whose entry stands at a place.
    func fingerprint(at place: Int) throws(DamagedEntries) -> UInt64 {
        var reader = EntryReader(bytes, in: place..<bytes.count)
        return try reader.bits()
    }

    /// Adds an entry whose bytes `write` appends, name first; another of that name is replaced.
    mutating func add(_ name: ArraySlice<UInt8>, _ key: UInt64, _ write: (inout [UInt8]) -> Void) throws(DamagedEntries)
    {
        let start = bytes.count
        bytes.append(contentsOf: name)
        write(&bytes)
        try note(start, name, key)
    }

    /// Adds the entries of one row of the table.
    ///
    /// - Throws: when the bytes are anything else; then nothing is added.
    mutating func add(row: [UInt8], _ hash: EntryHash) throws(DamagedEntries) {
        let entries = try PendingRow.entries(row)
        var count = 0
        var reader = EntryReader(row, in: entries.indices)
        while !reader.isAtEnd {
            _ = try EntryName(behindEntryOf: &reader)
            count += 1
        }
        begin(adding: count)
        let distance = bytes.count - entries.startIndex
        bytes.append(contentsOf: entries)
        reader = EntryReader(row, in: entries.indices)
        while !reader.isAtEnd {
            let start = reader.offset
            let name = try EntryName(behindEntryOf: &reader)
            try note(start + distance, row[start..<name.end], name.key(in: row, hash))
        }
        keep()
    }

    /// The entries that count, in the order of their kinds and keys.
    func sorted() -> (recordings: [Placed], events: [Placed]) {
        var recordings: [Placed] = []
        var events: [Placed] = []
        for (key, start) in index.entries {
            let placed = Placed(key: key, start: start)
            if bytes[Int(start)] == EntryForm.Kind.recording.rawValue {
                recordings.append(placed)
            } else {
                events.append(placed)
            }
        }
        recordings.sort { $0.rowKey < $1.rowKey }
        events.sort { $0.rowKey < $1.rowKey }
        return (recordings, events)
    }

    /// An entry's key, and where it begins.
    struct Placed {
        let key: UInt64
        let start: UInt32
        var rowKey: Int64 { Int64(bitPattern: key) }
    }

    private func find(_ name: ArraySlice<UInt8>, _ key: UInt64) -> (slot: Int, start: Int?) {
        index.find(key) { start in isName(name, at: start) }
    }

    /// Whether the entry at `start` begins with a name.
    private func isName(_ name: ArraySlice<UInt8>, at start: Int) -> Bool {
        guard bytes.count - start >= name.count else { return false }
        return unsafe name.withUnsafeBytes { name in
            unsafe bytes.withUnsafeBytes { bytes in
                guard let first = name.baseAddress, let second = bytes.baseAddress else { return true }
                return unsafe memcmp(first, second + start, name.count) == 0
            }
        }
    }

    private mutating func note(_ start: Int, _ name: ArraySlice<UInt8>, _ key: UInt64) throws(DamagedEntries) {
        // More than four gigabytes in one commit have no place in the index.
        guard let place = UInt32(exactly: start), place < .max else { throw DamagedEntries() }
        let slot = find(name, key).slot
        changedSlots.append((slot, index.put(key, place, in: slot)))
        count += 1
    }
}
