/// Reads a manifest line by line from a place in it, holding a block and one line.
struct ManifestLines {
    struct Line {
        /// The line without its line feed; of one that is too long only the beginning, which is no entry.
        let bytes: [UInt8]
        /// Where it begins in the file.
        let offset: Int64
        /// Whether a line feed ends it; false only for the last one of a file that was cut off.
        let isEnded: Bool
        /// How many bytes it takes up, the line feed included.
        let length: Int64
    }

    private let file: OpenFile
    private var offset: Int64
    private var buffer: [UInt8] = []
    private var start = 0

    private let blockSize: Int

    init(_ file: OpenFile, from offset: Int64 = 0, blockSize: Int = 262_144) {
        self.file = file
        self.blockSize = blockSize
        self.offset = offset
    }

    /// Where the next line begins.
    var place: Int64 { offset - Int64(buffer.count - start) }

    /// The next line, nil at the end of the file as it is now.
    mutating func next() throws(SystemError) -> Line? {
        let began = place
        var scanned = start
        var dropped: Int64 = 0
        while true {
            if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                return take(upTo: end, offset: began, isEnded: true, dropped: dropped)
            }
            // The rest of a line that is too long is passed over, but one byte is kept so that it stays too long.
            let excess = buffer.count - start - (ManifestEntry.longestLine + 1)
            if excess > 0 {
                buffer.removeLast(excess)
                dropped += Int64(excess)
            }
            buffer.removeFirst(start)
            start = 0
            scanned = buffer.count
            let block = try file.read(at: offset, count: blockSize)
            if block.isEmpty { break }
            offset += Int64(block.count)
            buffer += block
        }
        guard start < buffer.count else { return nil }
        return take(upTo: buffer.count, offset: began, isEnded: false, dropped: dropped)
    }

    private mutating func take(upTo end: Int, offset: Int64, isEnded: Bool, dropped: Int64) -> Line {
        let bytes = Array(buffer[start..<end])
        let feed = isEnded ? 1 : 0
        start = end + feed
        return Line(
            bytes: Array(bytes.prefix(ManifestEntry.longestLine + 1)),
            offset: offset,
            isEnded: isEnded,
            length: Int64(bytes.count) + dropped + Int64(feed)
        )
    }
}
