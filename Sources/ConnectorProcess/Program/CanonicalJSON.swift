import RawJSON

/// JSON in one spelling, so that two texts that say the same are equal: members in the order of their names.
enum CanonicalJSON {
    static func bytes(of value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        write(value, to: &writer)
        return writer.take()
    }

    private static func write(_ value: JSONValue, to writer: inout JSONWriter) {
        switch value.kind {
        case .object:
            writer.beginObject()
            for (name, member) in value.members.sorted(by: { $0.name < $1.name }) {
                writer.name(name)
                write(member, to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for element in value.elements { write(element, to: &writer) }
            writer.endArray()
        case .string: writer.string(value.string ?? "")
        case .number, .boolean, .null: writer.raw(value)
        }
    }
}
