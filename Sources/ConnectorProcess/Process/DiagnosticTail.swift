/// The last bytes of what a program wrote for people.
struct DiagnosticTail: Sendable {
    private let limit: Int
    private(set) var bytes: [UInt8] = []

    init(limit: Int) { self.limit = max(0, limit) }

    /// Takes the next bytes; memory stays within twice the limit and the bytes taken at once.
    mutating func take(_ more: ArraySlice<UInt8>) {
        bytes += more.suffix(limit)
        if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
    }

    /// What is kept.
    var kept: ArraySlice<UInt8> { bytes.suffix(limit) }
}
