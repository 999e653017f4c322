import RecordingKit

/// The date of a mail (RFC 5322, sections 3.3 and 4.3), which is also that of HTTP (RFC 9110, section 5.6.7).
enum MailDate {
    private static let zones = [
        "GMT": "+0000", "UT": "+0000", "UTC": "+0000", "Z": "+0000", "EST": "-0500", "EDT": "-0400", "CST": "-0600",
        "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
    ]

    /// Reads `[Tue, ]31 Aug 2010 20:36[:28] +0000`; the name of the day is not held against the date.
    static func read(_ text: String) -> Timestamp? {
        guard text.utf8.count <= 64 else { return nil }
        var words = text.split(separator: " ")
        if let first = words.first, first.hasSuffix(","), isWeekday(first.dropLast()) { words.removeFirst() }
        guard words.count == 5, (1...2).contains(words[0].utf8.count), let year = year(words[2]),
            let month = TimeText.months.firstIndex(where: { $0.lowercased() == words[1].lowercased() }),
            let zone = zone(words[4]), (5...8).contains(words[3].utf8.count)
        else { return nil }
        let day = words[0].utf8.count == 1 ? "0" + words[0] : String(words[0])
        return Timestamp("\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day)T\(words[3])\(zone)")
    }

    private static func isWeekday(_ word: Substring) -> Bool {
        TimeText.weekdays.contains { $0.lowercased() == word.lowercased() }
    }

    /// A year of two digits is from 1950 to 2049, one of three counts from 1900 (section 4.3).
    private static func year(_ word: Substring) -> String? {
        guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(word) else { return nil }
        switch word.utf8.count {
        case 2: return String(number < 50 ? 2_000 + number : 1_900 + number)
        case 3: return String(1_900 + number)
        case 4: return String(word)
        default: return nil
        }
    }

    private static func zone(_ word: Substring) -> String? {
        if let known = zones[word.uppercased()] { return known }
        guard word.utf8.count == 5, word.hasPrefix("+") || word.hasPrefix("-") else { return nil }
        return String(word)
    }
}
