import RawJSON
import RecordingHost
import RecordingKit

/// What a run did, for people and for machines.
struct SyncResult: Sendable {
    let report: SyncReport
    let registry: ConnectorRegistry
    /// The files and databases that were written to.
    let locations: [String]
    /// The folder with the media files; nil when none are read.
    var mediaFolder: String?

    var exitCode: ExitCode { ExitCode(report) }

    /// The result for people.
    func lines(width: Int) -> [String] {
        var lines = table.lines(width: width)
        for outcome in report.outcomes {
            if let media = MediaText.line(outcome.counts.media) { lines.append("\(outcome.source): \(media)") }
        }
        for outcome in report.outcomes {
            lines += OutcomeText.coverage(outcome.complete).map { "\(outcome.source): \($0)" }
        }
        for outcome in report.outcomes { lines += failures(of: outcome) }
        if let failure = report.failure { lines.append("The run failed: \(failure)") }
        if report.wasStopped { lines.append("Stopped early; what was read is kept, the next run goes on from there.") }
        let places = locations + (mediaFolder.map { [$0] } ?? [])
        if !locations.isEmpty { lines += [""] + places.map { "→ \($0)" } }
        return lines
    }

    private var table: Table {
        var table = Table([
            .init(heading: "SOURCE", isShrinkable: true), .init(heading: "STATE"),
            .init(heading: "RECORDINGS", isNumber: true), .init(heading: "EVENTS", isNumber: true),
            .init(heading: "WRITTEN", isNumber: true), .init(heading: "REQUESTS", isNumber: true),
            .init(heading: "RETRIES", isNumber: true), .init(heading: "WAITED", isNumber: true),
        ])
        for outcome in report.outcomes {
            let counts = outcome.counts
            let numbers = [
                counts.recordings, counts.events, OutcomeText.written(counts), counts.requests, counts.retries,
            ]
            table.append(
                [outcome.source, OutcomeText.name(of: outcome.state)] + numbers.map(String.init)
                    + [DurationText.format(counts.waited)]
            )
        }
        return table
    }

    /// What went wrong and what to do, the advice once where it is the same for several failures.
    private func failures(of outcome: SourceOutcome) -> [String] {
        var lines: [String] = []
        var given: Set<String> = []
        for failure in outcome.failures {
            lines.append("\(outcome.source): \(failure.reason)")
            guard let advice = advice(for: failure, of: outcome), given.insert(advice).inserted else { continue }
            lines.append("  \(advice)")
        }
        if outcome.failures.isEmpty, let retryAt = outcome.retryAt {
            lines.append("\(outcome.source): the platform asks to come back after \(retryAt)")
        }
        return lines
    }

    /// What to do about a failure.
    func advice(for failure: ListingFailure, of outcome: SourceOutcome) -> String? {
        Advice.text(
            for: TapedeckError.Code(rawValue: failure.code),
            connector: registry[outcome.connector]?.descriptor,
            retryAt: outcome.retryAt
        )
    }

    /// The members of the result for machines.
    func write(to writer: inout JSONWriter) {
        writer.member("run", Int(report.run))
        writer.member("began_at", report.window.from.description)
        writer.member("ended_at", report.window.to.description)
        writer.member("was_stopped", report.wasStopped)
        writer.name("failure")
        ResultJSON.write(report.failure, to: &writer)
        writer.name("sources")
        writer.list(report.outcomes) { outcome, writer in
            ResultJSON.write(outcome, advice: { advice(for: $0, of: outcome) }, to: &writer)
        }
        writer.name("files")
        writer.list(locations) { $1.string($0) }
        writer.member("media_directory", mediaFolder)
    }
}
