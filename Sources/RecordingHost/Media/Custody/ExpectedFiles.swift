import Digest

/// What the manifest says of each place, as 25 bytes a file: the line that says it, and whether the file should be there.
///
/// Places are told apart by half of their SHA-256. With the table's free slots it is 32 to 64 bytes a file, 96 while it grows.
struct ExpectedFiles {
    /// Half of the SHA-256 of a place.
    struct Key: Hashable {
        let high: UInt64
        let low: UInt64
    }

    /// What should be at a place.
    struct Expectation: Equatable {
        /// Where in the manifest the line begins that says what the file holds.
        var line: Int64
        /// Whether the file should be there; it should be gone otherwise.
        var isPresent: Bool
    }

    // The line's offset and, in the lowest bit, whether the file should be there.
    private var values: [Key: Int64] = [:]
    private let digests: DigestContext
    /// How many files should be there.
    private(set) var presentCount = 0

    init() throws(DigestError) { digests = try DigestContext() }

    func key(of path: String) throws(DigestError) -> Key {
        let half = try digests.hash(Array(path.utf8)).prefix128
        return Key(high: half.high, low: half.low)
    }

    subscript(key: Key) -> Expectation? {
        values[key].map { Expectation(line: $0 >> 1, isPresent: $0 & 1 == 1) }
    }

    /// What an entry changes, and in which places.
    struct Change {
        /// Places where a file should be no longer, with the lines that said what it held.
        var lines: [Int64] = []
        /// Whether the entry's own file should be somewhere now.
        var isPresent = false
    }

    /// Takes up an entry that begins at `line`.
    mutating func take(_ entry: ManifestEntry, at line: Int64) throws(DigestError) -> Change {
        let path = entry.draft.path
        let place = try key(of: path.text)
        var change = Change()
        switch entry.draft.action {
        case .purged:
            // A file that is out of reach already is named by either of its places.
            let isThere = self[place]?.isPresent ?? false
            let kept = try key(of: path.quarantined.text)
            if !isThere, !path.isQuarantined, self[kept]?.isPresent ?? false {
                set(kept, line, false, &change)
            } else {
                set(place, line, false, &change)
            }
        case .quarantined where !path.isQuarantined:
            set(place, line, false, &change)
            set(try key(of: path.quarantined.text), line, true, &change)
        case .stored, .quarantined:
            set(place, line, true, &change)
        default:
            // What else was done leaves the file as it is.
            if self[place] == nil { set(place, line, true, &change) }
        }
        return change
    }

    private mutating func set(_ key: Key, _ line: Int64, _ isPresent: Bool, _ change: inout Change) {
        if let old = self[key], old.isPresent {
            change.lines.append(old.line)
            presentCount -= 1
        }
        if isPresent {
            change.isPresent = true
            presentCount += 1
        }
        values[key] = line << 1 | (isPresent ? 1 : 0)
    }
}
