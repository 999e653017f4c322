import RawJSON
import Testing

@testable import ConnectorManifest

@Suite("What derives from the table of keys")
struct SchemaTests {
    @Test("every object that a key names is defined")
    func definitionsExist() {
        for definition in ManifestTable.definitions {
            for key in definition.keys {
                for name in key.shape.objects {
                    #expect(ManifestTable.definition(name) != nil, "\(definition.name).\(key.name) names \(name)")
                }
            }
        }
    }

    @Test("keys and definitions are named once, and each help is a sentence")
    func namesAreUnique() {
        #expect(Set(ManifestTable.definitions.map(\.name)).count == ManifestTable.definitions.count)
        for definition in ManifestTable.definitions {
            #expect(Set(definition.keys.map(\.name)).count == definition.keys.count)
            #expect(definition.help.hasSuffix("."))
            for key in definition.keys {
                #expect(key.help.hasSuffix("."), "\(definition.name).\(key.name)")
                #expect(!key.isRequired || key.fallback == nil)
            }
        }
    }

    @Test("the alternatives of a shape are told apart by the kind of value, or by the keys of an object")
    func alternatives() {
        for key in ManifestTable.definitions.flatMap(\.keys) {
            for kinds in key.shape.alternatives { #expect(Set(kinds).count == kinds.count, "\(key.name): \(kinds)") }
        }
    }

    @Test("the schema is JSON in which every definition stands and every reference leads somewhere")
    func schema() throws {
        let schema = try JSONDocument(parsing: ConnectorManifest.jsonSchema).root
        let definitions = try #require(schema["$defs"])
        #expect(definitions.members.count == ManifestTable.definitions.count)
        #expect(schema["$ref"]?.string == "#/$defs/manifest")
        let request = try #require(definitions["request"])
        #expect(request["additionalProperties"]?.boolean == false)
        #expect(request["required"]?.elements.compactMap(\.string) == ["path"])
        #expect(request["properties"]?["auditCost"]?["maximum"]?.integer == 1_000)
        #expect(definitions["authentication"]?["maxProperties"]?.integer == 1)
        let text = String(decoding: ConnectorManifest.jsonSchema, as: UTF8.self)
        for part in text.components(between: "\"#/$defs/", and: "\"") { #expect(definitions[part] != nil) }
    }

    @Test("the reference has a section for each object and a line for each key")
    func reference() {
        let reference = ConnectorManifest.reference
        for definition in ManifestTable.definitions {
            #expect(reference.contains("## \(definition.name)\n"))
            for key in definition.keys { #expect(reference.contains("| `\(key.name)` |")) }
        }
        #expect(reference.contains("- `next_day`: The time 24 hours later."))
        #expect(reference.contains("| `path` | a path that begins with \"/\", as a template | required |"))
    }
}

extension ManifestShape {
    /// The definitions that the shape names.
    fileprivate var objects: [String] {
        switch self {
        case .object(let name): [name]
        case .list(let element, _), .map(let element, _): element.objects
        case .either(let shapes): shapes.flatMap(\.objects)
        default: []
        }
    }

    /// The kinds of value of each set of alternatives in the shape.
    fileprivate var alternatives: [[String]] {
        switch self {
        case .either(let shapes): [shapes.map(\.kind)] + shapes.flatMap(\.alternatives)
        case .list(let element, _), .map(let element, _): element.alternatives
        default: []
        }
    }

    private var kind: String {
        switch self {
        case .text: "text"
        case .whole, .number: "number"
        case .boolean: "boolean"
        case .scalar: "scalar"
        case .list: "list"
        case .map: "object"
        case .object(let name): "object \(name)"
        case .either, .anything: "any"
        }
    }
}

extension String {
    fileprivate func components(between start: String, and end: Character) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: start) {
            rest = rest[range.upperBound...]
            found.append(String(rest.prefix { $0 != end }))
        }
        return found
    }
}
