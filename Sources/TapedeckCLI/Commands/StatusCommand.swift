import RecordingHost
import RecordingKit

/// Shows how complete the archive is.
struct StatusCommand: Command {
    static let spec = CommandSpec(
        name: "status",
        summary: "Shows for which ranges the archive is complete, what failed and what to do next.",
        discussion: ["It reads the ledger alone, needs no credentials, and works while a run is under way."],
        operands: .any("SOURCE", help: "The sources to show (default: all).")
    )

    private let sources: [String]?

    init(_ parsed: ParsedCommand) throws(UsageError) { sources = parsed.operands.isEmpty ? nil : parsed.operands }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration(for: .ledgerOnly)
        try context.check(sources: sources, of: configuration)
        let standings = try await standings(configuration, in: context)
        context.console.print(standings.flatMap { $0.lines(width: context.console.output.width) })
        context.printJSON(.complete) { writer in
            writer.name("sources")
            writer.list(standings) { $0.write(to: &$1) }
        }
        return .complete
    }

    private func standings(
        _ configuration: LoadedConfiguration,
        in context: CommandContext
    ) async throws -> [SourceStanding] {
        let wanted = configuration.host.sources.filter { sources?.contains($0.id) ?? true }
        let unread = wanted.map { source in
            SourceStanding(
                source: source.id,
                connector: source.connector,
                descriptor: context.registry[source.connector]?.descriptor,
                now: context.services.clock.now
            )
        }
        guard context.files.kind(configuration.ledgerPath) == .file else {
            context.console.log(.info, "There is no ledger at \(configuration.ledgerPath) yet: nothing was read.")
            return unread
        }
        let ledger = try await context.services.openLedgerForReading(configuration.ledgerPath)
        do {
            let statuses = try await ledger.sourceStatuses()
            var standings: [SourceStanding] = []
            for (standing, source) in zip(unread, wanted) {
                var standing = standing
                standing.status = statuses.first { $0.source == source.id }
                try await read(&standing, source.reads, from: ledger)
                standings.append(standing)
            }
            await ledger.close()
            return standings
        } catch {
            await ledger.close()
            throw error
        }
    }

    private func read(
        _ standing: inout SourceStanding,
        _ reads: [RecordKind],
        from ledger: any Ledger
    ) async throws {
        let descriptor = standing.descriptor
        let kinds = RecordKind.all.filter { reads.contains($0) && descriptor?.produces.contains($0) == true }
        let earliest = descriptor?.windowRules.earliestComplete(at: standing.now)
        let source = standing.source
        standing.coverage = try await ledger.coverage(of: source, kinds: kinds, reachableFrom: earliest)
        for kind in kinds {
            let coverage = try await ledger.coverage(of: source, kinds: [kind], reachableFrom: earliest)
            standing.coverageByKind.append((kind, coverage.complete))
        }
        standing.underWay = try await ledger.parts(of: source).flatMap(\.state.openListings)
        standing.media = try await ledger.mediaStanding(of: source)
        standing.runs = try await ledger.recentRuns(of: source, limit: SourceStanding.shownRuns)
    }
}
