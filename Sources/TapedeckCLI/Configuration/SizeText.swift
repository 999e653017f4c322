/// Sizes as people write them: `500KB`, `100MB`, `2GB`.
enum SizeText {
    /// What is expected, for messages.
    static let expectation = "a size such as \"500KB\", \"100MB\" or \"2GB\""

    /// A kilobyte has 1 000 bytes.
    private static let units: [(name: String, bytes: Int64)] = [
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ]

    /// Reads a whole number above 0 and its unit; nil for anything else.
    static func parse(_ text: String) -> Int64? {
        for unit in units where text.hasSuffix(unit.name) {
            let digits = text.dropLast(unit.name.count)
            guard digits.utf8.count <= 9, digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int64(digits)
            else { return nil }
            return number > 0 ? number * unit.bytes : nil
        }
        return nil
    }
}
