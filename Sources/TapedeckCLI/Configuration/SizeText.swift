/// Sizes as people write them, `500KB`, `100MB`, `2GB`, and rates, `20MB/s`.
enum SizeText {
    /// What is expected of a size, for messages.
    static let expectation = "a size such as \"500KB\", \"100MB\" or \"2GB\""

    /// What is expected of a rate, for messages.
    static let rateExpectation = "a size a second such as \"500KB/s\" or \"20MB/s\""

    private static let rateSuffix = "/s"

    /// A kilobyte has 1 000 bytes.
    private static let units: [(name: String, bytes: Int64)] = [
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ]

    /// Reads a whole number above 0 and its unit; nil for anything else.
    static func parse(_ text: some StringProtocol) -> Int64? {
        for unit in units where text.hasSuffix(unit.name) {
            let digits = text.dropLast(unit.name.count)
            guard digits.utf8.count <= 9, digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int64(digits)
            else { return nil }
            return number > 0 ? number * unit.bytes : nil
        }
        return nil
    }

    /// Reads a size and `/s` as bytes a second; nil for anything else.
    static func parseRate(_ text: String) -> Int64? {
        text.hasSuffix(rateSuffix) ? parse(text.dropLast(rateSuffix.count)) : nil
    }
}
