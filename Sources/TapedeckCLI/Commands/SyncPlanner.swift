import RawJSON
import RecordingHost
import RecordingKit

/// Shows what a run would do.
struct SyncPlanner {
    let context: CommandContext

    /// Asks the host for its plan, and prints it.
    func run(_ request: SyncRequest, _ configuration: LoadedConfiguration) throws -> ExitCode {
        let host = Host(
            registry: context.registry,
            configuration: configuration.host,
            transport: ClosedTransport(),
            clock: context.services.clock
        )
        let plans = try host.plan(request)
        for warning in try host.shortenings(of: request) { context.console.log(.warning, warning) }
        context.console.print(lines(plans))
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
                writer.member("audit_reads", plan.auditReads)
                writer.endObject()
            }
        }
        return .complete
    }

    private func lines(_ plans: [SourcePlan]) -> [String] {
        var table = Table([
            .init(heading: "SOURCE"), .init(heading: "CONNECTOR"), .init(heading: "RANGES", isNumber: true),
            .init(heading: "FROM"), .init(heading: "TO"), .init(heading: "AUDIT READS", isNumber: true),
            .init(heading: "READS", isShrinkable: true),
        ])
        for plan in plans {
            table.append([
                plan.source, plan.connector, plan.windows.isEmpty ? "–" : String(plan.windows.count),
                plan.windows.first?.from.description ?? "all", plan.windows.last?.to.description ?? "",
                String(plan.auditReads), plan.reads.map(\.rawValue).joined(separator: ", "),
            ])
        }
        return table.lines(width: context.console.output.width) + ["Nothing was sent and nothing was written."]
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
