/// How a file is cut into parts: a pure value.
struct PartPlan: Sendable, Hashable {
    /// The most parts that an object may have.
    static let mostParts: Int64 = 10_000

    let bytes: Int64
    /// The bytes of every part but the last.
    let partBytes: Int64

    /// Cuts `bytes` bytes into parts of the size wished for, or as much larger ones as it takes, to the MiB.
    init(bytes: Int64, wished: Int64) {
        self.bytes = bytes
        let needed = (bytes + Self.mostParts - 1) / Self.mostParts
        let unit: Int64 = 1 << 20
        partBytes = max(wished, (needed + unit - 1) / unit * unit)
    }

    /// How many parts there are.
    var count: Int { Int((bytes + partBytes - 1) / partBytes) }

    /// Where the part with this number, 1 for the first, lies in the file.
    func range(_ number: Int) -> Range<Int64> {
        let start = Int64(number - 1) * partBytes
        return start..<min(start + partBytes, bytes)
    }
}
