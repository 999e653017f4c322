import RawJSON
import RecordingKit

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
        value.write(to: &writer)
        self = try JSONDocument(parsing: writer.bytes).root
    }
}

extension Settings {
    /// The elements of a setting that takes one or a list; none when it was not given.
    func elements(_ dotted: String) -> [SettingValue] {
        var names = dotted.split(separator: ".").map(String.init)[...]
        var value = names.popFirst().flatMap { self[$0] }
        while let name = names.popFirst() {
            guard case .object(let members) = value else { return [] }
            value = members[name]
        }
        guard let value else { return [] }
        if case .list(let elements) = value { return elements }
        return [value]
    }
}
