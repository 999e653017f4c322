import JSON5
import RawJSON
import RecordingHost
import RecordingKit

/// Deletes media files that are old enough.
struct PurgeCommand: Command {
    private static let dryRun = OptionSpec.flag("dry-run", help: "Show what would be deleted; delete nothing.")
    private static let source = OptionSpec.value(
        "source",
        "ID",
        help: "Look at the files of this source alone; may be given more than once.",
        isRepeatable: true
    )

    static let spec = CommandSpec(
        name: "purge",
        summary: "Deletes media files that are older than media.retain; legal holds are kept.",
        discussion: [
            "A file's age counts from when its recording began, or from when it was fetched where that is not known. "
                + "What media.hold names is never deleted, however old it is.",
            "The manifest says of each file that it was deleted, and the sinks get a record. Recordings themselves stay in the archive. "
                + "A purge that is stopped or killed is finished by the next one.",
            "It needs no credentials of platforms, and has the ledger alone as sync does: while a run is under way it ends with 75.",
        ],
        options: [dryRun, source],
        examples: [
            .init(line: "purge --dry-run", purpose: "Shows what would be deleted."),
            .init(line: "purge --source clinic", purpose: "Deletes what is old of one source."),
        ]
    )

    private let isDryRun: Bool
    private let sources: [String]?

    init(_ parsed: ParsedCommand) throws(UsageError) {
        isDryRun = parsed.has(Self.dryRun)
        let names = parsed.values(Self.source)
        sources = names.isEmpty ? nil : names
    }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration(for: .retention)
        let media = try configuration.requireMedia()
        guard media.retention.retain != nil else {
            throw CommandFailure(
                exitCode: .configurationInvalid,
                message:
                    "\(configuration.file) does not say how long media files are kept; add retain: \"2y\" to \"media\"."
            )
        }
        return try await context.withMediaStore(media.store) { store in
            let purge = MediaPurge(
                policy: media.retention,
                directory: media.store.directory,
                store: store,
                tool: context.services.toolName,
                clock: context.services.clock
            )
            let result = try await result(of: purge, media, configuration, in: context)
            context.console.print(result.lines(width: context.console.output.width))
            context.printJSON(result.exitCode) { result.write(to: &$0) }
            return result.exitCode
        }
    }

    private func result(
        of purge: MediaPurge,
        _ media: MediaConfiguration,
        _ configuration: LoadedConfiguration,
        in context: CommandContext
    ) async throws -> PurgeResult {
        var result = PurgeResult(report: MediaPurgeReport(), isDryRun: isDryRun, retain: media.retainText ?? "")
        guard context.files.kind(configuration.ledgerPath) == .file else {
            context.console.log(.info, "There is no ledger at \(configuration.ledgerPath) yet: nothing was stored.")
            try check(media.retention.legalHolds, configuration, [], in: context)
            return result
        }
        let pathLimit = context.console.isJSON ? Int.max : PurgeResult.shownPaths
        if isDryRun {
            let ledger = try await context.services.openLedgerForReading(configuration.ledgerPath)
            do {
                try check(media.retention.legalHolds, configuration, try await ledger.sourceStatuses(), in: context)
                result.report = try await purge.preview(of: sources, ledger: ledger, pathLimit: pathLimit)
                await ledger.close()
            } catch {
                await ledger.close()
                throw error
            }
            return result
        }
        result.report = try await context.withLedger(at: configuration.ledgerPath) { ledger in
            try check(media.retention.legalHolds, configuration, try await ledger.sourceStatuses(), in: context)
            let connectors = configuration.host.sources.map { ($0.id, $0.connector) }
            return try await purge.perform(
                of: sources,
                ledger: ledger,
                sinks: try context.makeSinks(configuration),
                connectors: Dictionary(connectors) { first, _ in first },
                pathLimit: pathLimit
            )
        }
        return result
    }

    /// Refuses names that are no sources, neither of the configuration nor of the archive: a mistyped hold keeps nothing.
    private func check(
        _ holds: LegalHolds,
        _ configuration: LoadedConfiguration,
        _ statuses: [SourceStatus],
        in context: CommandContext
    ) throws {
        let known = Set(configuration.host.sources.map(\.id)).union(statuses.map(\.source)).sorted()
        for name in sources ?? [] where !known.contains(name) {
            throw UsageError(
                "There is no source \"\(name)\"; there are: \(known.joined(separator: ", ")).",
                suggestion: nearestName(to: name, among: known),
                command: context.command
            )
        }
        let held = holds.sources.union(holds.recordings.map(\.source)).sorted()
        guard let unknown = held.first(where: { !known.contains($0) }) else { return }
        let question = nearestName(to: unknown, among: known).map { " Did you mean \"\($0)\"?" } ?? ""
        throw CommandFailure(
            exitCode: .configurationInvalid,
            message:
                "media.hold names \"\(unknown)\", which is no source of \(configuration.file) nor of the archive, so that "
                + "it keeps nothing; nothing was deleted.\(question)"
        )
    }
}
