/// Reads values by recursive descent, one function for each production of the grammar.
struct JSON5Parser {
    var scanner: JSON5Scanner
    private var depth = 0
    /// Names that stand in their object for the second time; the first of them counts.
    private(set) var repeatedNames: [JSON5Error] = []

    init(scanner: JSON5Scanner) {
        self.scanner = scanner
    }

    mutating func document() throws(JSON5Error) -> JSON5Node {
        let root = try value()
        try scanner.skipInsignificant()
        guard scanner.next == nil else { throw scanner.unexpected(expected: "the end of the text") }
        return root
    }

    private mutating func value() throws(JSON5Error) -> JSON5Node {
        try scanner.skipInsignificant()
        let position = scanner.position
        let value: JSON5Node.Value
        switch scanner.next {
        case "{": value = .object(try nested { parser throws(JSON5Error) in try parser.members() })
        case "[": value = .array(try nested { parser throws(JSON5Error) in try parser.elements() })
        case "\"", "'": value = .string(try string())
        case "+", "-", ".": value = .number(try number())
        case .some(let scalar) where scalar.isDecimalDigit: value = .number(try number())
        case .some(let scalar) where scalar.isJSON5IdentifierStart: value = try word()
        default: throw scanner.unexpected(expected: "a value")
        }
        return JSON5Node(value: value, position: position)
    }

    private mutating func nested<Content>(
        _ content: (inout JSON5Parser) throws(JSON5Error) -> Content
    ) throws(JSON5Error) -> Content {
        guard depth < JSON5Document.maximumDepth else {
            throw scanner.unexpected(
                expected: "at most \(JSON5Document.maximumDepth) arrays and objects in one another"
            )
        }
        depth += 1
        defer { depth -= 1 }
        return try content(&self)
    }

    private mutating func elements() throws(JSON5Error) -> [JSON5Node] {
        let start = scanner.position
        scanner.advance()
        var elements: [JSON5Node] = []
        while true {
            try scanner.skipInsignificant()
            if scanner.skip("]") { return elements }
            guard scanner.next != nil else {
                throw scanner.unexpected(expected: "a value or \"]\" in the array", since: start)
            }
            elements.append(try value())
            try scanner.skipInsignificant()
            if scanner.skip("]") { return elements }
            guard scanner.skip(",") else {
                throw scanner.unexpected(expected: "\",\" or \"]\" in the array", since: start)
            }
        }
    }

    private mutating func members() throws(JSON5Error) -> [JSON5Member] {
        let start = scanner.position
        scanner.advance()
        var members: [JSON5Member] = []
        var positions: [String: JSON5Position] = [:]
        while true {
            try scanner.skipInsignificant()
            if scanner.skip("}") { return members }
            let member = try member(objectStart: start)
            if let first = positions[member.name] {
                repeatedNames.append(
                    scanner.error(
                        "found a name for the second time in one object, expected it once: it is also at \(first)",
                        at: member.namePosition,
                        related: first
                    )
                )
            } else {
                positions[member.name] = member.namePosition
                members.append(member)
            }
            try scanner.skipInsignificant()
            if scanner.skip("}") { return members }
            guard scanner.skip(",") else {
                throw scanner.unexpected(expected: "\",\" or \"}\" in the object", since: start)
            }
        }
    }

    private mutating func member(objectStart: JSON5Position) throws(JSON5Error) -> JSON5Member {
        let position = scanner.position
        let name: String
        switch scanner.next {
        case "\"", "'": name = try string()
        case .some(let scalar) where scalar == "\\" || scalar.isJSON5IdentifierStart: name = try identifier()
        default: throw scanner.unexpected(expected: "a name or \"}\" in the object", since: objectStart)
        }
        try scanner.skipInsignificant()
        guard scanner.skip(":") else { throw scanner.unexpected(expected: "\":\" after a name") }
        return JSON5Member(name: name, namePosition: position, value: try value())
    }

    /// Reads one of the words that are values.
    private mutating func word() throws(JSON5Error) -> JSON5Node.Value {
        let start = scanner
        var word = String.UnicodeScalarView()
        while let scalar = scanner.next, scalar.isJSON5IdentifierPart {
            word.append(scalar)
            scanner.advance()
        }
        switch String(word) {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "Infinity", "NaN": return .number(JSON5Number(text: String(word)))
        default:
            throw start.unexpected(expected: "a value; apart from null, true, false and numbers, text needs quotes")
        }
    }
}
