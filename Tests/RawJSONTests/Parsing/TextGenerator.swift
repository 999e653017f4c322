/// A small seeded generator (SplitMix64), so that every run sees the same inputs.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes valid JSON texts and damaged ones.
struct TextGenerator {
    var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(state: seed)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    mutating func pick<Element>(_ options: [Element]) -> Element { options[below(options.count)] }

    mutating func document() -> [UInt8] {
        Array((space() + value(depth: below(5)) + space()).utf8)
    }

    private mutating func value(depth: Int) -> String {
        switch depth == 0 ? below(5) : 5 + below(3) {
        case 0: return pick(["true", "false", "null"])
        case 1, 2: return number()
        case 3, 4: return string()
        case 5:
            let items = (0..<below(5)).map { _ in space() + value(depth: below(depth)) + space() }
            return "[" + space() + items.joined(separator: ",") + "]"
        default:
            let members = (0..<below(5)).map { _ in
                space() + string() + space() + ":" + space() + value(depth: below(depth)) + space()
            }
            return "{" + space() + members.joined(separator: ",") + "}"
        }
    }

    private mutating func space() -> String { pick(["", "", "", " ", "\n", "\t", "\r\n", "  "]) }

    private mutating func number() -> String {
        let whole = pick(["0", "1", "7", "42", "1234567890", "9223372036854775807", "12345678901234567890"])
        let fraction = pick(["", "", ".0", ".5", ".000001", ".123456789"])
        return pick(["", "", "-"]) + whole + fraction + pick(["", "", "e1", "E+2", "e-3", "E05"])
    }

    private mutating func string() -> String {
        let pieces = [
            "a", "key", "plain text of some length", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9",
            "\\uD83D\\uDE00",
            "\u{E9}", "\u{20AC}", "\u{1F600}", "\u{7F}", "\\b\\f\\r\\t", "{", "]", ",", ":", " ",
        ]
        return "\"" + (0..<below(6)).map { _ in pick(pieces) }.joined() + "\""
    }

    /// The same bytes with one to three places changed.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let suspicious =
            Array("{}[]\",:\\u0e+-.1tfn/ \n".utf8) + [0x00, 0x01, 0x1F, 0x7F, 0x80, 0xBF, 0xC3, 0xE2, 0xED, 0xF0]
        for _ in 0...below(3) {
            guard !bytes.isEmpty else { return [pick(suspicious)] }
            let position = below(bytes.count)
            switch below(6) {
            case 0: bytes.remove(at: position)
            case 1: bytes.insert(pick(suspicious), at: position)
            case 2: bytes[position] = pick(suspicious)
            case 3: bytes.removeLast(bytes.count - position)
            case 4: bytes.swapAt(position, below(bytes.count))
            default:
                let end = min(bytes.count, position + 1 + below(6))
                bytes.insert(contentsOf: bytes[position..<end], at: below(bytes.count + 1))
            }
        }
        return bytes
    }
}
