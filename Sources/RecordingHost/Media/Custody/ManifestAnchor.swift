/// One line of a manifest, and by its hash everything before it: what is kept elsewhere to prove that nothing was taken away.
public struct ManifestAnchor: Sendable, Hashable, CustomStringConvertible {
    /// The line's number, from 1; 0 for the beginning of a chain.
    public let number: Int64
    /// The SHA-256 of the line without its line feed, 64 lower-case hexadecimal digits; zeros for the beginning of a chain.
    public let hash: String

    /// The beginning of every chain.
    public static let beginning = ManifestAnchor(number: 0, hash: String(repeating: "0", count: 64))

    package init(number: Int64, hash: String) {
        self.number = number
        self.hash = hash
    }

    /// Reads what ``description`` wrote; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(parts[0]), Self.isHash(parts[1]),
            number > 0 || parts[1].utf8.allSatisfy({ $0 == 0x30 })
        else { return nil }
        self.init(number: number, hash: String(parts[1]))
    }

    /// The number, a colon and the hash.
    public var description: String { "\(number):\(hash)" }

    static func isHash(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
