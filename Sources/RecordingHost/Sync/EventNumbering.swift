import Digest
import RecordingKit

/// Gives the access events of one recording their final ids, page after page of one reading.
///
/// Where the platform gives none, the id is the hash of the parts that identify the row, with an ordinal among rows that are
/// equal in all of them, so that the order of the rows does not matter.
struct EventNumbering {
    private var occurrences: [SHA256Digest: Int] = [:]
    /// Made when the first id is to be derived.
    private var digests: DigestContext?
    private var joined: [UInt8] = []

    /// The id of the next event of the reading, and whether it was derived.
    mutating func id(of event: AccessEvent) throws -> (id: String, isSynthetic: Bool) {
        switch event.identity {
        case .platform(let id): return (id, false)
        case .derived(let parts):
            join(parts)
            let context = try digests ?? DigestContext()
            digests = context
            let key = try context.hash(joined)
            let ordinal = occurrences[key, default: 0]
            occurrences[key] = ordinal + 1
            let hash = key.firstHalfLowercaseHex
            return (ordinal == 0 ? hash : "\(hash)-\(ordinal)", true)
        }
    }

    /// Puts the parts one after another, each behind its length, so that no two lists of parts give the same bytes.
    private mutating func join(_ parts: [String]) {
        joined.removeAll(keepingCapacity: true)
        for part in parts {
            joined.append(contentsOf: String(part.utf8.count).utf8)
            joined.append(UInt8(ascii: ":"))
            joined.append(contentsOf: part.utf8)
        }
    }
}
