/// What the header sections of all answers to one request may be, interim answers and trailers included.
struct HeaderBudget {
    private var lines = 1000
    private var bytes = 256 << 10

    /// Counts a line; false when it must not go on.
    mutating func take(bytes count: Int) -> Bool {
        lines -= 1
        bytes -= count
        return lines >= 0 && bytes >= 0
    }
}
