/// How far a manifest reaches: its last line, and where that ends in the file.
public struct ManifestHead: Sendable, Hashable {
    /// How many lines there are.
    public let number: Int64
    /// The SHA-256 of the last line without its line feed, 64 lower-case hexadecimal digits; zeros when there is none.
    public let hash: String
    /// How many bytes the lines have, line feeds included.
    public let byteCount: Int64

    /// The head of a manifest without lines.
    public static let empty = ManifestHead(number: 0, hash: ManifestAnchor.beginning.hash, byteCount: 0)

    /// Describes a head that was written down earlier.
    public init(number: Int64, hash: String, byteCount: Int64) {
        self.number = number
        self.hash = hash
        self.byteCount = byteCount
    }

    /// The last line.
    public var anchor: ManifestAnchor { ManifestAnchor(number: number, hash: hash) }
}
