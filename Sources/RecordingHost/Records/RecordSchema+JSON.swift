import RawJSON
import RecordingKit

extension RecordSchema {
    /// A JSON Schema (draft 2020-12) of one record, as UTF-8 on one line.
    ///
    /// It holds for what this version writes and takes no other member; see `Docs/vocabulary.md` for what may be added.
    public var jsonSchema: [UInt8] {
        var writer = RecordSchemaWriter()
        writer.writeDocument(of: self)
        return writer.bytes
    }

    /// A JSON Schema (draft 2020-12) of a record of any kind, as UTF-8 on one line, with each kind by its name in `$defs`.
    public static var bundle: [UInt8] {
        var writer = RecordSchemaWriter()
        writer.writeBundle(of: all)
        return writer.bytes
    }
}

/// Writes schemas, members in the order in which they are described.
private struct RecordSchemaWriter {
    private static let dialect = "https://json-schema.org/draft/2020-12/schema"
    private static let base = "urn:tapedeck:records:\(RecordSchema.version)"
    private static let time = #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$"#

    private var writer = JSONWriter(reservingCapacity: 8_192)

    var bytes: [UInt8] { writer.bytes }

    mutating func writeDocument(of schema: RecordSchema) {
        writer.beginObject()
        member("$schema", Self.dialect)
        member("$id", "\(Self.base):\(schema.kind)")
        writeKeywords(of: schema)
        writer.endObject()
    }

    mutating func writeBundle(of schemas: [RecordSchema]) {
        writer.beginObject()
        member("$schema", Self.dialect)
        member("$id", Self.base)
        member("title", "Record")
        member("description", "A record of any kind, version \(RecordSchema.version) of the vocabulary.")
        writer.name("oneOf")
        writer.beginArray()
        for schema in schemas {
            writer.beginObject()
            member("$ref", "#/$defs/\(schema.kind)")
            writer.endObject()
        }
        writer.endArray()
        writer.name("$defs")
        writer.beginObject()
        for schema in schemas {
            writer.name(schema.kind.rawValue)
            writer.beginObject()
            writeKeywords(of: schema)
            writer.endObject()
        }
        writer.endObject()
        writer.endObject()
    }

    private mutating func writeKeywords(of schema: RecordSchema) {
        member("title", schema.title)
        member("description", schema.summary)
        member("type", "object")
        writeMembers(schema.fields)
    }

    private mutating func writeMembers(_ fields: [RecordField]) {
        writer.name("properties")
        writer.beginObject()
        for field in fields {
            writer.name(field.name)
            writer.beginObject()
            member("description", field.help)
            writeKeywords(of: field.type, isNullable: field.isNullable)
            writer.endObject()
        }
        writer.endObject()
        strings("required", fields.filter(\.isRequired).map(\.name))
        writer.name("additionalProperties")
        writer.boolean(false)
    }

    private mutating func writeKeywords(of type: RecordFieldType, isNullable: Bool) {
        switch type {
        case .text: writeType("string", isNullable)
        case .identifier:
            writeType("string", isNullable)
            writer.name("minLength")
            writer.integer(1)
        case .pattern(let pattern):
            writeType("string", isNullable)
            member("pattern", pattern)
        case .time:
            writeType("string", isNullable)
            member("format", "date-time")
            member("pattern", Self.time)
        case .count:
            writeType("integer", isNullable)
            writer.name("minimum")
            writer.integer(0)
        case .boolean: writeType("boolean", isNullable)
        case .word(let words):
            writeType("string", isNullable)
            strings("enum", words)
        case .words(let words):
            writeType("array", isNullable)
            writer.name("items")
            writer.beginObject()
            strings("enum", words)
            writer.endObject()
            writer.name("minItems")
            writer.integer(1)
        case .object(let fields):
            writeType("object", isNullable)
            writeMembers(fields)
        case .texts:
            writeType("object", isNullable)
            writer.name("additionalProperties")
            writer.beginObject()
            writeType("string", false)
            writer.endObject()
        case .platformObject: writeType("object", isNullable)
        }
    }

    private mutating func writeType(_ name: String, _ isNullable: Bool) {
        if isNullable { strings("type", [name, "null"]) } else { member("type", name) }
    }

    private mutating func strings(_ name: String, _ texts: [String]) {
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
