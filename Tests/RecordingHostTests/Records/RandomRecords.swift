import RawJSON
import RecordingKit

/// Records of every shape, the same for the same seed.
struct RandomRecords {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func number(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func chance(_ outOf: Int = 2) -> Bool { number(outOf) == 0 }

    mutating func text() -> String {
        let pieces = [
            "a", "\"", "\\", "\\\"", "\n", "\r\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{2028}", "\u{2029}", "é",
            "e\u{301}",
            "𝄞", "👩‍👩‍👧", "\u{FEFF}", "\u{FFFF}", "\u{10FFFF}", " ", "  ", "{", "}", "[", "]", ",", ":", "/", "null",
            "\u{202E}",
        ]
        return (0..<number(8)).map { _ in pieces[number(pieces.count)] }.joined()
    }

    mutating func optionalText() -> String? { chance() ? text() : nil }

    mutating func time() -> Timestamp {
        switch number(8) {
        case 0: return .earliest
        case 1: return .latest
        default:
            let digits = number(10)
            return Timestamp(
                secondsSince1970: Int64(number(4_000_000_000)) - 1_000_000_000,
                nanoseconds: Int64(number(1_000_000_000)),
                fractionDigits: digits
            )
        }
    }

    mutating func optionalTime() -> Timestamp? { chance() ? time() : nil }

    mutating func space() -> String {
        let spaces = ["", "", "", " ", "\n", "\r\n", "\t", "   "]
        return spaces[number(spaces.count)]
    }

    /// JSON text with white space anywhere it may be, every kind of number, escape and nesting.
    mutating func json(depth: Int = 4) -> String {
        let scalars = [
            "0", "-0", "1.50", "1e400", "-12.5E-7", "123456789012345678901234567890", "true", "false", "null", #""""#,
            #""\u0041\/\b\f""#, #""\ud834\udd1e""#, #""  \\\"  ""#, #""é 👩‍👩‍👧 ""#, #"" { } [ ] : , ""#,
        ]
        guard depth > 0, !chance(3) else { return space() + scalars[number(scalars.count)] + space() }
        let isObject = chance()
        let parts = (0..<number(4)).map { index in
            isObject
                ? space() + "\"k\(number(3))\\n\"" + space() + ":" + json(depth: depth - 1) : json(depth: depth - 1)
        }
        let inside = parts.isEmpty ? space() : parts.joined(separator: ",")
        return space() + (isObject ? "{\(inside)}" : "[\(inside)]") + space()
    }

    mutating func value() throws -> JSONValue? { chance(3) ? nil : try JSONDocument(parsing: json()).root }

    mutating func person() -> Person { Person(id: optionalText(), name: optionalText(), email: optionalText()) }

    mutating func recording() throws -> Recording {
        var recording = Recording(id: text(), status: RecordingStatus(rawValue: chance() ? "available" : text()))
        recording.title = optionalText()
        recording.startedAt = optionalTime()
        recording.endedAt = optionalTime()
        recording.createdAt = optionalTime()
        recording.updatedAt = optionalTime()
        recording.rawStatus = optionalText()
        recording.error = optionalText()
        recording.host = person()
        recording.site = optionalText()
        recording.context = (0..<number(4)).map { _ in ContextEntry(text(), text()) }
        recording.raw = try value()
        return recording
    }

    mutating func summary() -> AccessSummary {
        let counts: [Int64?] = [nil, 0, -1, .min, .max, 7]
        return AccessSummary(
            recordingID: text(),
            views: counts[number(counts.count)],
            downloads: counts[number(counts.count)]
        )
    }

    mutating func event(id: String, isSynthetic: Bool) throws -> AccessEvent {
        var event = AccessEvent(
            identity: isSynthetic ? .derived([text()]) : .platform(id),
            recordingID: text(),
            actor: person(),
            actions: []
        )
        event.actions = (0..<number(3)).map { _ in AccessAction(rawValue: text()) }
        event.occurredAt = optionalTime()
        event.changes = try value()
        event.raw = try value()
        return event
    }
}
