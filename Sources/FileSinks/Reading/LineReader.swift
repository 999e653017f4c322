import RecordingHost

/// Reads a range of a file line by line, compressed or not, holding no more than a block and one line.
struct LineReader {
    /// A line without its line feed, or what follows the last one.
    struct Line {
        var bytes: [UInt8]
        var isEnded: Bool
    }

    /// Where in the file the last whole frame ends; behind everything that was read when there are no frames.
    private(set) var wholeEnd: Int64
    /// How many lines were returned, the last one included.
    private(set) var count = 0

    private let file: OpenFile
    private let end: Int64
    private let quotesLineFeeds: Bool
    private var decompressor: (any Decompressor)?
    private var offset: Int64
    private var buffer: [UInt8] = []
    private var start = 0
    private var scanned = 0
    private var isQuoted = false
    /// What ends the reading once everything before it was returned.
    private var failure: CompressionError?

    private static let blockSize = 131_072

    init(
        _ file: OpenFile,
        _ range: Range<Int64>,
        _ compression: Compression,
        quotesLineFeeds: Bool = false
    ) throws(CompressionError) {
        self.file = file
        self.quotesLineFeeds = quotesLineFeeds
        offset = range.lowerBound
        end = range.upperBound
        wholeEnd = range.lowerBound
        decompressor = try compression.makeDecompressor()
    }

    /// Whether what was read ends with a whole frame, or there are no frames.
    var isBetweenFrames: Bool { decompressor?.isBetweenFrames ?? true }

    /// The next line, nil at the end of the range.
    ///
    /// - Throws: `SystemError`, and `CompressionError` where the bytes are no frame.
    mutating func next() throws -> Line? {
        while true {
            if let place = lineEnd() {
                let line = Line(bytes: Array(buffer[start..<place]), isEnded: true)
                start = place + 1
                count += 1
                return line
            }
            guard try fill() else { break }
        }
        guard start < buffer.count else { return nil }
        let rest = Line(bytes: Array(buffer[start...]), isEnded: false)
        start = buffer.count
        count += 1
        return rest
    }

    private mutating func lineEnd() -> Int? {
        while scanned < buffer.count {
            let byte = buffer[scanned]
            scanned += 1
            if byte == UInt8(ascii: "\n"), !isQuoted { return scanned - 1 }
            if quotesLineFeeds, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        }
        return nil
    }

    /// Reads another block; false at the end of the range.
    private mutating func fill() throws -> Bool {
        if let failure { throw failure }
        guard offset < end else { return false }
        buffer.removeFirst(start)
        scanned -= start
        start = 0
        let block = try file.readFully(at: offset, count: Int(min(Int64(Self.blockSize), end - offset)))
        guard !block.isEmpty else { return false }
        guard decompressor != nil else {
            buffer += block
            offset += Int64(block.count)
            wholeEnd = offset
            return true
        }
        var taken = 0
        do throws(CompressionError) {
            while taken < block.count {
                let span = block.span.extracting(taken..<block.count)
                taken += try decompressor?.decompress(span, into: &buffer) ?? span.count
                if isBetweenFrames { wholeEnd = offset + Int64(taken) }
            }
        } catch {
            failure = error
        }
        offset += Int64(block.count)
        return true
    }
}
