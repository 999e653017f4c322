import RawJSON

extension SettingsSpecification {
    /// A JSON Schema (draft 2020-12) of a source's settings, as UTF-8 on one line.
    ///
    /// It accepts what ``parse(_:)`` accepts, but for texts that it can describe only in part: a time by a pattern, a URL by its
    /// scheme. Secrets are `writeOnly`.
    public var jsonSchema: [UInt8] {
        var schema = SchemaWriter()
        schema.writeDocument(fields)
        return schema.bytes
    }
}

/// Writes the schema of one object after another, members in the order of the specification.
private struct SchemaWriter {
    private var writer = JSONWriter(reservingCapacity: 4_096)

    var bytes: [UInt8] { writer.bytes }

    mutating func writeDocument(_ fields: [SettingField]) {
        writer.beginObject()
        member("$schema", "https://json-schema.org/draft/2020-12/schema")
        writeObjectKeywords(fields)
        writer.endObject()
    }

    private mutating func writeObjectKeywords(_ fields: [SettingField]) {
        member("type", "object")
        writer.name("properties")
        writer.beginObject()
        for field in fields {
            writer.name(field.name)
            writer.beginObject()
            writeTypeKeywords(field.type)
            member("description", field.help)
            if field.isSecret {
                writer.name("writeOnly")
                writer.boolean(true)
            } else if let value = field.defaultValue {
                writer.name("default")
                value.write(to: &writer)
            }
            writer.endObject()
        }
        writer.endObject()
        writeStrings("required", fields.filter { $0.isRequired && $0.defaultValue == nil }.map(\.name))
        writer.name("additionalProperties")
        writer.boolean(false)
    }

    private mutating func writeTypeKeywords(_ type: SettingType) {
        switch type {
        case .string:
            member("type", "string")
            writer.name("minLength")
            writer.integer(1)
        case .url:
            member("type", "string")
            member("format", "uri")
            member("pattern", "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\s]+([/?#]\\S*)?$")
        case .identifier:
            writeStrings("type", ["string", "integer"])
            writer.name("minLength")
            writer.integer(1)
        case .integer(let range): writeIntegerKeywords(range)
        case .boolean: member("type", "boolean")
        case .timestamp:
            member("type", "string")
            member(
                "pattern",
                "^\\d{4}-\\d{2}-\\d{2}([Tt ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d+)?)?([Zz]|[+-]\\d{2}(:?\\d{2})?)?)?$"
            )
        case .choice(let words): writeStrings("enum", words)
        case .list(let element): writeListKeywords(element)
        case .oneOrMore(let element):
            writer.name("anyOf")
            writer.beginArray()
            writer.beginObject()
            writeTypeKeywords(element)
            writer.endObject()
            writer.beginObject()
            writeListKeywords(element)
            writer.endObject()
            writer.endArray()
        case .object(let fields): writeObjectKeywords(fields)
        }
    }

    private mutating func writeIntegerKeywords(_ range: ClosedRange<Int64>) {
        member("type", "integer")
        if range.lowerBound != .min {
            writer.name("minimum")
            writer.integer(range.lowerBound)
        }
        if range.upperBound != .max {
            writer.name("maximum")
            writer.integer(range.upperBound)
        }
    }

    private mutating func writeListKeywords(_ element: SettingType) {
        member("type", "array")
        writer.name("items")
        writer.beginObject()
        writeTypeKeywords(element)
        writer.endObject()
        writer.name("minItems")
        writer.integer(1)
    }

    private mutating func writeStrings(_ name: String, _ texts: [String]) {
        writer.name(name)
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
    }

    private mutating func member(_ name: String, _ text: String) {
        writer.name(name)
        writer.string(text)
    }
}
