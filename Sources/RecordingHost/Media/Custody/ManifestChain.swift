import Digest

/// Follows a chain of lines: each must have the next number and name the hash of the line before.
struct ManifestChain {
    /// Where the chain has come to.
    private(set) var head: ManifestHead
    private let digests: DigestContext

    /// - Throws: `DigestError` when the cryptographic library fails.
    init(from head: ManifestHead = .empty) throws(DigestError) {
        self.head = head
        digests = try DigestContext()
    }

    /// A line as it was taken up.
    struct Link {
        /// What it says; nil when it cannot be read.
        var entry: ManifestEntry?
        /// Why it does not follow the line before; nil when it does.
        var problem: String?
    }

    /// Takes up the next whole line, whether or not it follows: the chain goes on from it.
    ///
    /// - Throws: `DigestError` when the cryptographic library fails.
    mutating func take(_ line: ManifestLines.Line) throws(DigestError) -> Link {
        let entry = ManifestEntry(line: line.bytes)
        let due = head.number + 1
        var problem: String?
        if let entry {
            if entry.number != due { problem = "it has number \(entry.number) where \(due) is due" }
            if entry.previous != head.hash {
                let broken = "it does not continue the line before: one of the two was changed, moved or taken away"
                problem = problem.map { "\($0), and \(broken)" } ?? broken
            }
        } else {
            problem = "it is not an entry"
        }
        head = ManifestHead(
            number: entry?.number ?? due,
            hash: try digests.hash(line.bytes).lowercaseHex,
            byteCount: head.byteCount + line.length
        )
        return Link(entry: entry, problem: problem)
    }
}
