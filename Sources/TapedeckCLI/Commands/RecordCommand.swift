import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit

/// Keeps what a platform answers as fixtures, without credentials and personal data.
struct RecordCommand: Command {
    private static let output = OptionSpec.value(
        "output",
        "FOLDER",
        help: "Where to write; must not exist (default: fixtures)."
    )
    private static let since = OptionSpec.value(
        "since",
        "TIME",
        help: "Read nothing that began before this date or time."
    )
    private static let listings = OptionSpec.value("listings", "N", help: "Read at most N listings (default: 8).")
    private static let pages = OptionSpec.value("pages", "N", help: "Read at most N pages of each list (default: 4).")
    private static let details = OptionSpec.value(
        "details",
        "N",
        help: "Ask for the access events, and files, of at most N recordings (default: 6)."
    )
    private static let media = OptionSpec.flag(
        "media",
        help: "Ask for links to files too; on some platforms that leaves entries in the customer's audit trail."
    )
    private static let keep = OptionSpec.value(
        "keep",
        "POINTER",
        help: "Keep the texts at this JSON Pointer of answers, such as /items/*/kind; may be given more than once.",
        isRepeatable: true
    )
    private static let replace = OptionSpec.value(
        "replace",
        "POINTER",
        help: "Replace the texts at this JSON Pointer whatever they look like; may be given more than once.",
        isRepeatable: true
    )

    static let spec = CommandSpec(
        name: "record",
        summary: "Reads a little of a source and keeps the answers as fixtures, without credentials and personal data.",
        discussion: [
            "Credentials are left out. Names, e-mails, titles and other texts are replaced, the same text by the same stand-in, so that "
                + "requests and answers still fit together; times, short numbers, states and ids stay. What was kept as it was is listed at the "
                + "end: look at it before you share the folder.",
            "\"tapedeck conformance CONNECTOR --fixtures FOLDER\" answers a connector from them. Sinks are not touched.",
        ],
        operands: .atMostOne("SOURCE", help: "The source to read."),
        usesConnectors: true,
        options: [output, since, listings, pages, details, media, keep, replace],
        examples: [.init(line: "record acme --output fixtures", purpose: "Keeps what one source's platform answers.")]
    )

    private let source: String
    private let output: String
    private let start: Timestamp?
    private let extent: ReadingExtent
    private let includesMedia: Bool
    private let rules: AnonymisationRules

    init(_ parsed: ParsedCommand) throws(UsageError) {
        guard let source = parsed.operands.first else {
            throw UsageError("Name the source to record.", command: Self.spec.name)
        }
        self.source = source
        output = parsed.value(Self.output) ?? "fixtures"
        start = try parsed.time(Self.since, command: Self.spec.name)
        let usual = ReadingExtent()
        extent = ReadingExtent(
            listings: try parsed.wholeNumber(Self.listings, command: Self.spec.name, atMost: 10_000) ?? usual.listings,
            pages: try parsed.wholeNumber(Self.pages, command: Self.spec.name, atMost: 10_000) ?? usual.pages,
            details: try parsed.wholeNumber(Self.details, command: Self.spec.name, atMost: 10_000) ?? usual.details
        )
        includesMedia = parsed.has(Self.media)
        rules = AnonymisationRules(
            keep: try Self.pointers(parsed, Self.keep),
            replace: try Self.pointers(parsed, Self.replace)
        )
    }

    private static func pointers(_ parsed: ParsedCommand, _ option: OptionSpec) throws(UsageError) -> [JSONPointer] {
        var pointers: [JSONPointer] = []
        for text in parsed.values(option) {
            guard let pointer = try? JSONPointer(parsing: text) else {
                throw UsageError("--\(option.name) takes a JSON Pointer such as /items/*/kind.", command: spec.name)
            }
            pointers.append(pointer)
        }
        return pointers
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration()
        try context.check(sources: [source], of: configuration)
        guard let configured = configuration.host.sources.first(where: { $0.id == source }) else { return .failed }
        let entry = try context.connector(configured.connector)
        let folder = FilePath.joined(context.files.currentFolder(), output)
        guard context.files.kind(folder) == .missing else {
            throw CommandFailure(
                exitCode: .failed,
                message: "\(output) exists already and is not written into; name another folder with --output."
            )
        }
        let recording = try await context.withLedger(at: configuration.ledgerPath) { [self] ledger in
            let services = context.services
            return try await services.withConnection { transport in
                var recorder = FixtureRecorder(
                    entry,
                    settings: configured.settings,
                    transport: transport,
                    ledger: ledger,
                    clock: services.clock
                )
                recorder.since = start
                recorder.extent = extent
                recorder.includesMedia = includesMedia
                recorder.rules = rules
                recorder.note = "Recorded with \(services.toolName); credentials and personal data are replaced."
                return try await recorder.record(key: services.makeStandInKey())
            }
        }
        try recording.fixtures.write(to: folder)
        return show(recording, in: context)
    }

    private func show(_ recording: FixtureRecording, in context: CommandContext) -> ExitCode {
        let exchanges = recording.fixtures.exchanges.count
        let kept = recording.kept.sorted { $0.key < $1.key }
        let exitCode: ExitCode = recording.failures.isEmpty ? .complete : .incomplete
        context.console.print(
            "\(output): \(exchanges) exchanges, \(recording.recordings) recordings, \(recording.accessEvents) access events."
        )
        if !kept.isEmpty {
            context.console.print(["", "Kept as they were; --replace POINTER replaces what is personal:"])
            for (pointer, texts) in kept {
                let shown = texts.prefix(5).joined(separator: ", ") + (texts.count > 5 ? ", …" : "")
                context.console.print("  \(pointer): \(shown)")
            }
        }
        for failure in recording.failures { context.console.log(.warning, "warning: \(failure)") }
        context.printJSON(exitCode) { writer in
            writer.member("folder", output)
            writer.member("exchanges", exchanges)
            writer.member("recordings", recording.recordings)
            writer.member("access_events", recording.accessEvents)
            writer.name("failures")
            writer.list(recording.failures) { $1.string($0) }
            writer.name("kept")
            writer.beginObject()
            for (pointer, texts) in kept {
                writer.name(pointer)
                writer.list(texts) { $1.string($0) }
            }
            writer.endObject()
        }
        return exitCode
    }
}
