/// Texts that are looked for in other texts, all of them in one pass.
struct TextIndex: Sendable {
    /// Shorter texts stand in others by chance.
    static let shortest = 5

    private var texts: [UInt64: [[UInt8]]] = [:]

    /// Adds a text; one that is too short to tell anything is left out.
    mutating func insert(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= TextIndex.shortest else { return }
        let key = bytes.prefix(TextIndex.shortest).reduce(0) { $0 << 8 | UInt64($1) }
        if texts[key]?.contains(bytes) != true { texts[key, default: []].append(bytes) }
    }

    /// Whether any of the texts stands somewhere in this one.
    func isIn(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= TextIndex.shortest, !texts.isEmpty else { return false }
        var key: UInt64 = 0
        for (position, byte) in bytes.enumerated() {
            key = (key << 8 | UInt64(byte)) & 0xFF_FFFF_FFFF
            let start = position + 1 - TextIndex.shortest
            guard start >= 0, let candidates = texts[key] else { continue }
            if candidates.contains(where: { bytes[start...].starts(with: $0) }) { return true }
        }
        return false
    }
}
