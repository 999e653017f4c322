/// Validates a JSON text in one pass and notes where its values lie.
///
/// It keeps no stack: while an array or object is open, the second of its words holds the index of the one around it.
struct TapeBuilder {
    private static let none = 0xFFFF_FFFF

    let input: ByteView
    let limits: JSONLimits
    private(set) var tape: [TapeWord] = []
    private(set) var hasSpace = false
    private(set) var hasLineBreaks = false
    var position = 0
    private var container = Self.none
    private var inObject = false
    private var count = 0
    private var depth = 0
    private var valuesLeft: Int

    init(input: ByteView, limits: JSONLimits) {
        self.input = input
        self.limits = limits
        valuesLeft = limits.maximumValues ?? .max
        // A record of an API holds a value or a name in about every 15 bytes.
        tape.reserveCapacity(input.count / 12 + 8)
    }

    mutating func build() throws(JSONError) {
        try skipByteOrderMark()
        skipWhitespace()
        guard position < input.count else { throw JSONError(code: .empty, offset: position) }
        repeat {
            if inObject { try scanName() }
            try scanValue()
            while container != Self.none {
                skipWhitespace()
                let byte = input[position]
                if byte == UInt8(ascii: ",") {
                    position &+= 1
                    skipWhitespace()
                    break
                }
                guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw unexpected() }
                try close()
            }
        } while container != Self.none
        skipWhitespace()
        guard position == input.count else { throw JSONError(code: .trailingContent, offset: position) }
    }

    /// An error at the current byte, or at the end when there is none.
    func unexpected(_ code: JSONError.Code = .unexpectedByte) -> JSONError {
        JSONError(code: position < input.count ? code : .unexpectedEnd, offset: min(position, input.count))
    }
}

// MARK: - Values

extension TapeBuilder {
    /// Reads a scalar, an empty array or object, or the start of one that is not empty and all starts inside it.
    @inline(__always)
    private mutating func scanValue() throws(JSONError) {
        while true {
            guard valuesLeft > 0 else { throw unexpected(.tooLarge) }
            valuesLeft &-= 1
            count &+= 1
            let start = position
            switch input[position] {
            case UInt8(ascii: "\""):
                let escaped = try scanString()
                tape.append(TapeWord(.string, start: start, extent: position &- start, flag: escaped))
                return
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let isInteger = try scanNumber()
                tape.append(TapeWord(.number, start: start, extent: position &- start, flag: !isInteger))
                return
            case UInt8(ascii: "{"):
                try open(.object)
                skipWhitespace()
                guard input[position] != UInt8(ascii: "}") else { return try close() }
                try scanName()
            case UInt8(ascii: "["):
                try open(.array)
                skipWhitespace()
                guard input[position] != UInt8(ascii: "]") else { return try close() }
            case UInt8(ascii: "t"): return try scanLiteral("true", .yes)
            case UInt8(ascii: "f"): return try scanLiteral("false", .no)
            case UInt8(ascii: "n"): return try scanLiteral("null", .null)
            default: throw unexpected()
            }
        }
    }

    /// Reads a member's name, the colon and the whitespace around it.
    @inline(__always)
    private mutating func scanName() throws(JSONError) {
        let start = position
        guard input[position] == UInt8(ascii: "\"") else { throw unexpected() }
        let escaped = try scanString()
        tape.append(TapeWord(.string, start: start, extent: position &- start, flag: escaped))
        skipWhitespace()
        guard input[position] == UInt8(ascii: ":") else { throw unexpected() }
        position &+= 1
        skipWhitespace()
    }

    private mutating func scanLiteral(_ text: String, _ kind: TapeWord.Kind) throws(JSONError) {
        let start = position
        for byte in text.utf8 {
            guard input[position] == byte else { throw unexpected() }
            position &+= 1
        }
        tape.append(TapeWord(kind, start: start, extent: position &- start))
    }

    private mutating func open(_ kind: TapeWord.Kind) throws(JSONError) {
        guard depth < limits.maximumDepth else { throw unexpected(.depthExceeded) }
        depth &+= 1
        // The count of the enclosing container waits in its own second word.
        if container != Self.none {
            tape[container &+ 1] = TapeWord(low: tape[container &+ 1].low, count: count)
        }
        tape.append(TapeWord(kind, start: position, extent: 0))
        tape.append(TapeWord(low: container, count: 0))
        container = tape.count &- 2
        inObject = kind == .object
        count = 0
        position &+= 1
    }

    private mutating func close() throws(JSONError) {
        if inObject, limits.duplicateKeys == .reject { try rejectDuplicateKeys() }
        position &+= 1
        depth &-= 1
        let header = tape[container]
        let outer = tape[container &+ 1].low
        tape[container] = TapeWord(header.kind, start: header.start, extent: tape.count)
        tape[container &+ 1] = TapeWord(low: position &- header.start, count: count)
        container = outer
        guard outer != Self.none else { return inObject = false }
        inObject = tape[outer].kind == .object
        count = tape[outer &+ 1].count
    }

    /// Compares the names of the object that is about to be closed.
    private func rejectDuplicateKeys() throws(JSONError) {
        guard count > 1 else { return }
        var seen: Set<[UInt8]> = []
        var index = container &+ 2
        while index < tape.count {
            let name = tape[index]
            guard seen.insert(StringDecoder.utf8(of: name, in: input)).inserted else {
                throw JSONError(code: .duplicateKey, offset: name.start)
            }
            let value = tape[index &+ 1]
            index = value.isContainer ? value.extent : index &+ 2
        }
    }
}

// MARK: - Whitespace

extension TapeBuilder {
    @inline(__always)
    private mutating func skipWhitespace() {
        if input[position] <= 0x20 { skipWhitespaceRun() }
    }

    private mutating func skipWhitespaceRun() {
        while true {
            switch input[position] {
            case 0x20, 0x09: break
            case 0x0A, 0x0D: hasLineBreaks = true
            default: return
            }
            hasSpace = true
            position &+= 1
        }
    }

    private mutating func skipByteOrderMark() throws(JSONError) {
        guard input[0] == 0xEF else { return }
        for byte in [0xEF, 0xBB, 0xBF] as [UInt8] {
            guard input[position] == byte else { throw unexpected() }
            position &+= 1
        }
    }
}
