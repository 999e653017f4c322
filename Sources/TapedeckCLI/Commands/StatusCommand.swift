import RawJSON
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

    /// A configured source and what the ledger knows of it.
    private struct Entry {
        let source: String
        let connector: String
        let status: SourceStatus?
        let coverage: SourceCoverage
    }

    private let sources: [String]?

    init(_ parsed: ParsedCommand) throws(UsageError) { sources = parsed.operands.isEmpty ? nil : parsed.operands }

    func run(in context: CommandContext) async throws -> ExitCode {
        let configuration = try context.loadConfiguration(for: .ledgerOnly)
        try context.check(sources: sources, of: configuration)
        let entries = try await entries(configuration, in: context)
        context.console.print(entries.flatMap { lines($0, in: context) })
        context.printJSON(.complete) { writer in
            writer.name("sources")
            writer.list(entries) { write($0, in: context, to: &$1) }
        }
        return .complete
    }

    private func entries(_ configuration: LoadedConfiguration, in context: CommandContext) async throws -> [Entry] {
        let wanted = configuration.host.sources.filter { sources?.contains($0.id) ?? true }
        guard context.files.kind(configuration.ledgerPath) == .file else {
            context.console.log(.info, "There is no ledger at \(configuration.ledgerPath) yet: nothing was read.")
            return wanted.map {
                Entry(source: $0.id, connector: $0.connector, status: nil, coverage: SourceCoverage())
            }
        }
        let ledger = try await context.services.openLedgerForReading(configuration.ledgerPath)
        do {
            let statuses = try await ledger.sourceStatuses()
            var entries: [Entry] = []
            for source in wanted {
                let descriptor = context.registry[source.connector]?.descriptor
                let kinds = RecordKind.all.filter {
                    source.reads.contains($0) && descriptor?.produces.contains($0) == true
                }
                entries.append(
                    Entry(
                        source: source.id,
                        connector: source.connector,
                        status: statuses.first { $0.source == source.id },
                        coverage: try await ledger.coverage(
                            of: source.id,
                            kinds: kinds,
                            reachableFrom: descriptor?.windowRules.earliestStart(at: context.services.clock.now)
                        )
                    )
                )
            }
            await ledger.close()
            return entries
        } catch {
            await ledger.close()
            throw error
        }
    }

    private func lines(_ entry: Entry, in context: CommandContext) -> [String] {
        let connector = context.registry[entry.connector]?.descriptor
        let step = OutcomeText.nextStep(entry.status, source: entry.source, connector: connector)
        guard let status = entry.status, let outcome = status.lastOutcome else {
            return ["\(entry.source) (\(entry.connector)): never read", "  next: \(step)"]
        }
        let time = status.lastRunAt.map { ", last run \($0.wholeSeconds)" } ?? ""
        var lines = ["\(entry.source) (\(entry.connector)): \(OutcomeText.name(of: outcome.state))\(time)"]
        lines += OutcomeText.coverage(entry.coverage.complete).map { "  \($0)" }
        lines.append("  \(status.recordings) recordings, \(status.events) events known")
        if status.auditReads > 0 { lines.append("  \(status.auditReads) entries left in the customer's audit trail") }
        for failure in outcome.failures { lines.append("  failure: \(failure.reason)") }
        for gap in entry.coverage.gaps.prefix(20) {
            lines.append("  incomplete: \(gap.label)\(gap.failure.map { ": \($0.reason)" } ?? "")")
        }
        if entry.coverage.gapCount > 20 {
            lines.append("  … and \(entry.coverage.gapCount - 20) more listings are incomplete")
        }
        return lines + ["  next: \(step)"]
    }

    private func write(_ entry: Entry, in context: CommandContext, to writer: inout JSONWriter) {
        let connector = context.registry[entry.connector]?.descriptor
        let status = entry.status
        writer.beginObject()
        writer.member("source", entry.source)
        writer.member("connector", entry.connector)
        writer.member("last_run_at", status?.lastRunAt?.description)
        writer.member("recordings", status?.recordings ?? 0)
        writer.member("events", status?.events ?? 0)
        writer.member("audit_reads", status?.auditReads ?? 0)
        writer.name("last_outcome")
        ResultJSON.write(
            status?.lastOutcome,
            advice: { failure in
                let code = TapedeckError.Code(rawValue: failure.code)
                return Advice.text(for: code, connector: connector, retryAt: status?.lastOutcome?.retryAt)
            },
            to: &writer
        )
        writer.name("incomplete_listings")
        writer.list(entry.coverage.gaps) { gap, writer in
            writer.beginObject()
            writer.member("label", gap.label)
            writer.member("from", gap.window?.from.description)
            writer.member("to", gap.window?.to.description)
            writer.member("code", gap.failure?.code)
            writer.member("reason", gap.failure?.reason)
            writer.endObject()
        }
        writer.member("next_step", OutcomeText.nextStep(status, source: entry.source, connector: connector))
        writer.endObject()
    }
}
