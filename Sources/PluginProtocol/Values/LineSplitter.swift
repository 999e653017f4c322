/// Cuts a stream of bytes into lines.
package struct LineSplitter: Sendable {
    /// A line is longer than it may be.
    package struct TooLong: Error {}

    private let longestLine: Int
    private var partial: [UInt8] = []

    /// Makes a splitter for lines of at most so many bytes.
    package init(longestLine: Int) { self.longestLine = longestLine }

    /// Takes the next bytes and hands over each line that they end, without its line feed.
    ///
    /// - Throws: ``TooLong``.
    package mutating func take(_ bytes: ArraySlice<UInt8>, _ body: ([UInt8]) -> Void) throws(TooLong) {
        var rest = bytes
        while let end = rest.firstIndex(of: 0x0A) {
            guard partial.count + (end - rest.startIndex) <= longestLine else { throw TooLong() }
            if partial.isEmpty {
                body(Array(rest[..<end]))
            } else {
                partial += rest[..<end]
                var line: [UInt8] = []
                swap(&line, &partial)
                body(line)
            }
            rest = rest[(end + 1)...]
        }
        guard partial.count + rest.count <= longestLine else { throw TooLong() }
        partial += rest
    }
}
