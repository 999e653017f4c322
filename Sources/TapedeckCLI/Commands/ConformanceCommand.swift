import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit

/// Puts a connector to the checks that every connector must pass.
struct ConformanceCommand: Command {
    private static let fixtures = OptionSpec.value(
        "fixtures",
        "FOLDER",
        help: "What the platform answers (default: the folder fixtures beside the connector's file)."
    )

    static let spec = CommandSpec(
        name: "conformance",
        summary: "Puts a connector to the checks that every connector must pass.",
        discussion: [
            "Nothing is sent to a platform: requests are answered from fixtures, as \"tapedeck record\" writes them, and the checks "
                + "change the answers to see what the connector makes of it. Kismet and Webex are answered from a simulator when no "
                + "fixtures are named.",
            "It ends with 0 when no check fails, and with 1 when one does.",
        ],
        operands: .atMostOne("CONNECTOR", help: "The id of a connector, or the path of a manifest or program."),
        usesConnectors: true,
        options: [fixtures],
        examples: [
            .init(
                line: "conformance ./acme_calls/acme_calls.json5",
                purpose: "Checks a file against the fixtures beside it."
            ),
            .init(line: "conformance zoom --fixtures recorded/zoom", purpose: "Checks a connector by its id."),
        ]
    )

    private let name: String
    private let fixtures: String?

    init(_ parsed: ParsedCommand) throws(UsageError) {
        guard let name = parsed.operands.first else {
            throw UsageError(
                "Name a connector by its id or its file; \"tapedeck connectors\" lists them.",
                command: Self.spec.name
            )
        }
        self.name = name
        fixtures = parsed.value(Self.fixtures)
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let (entry, found) = try await connector(in: context)
        do {
            let exitCode = try await examine(entry, in: context)
            for connector in found { await connector.close() }
            return exitCode
        } catch {
            for connector in found { await connector.close() }
            throw error
        }
    }

    private func examine(_ entry: ConnectorRegistry.Entry, in context: CommandContext) async throws -> ExitCode {
        let fixtures = try await answers(for: entry, in: context)
        let subject = try ConformanceSubject(entry, fixtures: fixtures)
        context.console.print(["\(entry.descriptor.name) (\(entry.descriptor.id)), \(entry.origin.text)", ""])
        let width = ConformanceCheck.all.map(\.id.count).max() ?? 0
        let report = try await subject.examine { result in
            context.console.print(result.lines(idWidth: width))
        }
        context.console.print(["", report.summary])
        let exitCode: ExitCode = report.isPassed ? .complete : .failed
        context.printJSON(exitCode) { report.write(entry.origin, to: &$0) }
        return exitCode
    }

    /// The connector with this id, or the one in the file of this name, and what is to be closed afterwards.
    private func connector(
        in context: CommandContext
    ) async throws -> (entry: ConnectorRegistry.Entry, found: [FoundConnector]) {
        if let entry = context.registry[name] { return (entry, []) }
        let path = FilePath.joined(context.files.currentFolder(), name)
        guard name.contains("/") || name.contains(".") else { return (try context.connector(name), []) }
        var registry = ConnectorRegistry()
        let loader = PluginLoader(files: context.files, services: context.services, console: context.console)
        let (problems, found) = await loader.load([PluginEntry(path: path)], into: &registry)
        for problem in problems { context.console.log(.error, "error: \(problem.message)") }
        guard let entry = registry.entries.first else {
            throw CommandFailure(
                exitCode: .configurationInvalid,
                message: "\(name) is no connector that can be checked."
            )
        }
        return (entry, found)
    }

    private func answers(for entry: ConnectorRegistry.Entry, in context: CommandContext) async throws -> Fixtures {
        if let fixtures {
            return try Fixtures(folder: FilePath.joined(context.files.currentFolder(), fixtures))
        }
        if let path = entry.origin.path {
            return try Fixtures(folder: FilePath.joined(FilePath.parent(of: path), "fixtures"))
        }
        guard let simulated = SimulatedFixtures(entry) else {
            throw UsageError(
                "Say with --fixtures what the platform answers; \"tapedeck record\" writes such a folder.",
                command: Self.spec.name
            )
        }
        return try await simulated.record(in: context)
    }
}

extension ConformanceReport {
    /// How the whole went, in one sentence.
    var summary: String {
        let passed = results.count { $0.outcome == .passed }
        let skipped = results.count - passed - failures.count
        let ends = [
            "\(passed) passed", failures.isEmpty ? nil : "\(failures.count) failed",
            skipped == 0 ? nil : "\(skipped) had nothing to check",
        ]
        return
            "\(ends.compactMap(\.self).joined(separator: ", ")); \(recordings) recordings and \(accessEvents) access events were read."
    }

    func write(_ origin: ConnectorOrigin, to writer: inout JSONWriter) {
        writer.member("connector", connector)
        writer.member("route", origin.route.rawValue)
        writer.member("passed", isPassed)
        writer.member("recordings", recordings)
        writer.member("access_events", accessEvents)
        writer.name("checks")
        writer.list(results) { result, writer in
            writer.beginObject()
            writer.member("id", result.id)
            writer.member("title", result.title)
            writer.member("outcome", result.outcome.name)
            writer.name("problems")
            writer.list(result.outcome.sentences) { $1.string($0) }
            writer.endObject()
        }
    }
}

extension ConformanceReport.Result {
    /// One line, and one for each thing that is wrong.
    func lines(idWidth: Int) -> [String] {
        let name = TextWidth.padded(id, to: idWidth)
        return ["\(TextWidth.padded(outcome.name, to: 7))  \(name)  \(title)"]
            + outcome.sentences.map { "         - \($0)" }
    }
}

extension ConformanceReport.Outcome {
    var name: String {
        switch self {
        case .passed: "passed"
        case .failed: "FAILED"
        case .skipped: "skipped"
        }
    }

    /// What is wrong, or why there was nothing to check.
    var sentences: [String] {
        switch self {
        case .passed: []
        case .failed(let sentences): sentences
        case .skipped(let reason): [reason]
        }
    }
}
