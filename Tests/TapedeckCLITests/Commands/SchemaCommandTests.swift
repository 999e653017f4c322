import ConnectorManifest
import RawJSON
import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("The schema command")
struct SchemaCommandTests {
    private let captured = Captured()

    @Test("prints the schema of one kind, in lines for people and on one line with --json", arguments: RecordSchema.all)
    func kind(schema: RecordSchema) async throws {
        let tool = TestTool(configuration: nil)
        #expect(try await tool.run("schema \(schema.kind)", output: captured.output()) == .complete)
        #expect(captured.out.hasPrefix("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"))
        let machine = Captured()
        #expect(try await tool.run("schema \(schema.kind) --json", output: machine.output()) == .complete)
        #expect(Array(machine.out.utf8) == schema.jsonSchema + [0x0A])
        #expect(try compact(captured.json()) == compact(machine.json()))
        #expect(captured.error.isEmpty)
    }

    @Test("prints one schema of all kinds without a name")
    func bundle() async throws {
        #expect(try await TestTool().run("schema", output: captured.output()) == .complete)
        #expect(try compact(captured.json()) == compact(JSONDocument(parsing: RecordSchema.bundle).root))
    }

    @Test("prints the schema of manifests")
    func manifest() async throws {
        #expect(try await TestTool().run("schema manifest --json", output: captured.output()) == .complete)
        #expect(Array(captured.out.utf8) == ConnectorManifest.jsonSchema + [0x0A])
        #expect(try captured.json()["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test("indents by levels and keeps lists of plain values on a line")
    func indentation() throws {
        let value = try JSONDocument(parsing: #"{"a\"":{"b":[1,"x"],"c":{},"d":[]},"e":[{"f":null},[true]]}"#).root
        #expect(
            IndentedJSON.lines(value) == [
                "{", "  \"a\\\"\": {", "    \"b\": [1, \"x\"],", "    \"c\": {},", "    \"d\": []", "  },",
                "  \"e\": [", "    {", "      \"f\": null", "    },", "    [true]", "  ]", "}",
            ]
        )
    }

    @Test("names the nearest kind when there is none of that name")
    func unknownKind() async throws {
        #expect(try await TestTool().run("schema recording", output: captured.output()) == .usage)
        #expect(captured.error.contains("Did you mean \"recordings\"?"))
    }

    /// The text without the white space between tokens.
    private func compact(_ value: JSONValue) throws -> String {
        switch value.kind {
        case .object:
            "{" + (try value.members.map { "\($0.name):\(try compact($0.value))" }).joined(separator: ",") + "}"
        case .array: "[" + (try value.elements.map { try compact($0) }).joined(separator: ",") + "]"
        default: String(decoding: value.rawBytes, as: UTF8.self)
        }
    }
}
