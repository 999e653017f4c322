package import RawJSON

extension SettingValue {
    /// Reads a value; nil for null, which no setting takes, and for a number that cannot be one.
    package init?(_ json: JSONValue) {
        switch json.kind {
        case .null: return nil
        case .string: self = .string(json.string ?? "")
        case .boolean: self = .boolean(json.boolean ?? false)
        case .number:
            guard let value = json.integer.map(SettingValue.integer) ?? json.double.map(SettingValue.number) else {
                return nil
            }
            self = value
        case .array: self = .list(json.elements.compactMap { SettingValue($0) })
        case .object: self = .object(SettingValue.members(of: json))
        }
    }

    /// The members of an object that have a value.
    package static func members(of json: JSONValue) -> [String: SettingValue] {
        json.members.reduce(into: [:]) { $0[$1.name] = SettingValue($1.value) }
    }

    /// The value as one line of JSON, which is also how it may be written in the configuration.
    var configurationText: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(decoding: writer.take(), as: UTF8.self)
    }

    /// Appends the value; members of objects in the order of their names.
    package func write(to writer: inout JSONWriter) {
        switch self {
        case .string(let text): writer.string(text)
        case .integer(let number): writer.integer(number)
        case .number(let number): writer.double(number)
        case .boolean(let truth): writer.boolean(truth)
        case .list(let elements):
            writer.beginArray()
            for element in elements { element.write(to: &writer) }
            writer.endArray()
        case .object(let members):
            writer.beginObject()
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                writer.name(name)
                value.write(to: &writer)
            }
            writer.endObject()
        }
    }
}
