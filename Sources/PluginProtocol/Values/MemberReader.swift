import RawJSON
import RecordingKit

/// Reads the members of one object and notices those that nobody asked for.
///
/// A member that is null counts as absent. Names that are not known are refused, because a misspelt member would lose data without
/// a word.
struct MemberReader {
    let value: JSONValue
    /// What the object is, for messages, such as `recording`.
    let place: String
    private var seen = 0

    init(_ value: JSONValue, _ place: String) throws {
        guard value.kind == .object else { throw ProtocolViolation("its \(place) is not an object") }
        self.value = value
        self.place = place
    }

    /// Counts the members that were read already, such as a message's type.
    init(_ value: JSONValue, _ place: String, seen: Int) throws {
        try self.init(value, place)
        self.seen = seen
    }

    /// The member called `name`; nil when it is absent or null.
    mutating func member(_ name: String) -> JSONValue? {
        guard let member = value[name] else { return nil }
        seen += 1
        return member.isNull ? nil : member
    }

    mutating func text(_ name: String) throws -> String? {
        guard let member = member(name) else { return nil }
        guard let text = member.string else { throw wrong(name, "text") }
        return text
    }

    /// A text, or a number as it was written.
    mutating func scalar(_ name: String) throws -> String? {
        guard let member = member(name) else { return nil }
        guard let text = member.scalarText else { throw wrong(name, "text or a number") }
        return text
    }

    /// A text, or a number or truth value as it was written.
    mutating func scalarOrBoolean(_ name: String) throws -> String? {
        if let truth = value[name]?.boolean {
            seen += 1
            return truth ? "true" : "false"
        }
        return try scalar(name)
    }

    mutating func requiredText(_ name: String) throws -> String {
        guard let text = try text(name) else { throw missing(name) }
        return text
    }

    mutating func requiredScalar(_ name: String) throws -> String {
        guard let text = try scalar(name) else { throw missing(name) }
        return text
    }

    mutating func integer(_ name: String) throws -> Int64? {
        guard let member = member(name) else { return nil }
        guard let number = member.integer else { throw wrong(name, "a whole number") }
        return number
    }

    mutating func count(_ name: String) throws -> Int? {
        guard let number = try integer(name) else { return nil }
        guard let count = Int(exactly: number), count >= 0 else { throw wrong(name, "a whole number from 0") }
        return count
    }

    mutating func double(_ name: String) throws -> Double? {
        guard let member = member(name) else { return nil }
        guard let number = member.double else { throw wrong(name, "a number") }
        return number
    }

    mutating func boolean(_ name: String) throws -> Bool? {
        guard let member = member(name) else { return nil }
        guard let truth = member.boolean else { throw wrong(name, "true or false") }
        return truth
    }

    mutating func timestamp(_ name: String) throws -> Timestamp? {
        guard let text = try text(name) else { return nil }
        guard let time = Timestamp(text) else { throw wrong(name, "a time such as 2026-01-31T08:00:00Z") }
        return time
    }

    mutating func duration(_ name: String) throws -> Duration? {
        guard let text = try text(name) else { return nil }
        guard let duration = SpanText.parse(text) else { throw wrong(name, "a span such as \"15m\" or \"30d\"") }
        return duration
    }

    mutating func pointer(_ name: String) throws -> JSONPointer? {
        guard let text = try text(name) else { return nil }
        guard let pointer = try? JSONPointer(parsing: text) else { throw wrong(name, "a JSON Pointer") }
        return pointer
    }

    mutating func requiredPointer(_ name: String) throws -> JSONPointer {
        guard let pointer = try pointer(name) else { throw missing(name) }
        return pointer
    }

    /// The elements of a list; empty when it is absent.
    mutating func list(_ name: String) throws -> [JSONValue] {
        guard let member = member(name) else { return [] }
        guard member.kind == .array else { throw wrong(name, "a list") }
        return Array(member.elements)
    }

    mutating func texts(_ name: String) throws -> [String] {
        try list(name).map { element in
            guard let text = element.string else { throw wrong(name, "a list of texts") }
            return text
        }
    }

    /// Names with texts or numbers; empty when it is absent.
    mutating func pairs(_ name: String) throws -> [(name: String, value: String)] {
        guard let member = member(name) else { return [] }
        guard member.kind == .object else { throw wrong(name, "an object") }
        return try member.members.compactMap { inner in
            if inner.value.isNull { return nil }
            guard let text = inner.value.scalarText else { throw wrong(name, "an object of texts") }
            return (inner.name, text)
        }
    }

    /// The item whose position is the member `raw_item`; nil when it is absent.
    mutating func item(of items: [JSONValue]) throws -> JSONValue? {
        guard let position = try count("raw_item") else { return nil }
        guard items.indices.contains(position) else { throw wrong("raw_item", "a position in the last page") }
        return items[position]
    }

    /// An object of its own; nil when it is absent.
    mutating func object(_ name: String) throws -> MemberReader? {
        guard let member = member(name) else { return nil }
        guard member.kind == .object else { throw wrong(name, "an object") }
        return try MemberReader(member, "\(place)'s \(name)")
    }

    /// Refuses what was not asked for.
    ///
    /// - Parameter known: every name that may be there.
    func finish(_ known: @autoclosure () -> [String]) throws {
        guard seen < value.members.count else { return }
        let known = known()
        var names: Set<String> = []
        for (name, _) in value.members {
            if !known.contains(name) {
                let shown = MemberReader.isShowable(name) ? "a member \"\(name)\", which" : "a member that"
                throw ProtocolViolation("its \(place) has \(shown) is not part of the protocol")
            }
            if !names.insert(name).inserted { throw ProtocolViolation("its \(place) has \"\(name)\" twice") }
        }
        throw ProtocolViolation("its \(place) has members that do not go together")
    }

    func missing(_ name: String) -> ProtocolViolation { ProtocolViolation("its \(place) has no \"\(name)\"") }

    func wrong(_ name: String, _ expectation: String) -> ProtocolViolation {
        ProtocolViolation("the \"\(name)\" of its \(place) is not \(expectation)")
    }

    /// Whether a name looks like one that a programmer chose, and not like data.
    private static func isShowable(_ name: String) -> Bool {
        name.utf8.count <= 24
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x5F }
    }
}
