import RecordingKit

/// A time in an order of its own, such as `yyyy-MM-dd HH:mm:ss` or `MM/dd/yyyy hh:mm a` (letters as in Unicode TR 35).
struct TimePattern: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case field(Character, width: Int)
        case literal(Character)
    }

    private let parts: [Part]

    private static let widths: [Character: ClosedRange<Int>] = [
        "y": 4...4, "M": 1...3, "d": 1...2, "H": 1...2, "h": 1...2, "m": 2...2, "s": 2...2, "S": 1...9, "a": 1...1,
        "Z": 1...1,
    ]

    /// Reads a pattern; text between apostrophes stands for itself, and so does everything that is no letter.
    init(_ text: String) throws(ValueProblem) {
        var parts: [Part] = []
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "'" {
                guard let end = rest.firstIndex(of: "'") else {
                    throw ValueProblem("an apostrophe in the pattern is not closed", member: "pattern")
                }
                parts += rest[..<end].map(Part.literal)
                rest = rest[rest.index(after: end)...]
            } else if character.isLetter {
                let width = rest.prefix { $0 == character }.count + 1
                guard let allowed = TimePattern.widths[character], allowed.contains(width) else {
                    throw ValueProblem(
                        """
                        "\(String(repeating: character, count: width))" is not a part of a time: yyyy, M, MM, MMM, d, dd, H, HH, h, hh, \
                        mm, ss, S to SSSSSSSSS, a and Z are
                        """,
                        member: "pattern"
                    )
                }
                rest = rest.dropFirst(width - 1)
                parts.append(.field(character, width: width))
            } else {
                parts.append(.literal(character))
            }
        }
        let letters = parts.compactMap { part -> Character? in
            guard case .field(let letter, _) = part else { return nil }
            return letter
        }
        for letter in "yMd" where !letters.contains(letter) {
            throw ValueProblem("a pattern names year, month and day", member: "pattern")
        }
        guard Set(letters).count == letters.count else {
            throw ValueProblem("a pattern names each part of a time once", member: "pattern")
        }
        self.parts = parts
    }

    /// Reads a time.
    ///
    /// - Parameter zone: how far east of UTC it is when it names no zone, in seconds.
    func read(_ text: String, zone: Int64) -> Timestamp? {
        guard text.utf8.count <= 64 else { return nil }
        var fields = Fields()
        var rest = text[...]
        for part in parts {
            switch part {
            case .literal(let character):
                guard rest.popFirst() == character else { return nil }
            case .field(let letter, let width):
                guard fields.read(letter, width, &rest) else { return nil }
            }
        }
        return rest.isEmpty ? fields.time(zone: zone) : nil
    }
}

private struct Fields {
    private var year = 0
    private var month = 0
    private var day = 0
    private var hour = 0
    private var halfDayHour: Int?
    private var minute = 0
    private var second = 0
    private var fraction = ""
    private var isAfternoon: Bool?
    private var zone = ""

    mutating func read(_ letter: Character, _ width: Int, _ rest: inout Substring) -> Bool {
        switch letter {
        case "a":
            let word = rest.prefix(2).uppercased()
            guard word == "AM" || word == "PM" else { return false }
            isAfternoon = word == "PM"
            rest = rest.dropFirst(2)
        case "Z":
            zone = String(rest.prefix { !$0.isWhitespace })
            rest = rest.dropFirst(zone.count)
            return !zone.isEmpty
        case "M" where width == 3:
            let word = rest.prefix(3).lowercased()
            guard let index = TimeText.months.firstIndex(where: { $0.lowercased() == word }) else { return false }
            month = index + 1
            rest = rest.dropFirst(3)
        default:
            let most = width == 1 && letter != "S" ? 2 : width
            let digits = rest.prefix(most).prefix { $0.isASCII && $0.isNumber }
            guard digits.count >= width, let number = Int(digits) else { return false }
            if letter == "S" { fraction = ".\(digits)" }
            set(letter, number)
            rest = rest.dropFirst(digits.count)
        }
        return true
    }

    private mutating func set(_ letter: Character, _ number: Int) {
        switch letter {
        case "y": year = number
        case "M": month = number
        case "d": day = number
        case "H": hour = number
        case "h": halfDayHour = number
        case "m": minute = number
        case "s": second = number
        default: return
        }
    }

    func time(zone offset: Int64) -> Timestamp? {
        var hour = hour
        if let halfDayHour {
            guard (1...12).contains(halfDayHour), let isAfternoon else { return nil }
            hour = halfDayHour % 12 + (isAfternoon ? 12 : 0)
        }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let clock = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))\(fraction)"
        let time = Timestamp("\(date)T\(clock)\(["UTC", "GMT"].contains(zone.uppercased()) ? "Z" : zone)")
        return zone.isEmpty ? time.map { $0.advanced(by: .seconds(-offset)) } : time
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
