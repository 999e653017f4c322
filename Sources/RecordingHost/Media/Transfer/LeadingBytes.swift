/// Looks at how a file begins: error pages come with status 200 and any type of content.
enum LeadingBytes {
    /// How many bytes are enough to tell.
    static let count = 512

    /// Whether the bytes are the beginning of a web page or of an XML text, after a byte order mark and white space.
    static func areOfAPage(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = bytes.prefix(count)[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard rest.first == UInt8(ascii: "<") else { return false }
        let text = String(decoding: rest.prefix(32), as: UTF8.self).lowercased()
        return ["<!doctype", "<html", "<?xml", "<error", "<head", "<body", "<!--", "<script"].contains {
            text.hasPrefix($0)
        }
    }
}
