/// A part that the server has.
struct SentPart: Sendable, Hashable {
    let number: Int
    let size: Int64
    let tag: String
    /// The checksum in base 64; nil where a server does not say.
    let checksum: String?
    /// The bytes of the checksum, where the part was read here.
    var digest: [UInt8] = []

    init(number: Int, size: Int64, tag: String, checksum: String?) {
        self.number = number
        self.size = size
        self.tag = tag
        self.checksum = checksum
    }

    /// A part that was read here.
    init(_ part: FilePart, number: Int, tag: String) {
        self.init(number: number, size: Int64(part.bytes.count), tag: tag, checksum: part.checksum)
        digest = part.sha256
    }

    /// Reads an entry of a list of parts.
    init?(_ element: XMLElement) {
        guard let number = element["PartNumber"].flatMap({ Int($0) }),
            let size = element["Size"].flatMap({ Int64($0) }),
            let tag = element["ETag"]
        else { return nil }
        self.init(number: number, size: size, tag: tag, checksum: element["ChecksumSHA256"])
    }

    /// Whether the server has these bytes: by its SHA-256, or by the tag where that is all it tells.
    func holds(_ part: FilePart) -> Bool {
        guard size == Int64(part.bytes.count) else { return false }
        if let checksum { return checksum == part.checksum }
        return tag.filter { $0 != "\"" } == MD5.hash(part.bytes)
    }
}
