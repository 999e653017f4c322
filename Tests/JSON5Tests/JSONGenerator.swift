/// Makes JSON texts together with the rendering of their trees, the same ones for the same seed.
struct JSONGenerator {
    struct Document {
        let text: String
        let rendering: String
    }

    /// SplitMix64, which is enough to vary shapes.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    var random: Random

    init(seed: UInt64) {
        random = Random(state: seed)
    }

    mutating func document(depth: Int) -> Document {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &random) {
        case 0: literal()
        case 1: number()
        case 2, 3: string()
        case 4: array(depth: depth)
        default: object(depth: depth)
        }
    }

    private mutating func space() -> String {
        ["", "", " ", "\n", "\t", "\r\n  "].randomElement(using: &random) ?? ""
    }

    private mutating func literal() -> Document {
        let text = ["null", "true", "false"].randomElement(using: &random) ?? "null"
        return Document(text: space() + text + space(), rendering: text)
    }

    private mutating func number() -> Document {
        var text = Bool.random(using: &random) ? "-" : ""
        text += "\(UInt32.random(in: 0...1_000_000, using: &random))"
        if Bool.random(using: &random) { text += ".\(Int.random(in: 0...999, using: &random))" }
        if Bool.random(using: &random) {
            text += ["e", "E", "e+", "e-"].randomElement(using: &random) ?? "e"
            text += "\(Int.random(in: 0...20, using: &random))"
        }
        return Document(text: space() + text + space(), rendering: text)
    }

    private mutating func string() -> Document {
        let string = quoted(length: Int.random(in: 0...8, using: &random), suffix: "")
        return Document(text: space() + string.text + space(), rendering: string.rendering)
    }

    private mutating func quoted(length: Int, suffix: String) -> Document {
        let pieces = [
            ("a", "a"), ("Z", "Z"), ("0", "0"), (" ", " "), ("'", "'"), ("//", "//"), ("\\\"", "\""), ("\\\\", "\\"),
            ("\\/", "/"), ("\\n", "\n"), ("\\b", "\u{8}"), ("\\u00e9", "\u{E9}"), ("\\uD83C\\uDFBC", "\u{1F3BC}"),
            ("\u{540D}", "\u{540D}"), ("\u{2028}", "\u{2028}"), ("\u{1F600}", "\u{1F600}"),
        ]
        var text = ""
        var value = ""
        for _ in 0..<length {
            let piece = pieces.randomElement(using: &random) ?? ("a", "a")
            text += piece.0
            value += piece.1
        }
        return Document(text: "\"\(text)\(suffix)\"", rendering: (value + suffix).debugDescription)
    }

    private mutating func array(depth: Int) -> Document {
        var elements: [Document] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) { elements.append(document(depth: depth - 1)) }
        return Document(
            text: "[" + space() + elements.map(\.text).joined(separator: ",") + "]" + space(),
            rendering: "[" + elements.map(\.rendering).joined(separator: ",") + "]"
        )
    }

    private mutating func object(depth: Int) -> Document {
        var members: [Document] = []
        for index in 0..<Int.random(in: 0...4, using: &random) {
            let name = quoted(length: Int.random(in: 0...4, using: &random), suffix: "#\(index)")
            let value = document(depth: depth - 1)
            members.append(
                Document(
                    text: space() + name.text + space() + ":" + value.text,
                    rendering: "\(name.rendering):\(value.rendering)"
                )
            )
        }
        return Document(
            text: "{" + space() + members.map(\.text).joined(separator: ",") + "}" + space(),
            rendering: "{" + members.map(\.rendering).joined(separator: ",") + "}"
        )
    }
}
