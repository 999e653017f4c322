import RawJSON

extension SettingValue {
    /// The value as one line of JSON, which is also how it may be written in the configuration.
    var configurationText: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(decoding: writer.take(), as: UTF8.self)
    }

    /// Appends the value; members of objects in the order of their names.
    func write(to writer: inout JSONWriter) {
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
