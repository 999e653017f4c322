import JSON5
import RawJSON
import RecordingKit

/// Lists the connectors, or shows one.
struct ConnectorsCommand: Command {
    private static let markdown = OptionSpec.flag("markdown", help: "Show the settings as a table for a README.")

    static let spec = CommandSpec(
        name: "connectors",
        summary: "Lists the connectors; for one, shows its settings, limits and rules.",
        discussion: ["With --json, a connector's settings come as a JSON Schema too."],
        operands: .atMostOne("ID", help: "The connector to show (default: list all)."),
        options: [markdown],
        examples: [.init(line: "connectors webex", purpose: "Shows what one connector needs.")]
    )

    private let id: String?
    private let isMarkdown: Bool

    init(_ parsed: ParsedCommand) throws(UsageError) {
        id = parsed.operands.first
        isMarkdown = parsed.has(Self.markdown)
        if isMarkdown, id == nil {
            throw UsageError("--markdown needs the ID of a connector.", command: Self.spec.name)
        }
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        if let id {
            let descriptor = try context.connector(id)
            if isMarkdown {
                context.console.print(lines(of: descriptor.settings.markdownTable))
            } else {
                let page = ConnectorPage(descriptor: descriptor)
                context.console.print(page.lines(width: context.console.output.width))
            }
            context.printJSON(.complete) { writer in
                writer.name("connector")
                write(descriptor, withSchema: true, to: &writer)
            }
        } else {
            let descriptors = context.registry.entries.map(\.descriptor)
            context.console.print(list(descriptors, width: context.console.output.width))
            context.printJSON(.complete) { writer in
                writer.name("connectors")
                writer.list(descriptors) { write($0, withSchema: false, to: &$1) }
            }
        }
        return .complete
    }

    private func lines(of text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    private func list(_ descriptors: [ConnectorDescriptor], width: Int) -> [String] {
        var table = Table([
            .init(heading: "ID"), .init(heading: "PLATFORM"), .init(heading: "READS", isShrinkable: true),
        ])
        for descriptor in descriptors { table.append([descriptor.id, descriptor.name, descriptor.summary]) }
        return table.lines(width: width)
    }

    private func write(
        _ descriptor: ConnectorDescriptor,
        withSchema: Bool,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.member("id", descriptor.id)
        writer.member("name", descriptor.name)
        writer.member("summary", descriptor.summary)
        writer.name("produces")
        writer.list(descriptor.produces) { $1.string($0.rawValue) }
        writer.name("limits")
        writer.beginObject()
        writer.member("concurrency", descriptor.limits.concurrency)
        writer.name("requests_per_second")
        if let rate = descriptor.limits.requestsPerSecond { writer.double(rate) } else { writer.null() }
        writer.name("maximum_wait_seconds")
        writer.double(descriptor.limits.maximumWait.inSeconds)
        writer.endObject()
        writer.name("window_rules")
        writer.beginObject()
        writer.member("is_filtered_by_time", descriptor.windowRules.isFilteredByTime)
        writer.name("longest_span_seconds")
        if let span = descriptor.windowRules.longestSpan { writer.double(span.inSeconds) } else { writer.null() }
        writer.name("horizon_seconds")
        if let horizon = descriptor.windowRules.horizon { writer.double(horizon.inSeconds) } else { writer.null() }
        writer.endObject()
        writer.name("media")
        if let offer = descriptor.media {
            writer.beginObject()
            writer.member("main_rendition", offer.mainRendition)
            writer.member("audit_cost", offer.auditCost)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.member("credential_advice", descriptor.credentialAdvice)
        if withSchema, let schema = try? JSONDocument(parsing: descriptor.settings.jsonSchema) {
            writer.name("settings_schema")
            writer.raw(schema.root)
        }
        writer.endObject()
    }
}

extension CommandContext {
    /// The connector with this id.
    func connector(_ id: String) throws(UsageError) -> ConnectorDescriptor {
        if let entry = registry[id] { return entry.descriptor }
        let known = registry.entries.map(\.descriptor.id)
        throw UsageError(
            "There is no connector \"\(id)\"; there are: \(known.joined(separator: ", ")).",
            suggestion: nearestName(to: id, among: known),
            command: command
        )
    }
}
