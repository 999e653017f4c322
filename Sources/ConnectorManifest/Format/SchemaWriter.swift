import RawJSON

/// Writes the JSON Schema (draft 2020-12) of manifests from the table of keys.
struct SchemaWriter {
    private var writer = JSONWriter(reservingCapacity: 65_536)

    /// The schema as UTF-8 on one line.
    static func schema() -> [UInt8] {
        var writer = SchemaWriter()
        writer.writeDocument()
        return writer.writer.bytes
    }

    private mutating func writeDocument() {
        writer.beginObject()
        member("$schema", "https://json-schema.org/draft/2020-12/schema")
        member("title", "Manifest of a Tapedeck connector, version \(ManifestFormat.version)")
        member("$ref", "#/$defs/manifest")
        writer.name("$defs")
        writer.beginObject()
        for definition in ManifestTable.definitions {
            writer.name(definition.name)
            writer.beginObject()
            writeObject(definition)
            writer.endObject()
        }
        writer.endObject()
        writer.endObject()
    }

    private mutating func writeObject(_ definition: ManifestDefinition) {
        member("type", "object")
        member("description", definition.help)
        writer.name("properties")
        writer.beginObject()
        for key in definition.keys {
            writer.name(key.name)
            writer.beginObject()
            member("description", key.fallback.map { "\(key.help) Default: \($0)." } ?? key.help)
            write(key.shape)
            writer.endObject()
        }
        writer.endObject()
        let required = definition.keys.filter(\.isRequired).map(\.name)
        if !required.isEmpty { texts("required", required) }
        if definition.isChoice {
            number("minProperties", 1)
            number("maxProperties", 1)
        }
        writer.name("additionalProperties")
        writer.boolean(false)
    }

    private mutating func write(_ shape: ManifestShape) {
        switch shape {
        case .text(let form): write(form)
        case .whole(let range):
            member("type", "integer")
            if range.lowerBound != .min { number("minimum", range.lowerBound) }
            if range.upperBound != .max { number("maximum", range.upperBound) }
        case .number:
            member("type", "number")
            number("exclusiveMinimum", 0)
        case .boolean: member("type", "boolean")
        case .scalar: texts("type", ["string", "number", "boolean"])
        case .list(let element, let minimum):
            member("type", "array")
            writer.name("items")
            inObject { $0.write(element) }
            if minimum > 0 { number("minItems", Int64(minimum)) }
        case .map(let element, _):
            member("type", "object")
            writer.name("additionalProperties")
            inObject { $0.write(element) }
        case .object(let name): member("$ref", "#/$defs/\(name)")
        case .either(let shapes):
            writer.name("anyOf")
            writer.beginArray()
            for shape in shapes { inObject { $0.write(shape) } }
            writer.endArray()
        case .anything: break
        }
    }

    private mutating func write(_ form: TextForm) {
        member("type", "string")
        if case .word(let words) = form { return texts("enum", words) }
        if let pattern = form.pattern { member("pattern", pattern) }
        switch form {
        case .plain: number("minLength", 1)
        case .url: member("format", "uri")
        default: break
        }
    }

    private mutating func inObject(_ body: (inout SchemaWriter) -> Void) {
        writer.beginObject()
        body(&self)
        writer.endObject()
    }

    private mutating func member(_ name: String, _ text: String) {
        writer.name(name)
        writer.string(text)
    }

    private mutating func number(_ name: String, _ value: Int64) {
        writer.name(name)
        writer.integer(value)
    }

    private mutating func texts(_ name: String, _ texts: [String]) {
        writer.name(name)
        writer.beginArray()
        for text in texts { writer.string(text) }
        writer.endArray()
    }
}
