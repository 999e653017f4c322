import ConnectorManifest
import JSON5
import RawJSON
import RecordingHost
import RecordingKit

/// Prints what written records, and the files that declare connectors, look like.
struct SchemaCommand: Command {
    static let spec = CommandSpec(
        name: "schema",
        summary: "Prints the JSON Schema of the records, or of manifests.",
        discussion: [
            "Each line of KIND.jsonl is one object that the schema describes (draft 2020-12). Without a KIND it is one schema "
                + "that takes a record of any kind, with each kind under \"$defs\".",
            "\"manifest\" is the schema of the file that declares a connector; editors complete and check by it.",
            "With --json the schema is on one line.",
        ],
        operands: .atMostOne("KIND", help: "\(names.joined(separator: ", ")) (default: all records)."),
        examples: [
            .init(
                line: "schema recordings > recordings.schema.json",
                purpose: "Writes the schema of one kind to a file."
            )
        ]
    )

    private static let manifest = "manifest"
    private static var names: [String] { RecordSchema.all.map(\.kind.rawValue) + [manifest] }

    private let schema: [UInt8]

    init(_ parsed: ParsedCommand) throws(UsageError) {
        guard let name = parsed.operands.first else {
            schema = RecordSchema.bundle
            return
        }
        guard name != Self.manifest else {
            schema = ConnectorManifest.jsonSchema
            return
        }
        guard let known = RecordSchema.of(RecordKind(rawValue: name)) else {
            throw UsageError(
                "There is no schema of \"\(name)\"; there are: \(Self.names.joined(separator: ", ")).",
                suggestion: nearestName(to: name, among: Self.names),
                command: Self.spec.name
            )
        }
        schema = known.jsonSchema
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        if let document = try? JSONDocument(parsing: schema) {
            context.console.print(IndentedJSON.lines(document.root))
        }
        context.console.printJSON(schema)
        return .complete
    }
}
