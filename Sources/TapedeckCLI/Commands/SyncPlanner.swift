import RawJSON
import RecordingHost
import RecordingKit

/// Shows what a run would do.
struct SyncPlanner {
    let context: CommandContext

    /// Asks the host for its plan, and prints it.
    func run(_ request: SyncRequest, _ configuration: LoadedConfiguration) async throws -> ExitCode {
        let host = Host(
            registry: context.registry,
            configuration: configuration.host,
            transport: ClosedTransport(),
            clock: context.services.clock
        )
        let (plans, media) = try await plans(of: host, request, configuration)
        for warning in try host.shortenings(of: request) { context.console.log(.warning, warning) }
        context.console.print(lines(plans, media))
        context.printJSON(.complete) { writer in
            writer.member("dry_run", true)
            writer.name("sources")
            writer.list(plans) { plan, writer in
                writer.beginObject()
                writer.member("source", plan.source)
                writer.member("connector", plan.connector)
                writer.name("reads")
                writer.list(plan.reads) { $1.string($0.rawValue) }
                writer.name("windows")
                writer.list(plan.windows) { window, writer in
                    writer.beginObject()
                    writer.member("from", window.from.description)
                    writer.member("to", window.to.description)
                    writer.endObject()
                }
                writer.member("audit_reads", plan.auditReads + (media[plan.source]?.auditReads ?? 0))
                writer.name("media")
                MediaPlan.write(media[plan.source], to: &writer)
                write(plan.estimate, to: &writer)
                writer.endObject()
            }
        }
        return .complete
    }

    /// The plans by what the ledger knows, where there is one, and what is due of media by source.
    private func plans(
        of host: Host,
        _ request: SyncRequest,
        _ configuration: LoadedConfiguration
    ) async throws -> (plans: [SourcePlan], media: [String: MediaPlan]) {
        guard context.files.kind(configuration.ledgerPath) == .file else {
            let plans = try host.plan(request)
            return (plans, try await media(plans, configuration, ledger: nil))
        }
        let ledger = try await context.services.openLedgerForReading(configuration.ledgerPath)
        do {
            let plans = try await host.plan(request, ledger: ledger)
            let media = try await media(plans, configuration, ledger: ledger)
            await ledger.close()
            return (plans, media)
        } catch {
            await ledger.close()
            throw error
        }
    }

    private func media(
        _ plans: [SourcePlan],
        _ configuration: LoadedConfiguration,
        ledger: (any Ledger)?
    ) async throws -> [String: MediaPlan] {
        var media: [String: MediaPlan] = [:]
        for plan in plans where plan.reads.contains(.media) {
            guard let source = configuration.host.sources.first(where: { $0.id == plan.source }),
                let offer = context.registry[source.connector]?.descriptor.media
            else { continue }
            let waiting = try await ledger?.mediaStanding(of: plan.source).waiting ?? 0
            media[plan.source] = MediaPlan(waiting: waiting, auditCost: offer.auditCost)
        }
        return media
    }

    /// The members that tell what is read by what the ledger knows; null where there is none.
    private func write(_ estimate: PlanEstimate?, to writer: inout JSONWriter) {
        writer.name("missing")
        write(estimate?.missing, to: &writer)
        writer.name("listed_again")
        write(estimate?.relisted, to: &writer)
        writer.name("continued")
        if let estimate { writer.list(estimate.continued) { $1.string($0) } } else { writer.null() }
        writer.member("known_parts", estimate?.parts)
        writer.member("expected_requests", estimate?.requestsOfLastCompleteRun)
    }

    private func write(_ windows: [TimeWindow]?, to writer: inout JSONWriter) {
        guard let windows else { return writer.null() }
        writer.list(windows) { window, writer in
            writer.beginObject()
            writer.member("from", window.from.description)
            writer.member("to", window.to.description)
            writer.endObject()
        }
    }

    private func lines(_ plans: [SourcePlan], _ media: [String: MediaPlan]) -> [String] {
        let width = context.console.output.width
        let lines = plans.flatMap { plan in
            ["\(plan.source) (\(plan.connector)): \(plan.reads.map(\.rawValue).joined(separator: ", "))"]
                + ranges(plan).map { "  \($0)" } + ["  \(requests(plan))"]
                + MediaPlan.lines(media[plan.source], besides: plan.auditReads).map { "  \($0)" }
        }
        let wrapped = lines.flatMap { line in
            let indent = String(line.prefix { $0 == " " })
            return TextWidth.wrapped(line, to: max(40, width - indent.count - 2)).enumerated().map { index, text in
                indent + (index > 0 ? "  " : "") + text
            }
        }
        return wrapped + ["Nothing was sent and nothing was written."]
    }

    private func ranges(_ plan: SourcePlan) -> [String] {
        var lines: [String] = []
        if let first = plan.windows.first, let last = plan.windows.last {
            lines.append("wanted: from \(first.from) to \(last.to)")
        } else {
            lines.append("wanted: all that there is; the platform is not asked for ranges")
        }
        guard let estimate = plan.estimate else { return lines }
        lines += estimate.missing.map { "never read: from \($0.from) to \($0.to)" }
        lines += estimate.relisted.map { "listed again: from \($0.from) to \($0.to)" }
        if !estimate.continued.isEmpty {
            let shown = estimate.continued.prefix(5).joined(separator: ", ")
            let rest = estimate.continued.count - 5
            lines.append("continued where it was cut: \(shown)\(rest > 0 ? " and \(rest) more" : "")")
        }
        if plan.windows.isEmpty { lines.append("parts known from earlier runs: \(estimate.parts)") }
        return lines
    }

    private func requests(_ plan: SourcePlan) -> String {
        guard let count = plan.estimate?.requestsOfLastCompleteRun else {
            return "requests: unknown before the first complete run"
        }
        return "requests: the last complete run needed \(count)"
    }
}

extension Host {
    /// What of a request lies before what the platforms still have, in words for people.
    func shortenings(of request: SyncRequest) throws -> [String] {
        try shortenedStarts(request).map { source, start in
            "\(source): the platform goes back no further than \(start); nothing before that is read."
        }
    }
}

/// A transport that sends nothing, for work that must not.
struct ClosedTransport: HTTPTransport {
    func send(_ request: TransportRequest) async throws -> TransportResponse {
        throw TransportError(.transportFailed, "nothing is sent here")
    }
}
