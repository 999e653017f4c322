/// Spans of time as people write them: `15m`, `90s`, `1h30m`, `2y`.
enum DurationText {
    /// What is expected, for messages.
    static let expectation = "a span of time such as \"90s\", \"15m\" or \"1h30m\""

    private static let units: [(letter: Character, seconds: Int64)] = [
        ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]

    /// Units that are read and not written; a year has 365.25 days.
    private static let longUnits: [(letter: Character, seconds: Int64)] = [("y", 31_557_600), ("w", 604_800)]

    /// Reads whole numbers, each followed by `y`, `w`, `d`, `h`, `m` or `s`, larger units first; nil for anything else.
    static func parse(_ text: String) -> Duration? {
        var rest = text[...]
        var allowed = (longUnits + units)[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard digits.utf8.count <= 9, let number = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let letter = rest.popFirst(), let unit = allowed.firstIndex(where: { $0.letter == letter })
            else { return nil }
            total += number * allowed[unit].seconds
            allowed = allowed[(unit + 1)...]
        }
        return text.isEmpty ? nil : .seconds(total)
    }

    /// Writes a span for people: milliseconds below a second, tenths below a minute, then the two largest units.
    static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = max(duration, .zero).components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        if seconds == 0 { return milliseconds == 0 ? "0s" : "\(milliseconds)ms" }
        if seconds < 60 { return milliseconds < 100 ? "\(seconds)s" : "\(seconds).\(milliseconds / 100)s" }
        var rest = seconds
        var parts: [String] = []
        for unit in units {
            let count = rest / unit.seconds
            rest %= unit.seconds
            if count > 0 { parts.append("\(count)\(unit.letter)") }
        }
        return parts.prefix(2).joined()
    }
}
