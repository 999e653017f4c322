import JSON5
import RawJSON
import RecordingKit

/// Lists the connectors, or shows one.
struct ConnectorsCommand: Command {
    private static let markdown = OptionSpec.flag("markdown", help: "Show the settings as a table for a README.")

    static let spec = CommandSpec(
        name: "connectors",
        summary: "Lists the connectors; for one, shows its settings, limits and rules.",
        discussion: [
            "Beside those that are part of the program it knows the files that \"plugins\" in the configuration names and those "
                + "in the folder \"plugins\" beside it: manifests (.json5) and programs.",
            "With --json, a connector's settings come as a JSON Schema too.",
        ],
        operands: .atMostOne("ID", help: "The connector to show (default: list all)."),
        usesConnectors: true,
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
        let exitCode = context.showPluginProblems()
        if let id {
            let entry = try context.connector(id)
            if isMarkdown {
                context.console.print(lines(of: entry.descriptor.settings.markdownTable))
            } else {
                context.console.print(ConnectorPage(entry: entry).lines(width: context.console.output.width))
            }
            context.printJSON(exitCode) { writer in
                writer.name("connector")
                write(entry, withSchema: true, to: &writer)
            }
        } else {
            let entries = context.registry.entries
            context.console.print(list(entries, width: context.console.output.width))
            context.printJSON(exitCode) { writer in
                writer.name("connectors")
                writer.list(entries) { write($0, withSchema: false, to: &$1) }
                writer.name("problems")
                writer.list(context.plugins.problems) { $1.string($0.message) }
            }
        }
        return exitCode
    }

    private func lines(of text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }

    private func list(_ entries: [ConnectorRegistry.Entry], width: Int) -> [String] {
        var table = Table([
            .init(heading: "ID"), .init(heading: "PLATFORM"), .init(heading: "ROUTE"), .init(heading: "VERSION"),
            .init(heading: "SHA-256"), .init(heading: "READS", isShrinkable: true),
        ])
        for entry in entries {
            table.append([
                entry.descriptor.id, entry.descriptor.name, entry.origin.route.text, entry.origin.version ?? "-",
                entry.origin.sha256.map { "\($0.prefix(12))…" } ?? "-", entry.descriptor.summary,
            ])
        }
        return table.lines(width: width)
    }

    private func write(_ entry: ConnectorRegistry.Entry, withSchema: Bool, to writer: inout JSONWriter) {
        let descriptor = entry.descriptor
        writer.beginObject()
        writer.member("id", descriptor.id)
        writer.member("name", descriptor.name)
        writer.member("route", entry.origin.route.rawValue)
        for (name, text) in [
            ("version", entry.origin.version), ("path", entry.origin.path), ("sha256", entry.origin.sha256),
        ] {
            writer.name(name)
            if let text { writer.string(text) } else { writer.null() }
        }
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
    func connector(_ id: String) throws(UsageError) -> ConnectorRegistry.Entry {
        if let entry = registry[id] { return entry }
        if command != ConnectorsCommand.spec.name { showPluginProblems() }
        let known = registry.entries.map(\.descriptor.id)
        throw UsageError(
            "There is no connector \"\(id)\"; there are: \(known.joined(separator: ", ")).",
            suggestion: nearestName(to: id, among: known),
            command: command
        )
    }

    /// Tells which of the operator's connectors cannot be had, and what that makes of the whole.
    @discardableResult
    func showPluginProblems() -> ExitCode {
        let form = plugins.diagnostics.filter { $0.severity == .error }
        console.log(.error, form.map { $0.line(file: configurationFile) })
        for problem in plugins.problems {
            let severity: Diagnostic.Severity = problem.place == nil ? .warning : .error
            console.log(problem.place == nil ? .warning : .error, "\(severity.rawValue): \(problem.message)")
        }
        return form.isEmpty && plugins.problems.allSatisfy { $0.place == nil } ? .complete : .configurationInvalid
    }
}
