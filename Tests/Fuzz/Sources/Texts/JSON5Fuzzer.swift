import JSON5
import RawJSON

extension Fuzzer {
    /// JSON5: every JSON text is one, what is read can be written and read again, and an error names a place in the text.
    static let json5 = Fuzzer(name: "json5") { bytes in
        let text = SourceText(bytes)
        do throws(JSON5Error) {
            let document = try JSON5Document(parsing: bytes, fileName: "a.json5")
            demand(document.repeatedNames.isEmpty, "a repeated name is accepted")
            demandPositions(document.root, in: text)
            demandRoundTrip(document.root)
        } catch {
            demand(text.holds(error.position), "an error at a place that is not there, \(error.position)")
            demand(error.relatedPosition.map(text.holds) ?? true, "an error refers to a place that is not there")
            demandDiscretion(error.message, text)
            demandJSON(bytes, error)
        }
    }

    private static func demandPositions(_ node: JSON5Node, in text: SourceText) {
        demand(text.holds(node.position), "a value at a place that is not there, \(node.position)")
        for element in node.elements ?? [] { demandPositions(element, in: text) }
        for member in node.members ?? [] {
            demand(member.namePosition < member.value.position, "a value stands before its name")
            demandPositions(member.value, in: text)
        }
    }

    private static func demandRoundTrip(_ node: JSON5Node) {
        var writer = JSONWriter()
        node.write(to: &writer)
        guard let again = try? JSON5Document(parsing: writer.bytes).root else { stop("what is written cannot be read") }
        demand(node.isSame(as: again), "what is written reads back as something else")
        guard (try? JSONDocument(parsing: writer.bytes)) != nil else { stop("what is written is not JSON") }
    }

    /// What JSON takes, JSON5 takes, but for repeated names, lone surrogates and great depth.
    private static func demandJSON(_ bytes: [UInt8], _ error: JSON5Error) {
        let limits = JSONLimits(maximumDepth: JSON5Document.maximumDepth, duplicateKeys: .reject)
        guard let document = try? JSONDocument(parsing: bytes, limits: limits) else { return }
        let names = document.root.canonicallyEqualNames
        demand(names, "JSON is refused: \(error.position) \(error.message.count)")
    }

    /// A message shows one character of the text at most: a configuration may hold secrets.
    private static func demandDiscretion(_ message: String, _ text: SourceText) {
        guard text.scalars.count >= 6 else { return }
        let canary = "ZQXJK"
        if text.string.contains(canary) { demand(!message.contains(canary), "a message shows the text: \(message)") }
    }
}

/// A text as lines, to tell whether a place is in it.
struct SourceText {
    let string: String
    let scalars: [Unicode.Scalar]
    private let lengths: [Int]

    init(_ bytes: [UInt8]) {
        string = String(decoding: bytes, as: UTF8.self)
        var scalars = Array(string.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        self.scalars = scalars
        var lengths = [0]
        var previous: Unicode.Scalar?
        for scalar in scalars {
            if scalar == "\r" || (scalar == "\n" && previous != "\r") {
                lengths.append(0)
            } else if scalar != "\n" {
                lengths[lengths.count - 1] += 1
            }
            previous = scalar
        }
        self.lengths = lengths
    }

    /// Whether a place is in the text, or just behind a line's end.
    func holds(_ position: JSON5Position) -> Bool {
        guard position.line >= 1, position.line <= lengths.count, position.column >= 1 else { return false }
        return position.column <= lengths[position.line - 1] + 1
    }
}

extension JSON5Node {
    /// Writes the value as JSON, as far as JSON has it.
    func write(to writer: inout JSONWriter) {
        switch value {
        case .null: writer.null()
        case .boolean(let boolean): writer.boolean(boolean)
        case .number(let number):
            if let integer = number.integer { writer.integer(integer) } else { writer.double(number.double ?? 0) }
        case .string(let string): writer.string(string)
        case .array(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for member in members {
                writer.name(member.name)
                member.value.write(to: &writer)
            }
            writer.endObject()
        }
    }

    /// Whether another tree, read from what this one wrote, holds the same.
    fileprivate func isSame(as other: JSON5Node) -> Bool {
        switch (value, other.value) {
        case (.null, .null): return true
        case (.boolean(let left), .boolean(let right)): return left == right
        case (.number(let left), .number(let right)):
            if let integer = right.integer { return left.integer == integer }
            return left.double ?? 0 == right.double
        case (.number(let left), .null): return left.double?.isFinite == false
        case (.string(let left), .string(let right)): return left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && zip(left, right).allSatisfy {
                    $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.isSame(as: $1.value)
                }
        default: return false
        }
    }
}

extension JSONValue {
    /// Whether an object in the value has two names that are one in Unicode.
    fileprivate var canonicallyEqualNames: Bool {
        var names: Set<String> = []
        return members.contains { !names.insert($0.name).inserted || $0.value.canonicallyEqualNames }
            || elements.contains(where: \.canonicallyEqualNames)
    }
}
