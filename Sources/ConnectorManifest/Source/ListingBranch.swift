import RawJSON
import RecordingKit

/// How far a discovery went down into the steps, and what was bound on the way.
struct ListingBranch {
    var names: NameScope
    private(set) var depth = 0
    /// The row that the last step entered.
    private(set) var row: JSONValue?
    private var bound: [(name: String, value: String)] = []

    init(names: NameScope) { self.names = names }

    /// One step further, inside a row.
    func entering(_ row: JSONValue) -> ListingBranch {
        var inner = self
        inner.depth += 1
        inner.row = row
        return inner
    }

    /// Lets a name stand for a value from here on.
    mutating func bind(_ name: String, _ value: String) {
        names.bind(name, .text(value))
        bound.append((name: name, value: value))
    }

    /// What tells the branch from all others: its names and values, encoded so that none can look like another's.
    var key: String {
        bound.isEmpty
            ? "all"
            : bound.map { "\($0.name)/\(PercentEncoding.encode($0.value))" }.joined(separator: "/")
    }

    /// What people are shown.
    var label: String {
        bound.isEmpty ? "everything" : bound.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }

    /// What a listing needs in order to be read.
    var parameters: [String: String] { Dictionary(bound.map { ($0.name, $0.value) }) { $1 } }
}

extension JSONValue {
    /// A value as JSON.
    init(_ value: NameValue) throws {
        var writer = JSONWriter()
        writer.value(value)
        self = try JSONDocument(parsing: writer.bytes).root
    }

    /// A configured value as JSON.
    init(_ value: SettingValue) throws {
        var writer = JSONWriter()
        writer.value(value)
        self = try JSONDocument(parsing: writer.bytes).root
    }
}

extension Settings {
    /// The elements of a setting that takes one or a list, as JSON; none when it was not given.
    func elements(_ dotted: String) throws -> [JSONValue] {
        var names = dotted.split(separator: ".").map(String.init)[...]
        var value = names.popFirst().flatMap { self[$0] }
        while let name = names.popFirst() {
            guard case .object(let members) = value else { return [] }
            value = members[name]
        }
        guard let value else { return [] }
        if case .list(let elements) = value { return try elements.map { try JSONValue($0) } }
        return [try JSONValue(value)]
    }
}

extension JSONWriter {
    /// Writes a configured value.
    mutating func value(_ value: SettingValue) {
        switch value {
        case .string(let text): string(text)
        case .integer(let number): integer(number)
        case .number(let number): double(number)
        case .boolean(let truth): boolean(truth)
        case .list(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members.sorted(by: { $0.key < $1.key }) {
                name(member.key)
                self.value(member.value)
            }
            endObject()
        }
    }
}
