import RecordingKit

/// The three forms of a date in HTTP (RFC 9110 §5.6.7): IMF-fixdate, RFC 850 and asctime.
enum HTTPDate {
    /// Reads a date, or returns nil.
    ///
    /// - Parameters:
    ///   - text: the field value.
    ///   - now: settles the century of the two-digit years of RFC 850: a year more than 50 years ahead is in the past.
    static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        let words = text.split(whereSeparator: { " ,-\t".contains($0) })
        guard words.count >= 5, isDayName(words[0]) else { return nil }
        if let month = month(words[1]) {
            guard words.count == 5, let year = number(words[4]), words[4].count == 4 else { return nil }
            return timestamp(year: year, month: month, day: words[2], time: words[3])
        }
        guard words.count == 6, let month = month(words[2]), let year = number(words[3]),
            words[3].count.isMultiple(of: 2),
            words[5] == "GMT" || words[5] == "UTC"
        else { return nil }
        let fullYear = words[3].count == 2 ? century(of: year, now: now) : year
        return timestamp(year: fullYear, month: month, day: words[1], time: words[4])
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    private static func month(_ word: Substring) -> Int? {
        months.firstIndex { $0.lowercased() == word.lowercased() }.map { $0 + 1 }
    }

    private static func isDayName(_ word: Substring) -> Bool {
        days.contains { word.lowercased().hasPrefix($0) }
    }

    private static func number(_ word: Substring) -> Int? {
        word.utf8.allSatisfy { (0x30...0x39).contains($0) } && word.count <= 4 ? Int(word) : nil
    }

    private static func century(of year: Int, now: Timestamp) -> Int {
        let currentYear = Int(now.description.prefix(4)) ?? 2_000
        let candidate = currentYear / 100 * 100 + year
        return candidate > currentYear + 50 ? candidate - 100 : candidate
    }

    private static func timestamp(year: Int, month: Int, day: Substring, time: Substring) -> Timestamp? {
        guard let day = number(day), time.utf8.count == 8 else { return nil }
        return Timestamp("\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(time)Z")
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
