import Digest
import RecordingKit

/// Gives the access events of one recording their final ids, page after page of one reading.
///
/// Where the platform gives none, the id is the hash of the parts that identify the row, with an ordinal among rows that are
/// equal in all of them, so that the order of the rows does not matter.
struct EventNumbering {
    private var occurrences: [[UInt8]: Int] = [:]

    /// The id of the next event of the reading, and whether it was derived.
    mutating func id(of event: AccessEvent) throws -> (id: String, isSynthetic: Bool) {
        switch event.identity {
        case .platform(let id): return (id, false)
        case .derived(let parts):
            let key = try SHA256.hash(EventNumbering.joined(parts))
            let ordinal = occurrences[key, default: 0]
            occurrences[key] = ordinal + 1
            let hash = key.prefix(16).lowercaseHex
            return (ordinal == 0 ? hash : "\(hash)-\(ordinal)", true)
        }
    }

    /// The parts one after another, each behind its length, so that no two lists of parts give the same bytes.
    private static func joined(_ parts: [String]) -> [UInt8] {
        parts.flatMap { Array("\($0.utf8.count):".utf8) + Array($0.utf8) }
    }
}
