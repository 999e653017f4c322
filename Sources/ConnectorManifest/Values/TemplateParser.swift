/// Takes a template's text apart.
struct TemplateParser {
    private let text: String
    private var rest: Substring
    private var pieces: [TextTemplate.Piece] = []
    private var literal = ""

    init(_ text: String) {
        self.text = text
        rest = text[...]
    }

    mutating func parse() throws(ValueProblem) -> [TextTemplate.Piece] {
        while let character = rest.popFirst() {
            switch character {
            case "{":
                if rest.first == "{" {
                    rest.removeFirst()
                    literal.append("{")
                } else {
                    try readHole()
                }
            case "}":
                guard rest.first == "}" else {
                    throw ValueProblem("a \"}\" that closes nothing is written \"}}\"")
                }
                rest.removeFirst()
                literal.append("}")
            default: literal.append(character)
            }
        }
        endLiteral()
        return pieces
    }

    private mutating func readHole() throws(ValueProblem) {
        guard let end = rest.firstIndex(of: "}") else {
            throw ValueProblem("a \"{\" is not closed; a brace that is meant as such is written \"{{\"")
        }
        let words = rest[..<end].split(separator: "|", omittingEmptySubsequences: false).map(TemplateParser.trim)
        rest = rest[rest.index(after: end)...]
        let name = words[0]
        guard !name.isEmpty else { throw ValueProblem("there is no name between \"{\" and \"}\"") }
        let source: TextTemplate.Source
        if name.hasPrefix("/") {
            source = .path(try ValuePath(name))
        } else {
            guard TemplateParser.isName(name) else {
                throw ValueProblem(
                    "\"\(name)\" is not a name: names have letters, digits, \"_\", \"-\" and \".\"; a brace is written \"{{\""
                )
            }
            source = .name(name)
        }
        var filters: [TemplateFilter] = []
        for word in words.dropFirst() {
            guard let filter = TemplateFilter(rawValue: word) else {
                throw .unknownWord(word, kind: "filter", known: TemplateFilter.allCases.map(\.rawValue))
            }
            filters.append(filter)
        }
        endLiteral()
        pieces.append(.hole(TextTemplate.Hole(source: source, filters: filters)))
    }

    private mutating func endLiteral() {
        guard !literal.isEmpty else { return }
        pieces.append(.literal(literal))
        literal = ""
    }

    private static func trim(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
