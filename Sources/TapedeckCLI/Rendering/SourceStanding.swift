import RawJSON
import RecordingHost
import RecordingKit

/// A configured source and what the ledger knows of it, for people and for machines.
struct SourceStanding: Sendable {
    let source: String
    let connector: String
    let descriptor: ConnectorDescriptor?
    let now: Timestamp
    var status: SourceStatus?
    var coverage = SourceCoverage()
    /// The ranges by kind of record, of the kinds that are read.
    var coverageByKind: [(kind: RecordKind, complete: [CompleteRange])] = []
    var underWay: [OpenListing] = []
    var runs: [RunSummary] = []
    var media = MediaStanding()

    /// How many runs are shown.
    static let shownRuns = 5
    private static let shownGaps = 20

    /// When a gap is tried again.
    enum NextTry: Hashable {
        case nextRun
        case after(Timestamp)
        /// The platform does not go back that far.
        case never
    }

    func nextTry(_ gap: CoverageGap) -> NextTry {
        if let end = gap.window?.to, let earliest = descriptor?.windowRules.earliestComplete(at: now), end <= earliest {
            return .never
        }
        if let retryAt = status?.lastOutcome?.retryAt, retryAt > now { return .after(retryAt) }
        return .nextRun
    }

    /// Whether the archive has ranges although the last run says that it was complete: not after a repair.
    private var isToBeReadAnew: Bool { status?.lastOutcome != nil && coverage.complete.isEmpty }

    var nextStep: String {
        guard status?.lastOutcome?.state == .complete else {
            return OutcomeText.nextStep(status, source: source, connector: descriptor)
        }
        if isToBeReadAnew {
            return "Run \"tapedeck sync \(source)\": what was read before is checked against the platform again."
        }
        // A run is complete for the range that it was asked for, which says nothing about the ranges beside it.
        if hasReadableGap {
            return "Run \"tapedeck sync \(source)\" without --since and --until: it reads what is missing."
        }
        if coverage.gapCount > 0 {
            return "What is missing is not on the platform any more; \"tapedeck sync\" reads what is new."
        }
        return OutcomeText.nextStep(status, source: source, connector: descriptor)
    }

    /// Whether something is missing that the platform can still give.
    private var hasReadableGap: Bool {
        let isListed = coverage.gapCount == coverage.gaps.count
        return !underWay.isEmpty || !isListed || coverage.gaps.contains { nextTry($0) != .never }
            || coverage.gapCount == 0 && coverage.complete.count > 1
    }
}

// MARK: - For people

extension SourceStanding {
    /// The lines about the source, each at most `width` columns wide.
    func lines(width: Int) -> [String] {
        guard let status, let outcome = status.lastOutcome else {
            return Self.wrapped(["\(source) (\(connector)): never read", "  next: \(nextStep)"], width)
        }
        let time = status.lastRunAt.map { ", last run \($0.wholeSeconds)" } ?? ""
        var lines = ["\(source) (\(connector)): \(OutcomeText.name(of: outcome.state))\(time)"]
        lines += ranges + [certainty]
        lines.append("  \(status.recordings) recordings, \(status.events) events known")
        if let media = MediaText.line(media) { lines.append("  \(media)") }
        if status.auditReads > 0 { lines.append("  \(status.auditReads) entries left in the customer's audit trail") }
        lines += outcome.failures.map { "  failure: \($0.reason)" } + gaps + listingsUnderWay
        return Self.wrapped(lines, width) + runLines(width) + Self.wrapped(["  next: \(nextStep)"], width)
    }

    private var ranges: [String] {
        guard !isToBeReadAnew else { return ["  complete for no range yet"] }
        let common = OutcomeText.coverage(coverage.complete)
        let differing = coverageByKind.filter { $0.complete != coverage.complete }
        return common.map { "  \($0)" }
            + differing.flatMap { kind, ranges in
                ranges.isEmpty
                    ? ["  \(kind.rawValue): complete for no range yet"]
                    : OutcomeText.coverage(ranges).map { "  \(kind.rawValue): \($0)" }
            }
    }

    private var certainty: String {
        guard let doubt = descriptor?.completeness.doubt else {
            return "  reconciled: the platform's totals were held against what came"
        }
        return "  plausible: \(doubt)"
    }

    private var gaps: [String] {
        guard coverage.gapCount > 0 else { return [] }
        var lines = ["  missing:"]
        for gap in coverage.gaps.prefix(Self.shownGaps) {
            let range = gap.window.map { " from \($0.from) to \($0.to)" } ?? ""
            lines.append("    \(gap.label)\(range)")
            var tries = gap.failure.map { "\($0.reason); " } ?? ""
            if gap.attempts > 0 { tries += "tried \(gap.attempts == 1 ? "once" : "\(gap.attempts) times")" }
            if let triedAt = gap.triedAt { tries += ", last \(triedAt.wholeSeconds)" }
            if gap.attempts > 0 { tries += "; " }
            lines.append("      " + tries + Self.text(nextTry(gap)))
        }
        if coverage.gapCount > Self.shownGaps { lines.append("    … and \(coverage.gapCount - Self.shownGaps) more") }
        return lines
    }

    private static func text(_ next: NextTry) -> String {
        switch next {
        case .nextRun: "the next run reads it"
        case .after(let time): "tried again after \(time)"
        case .never: "the platform does not go back that far any more"
        }
    }

    private var listingsUnderWay: [String] {
        guard !underWay.isEmpty else { return [] }
        let shown = underWay.prefix(Self.shownGaps).map { open in
            "    \(open.listing.label): \(open.recordings) recordings so far, begun \(open.beganAt.wholeSeconds)"
        }
        let rest = underWay.count - shown.count
        return ["  the next run continues:"] + shown + (rest > 0 ? ["    … and \(rest) more"] : [])
    }

    private func runLines(_ width: Int) -> [String] {
        guard !runs.isEmpty else { return [] }
        var table = Table([
            .init(heading: "RUN", isNumber: true), .init(heading: "BEGAN"),
            .init(heading: "STATE", isShrinkable: true), .init(heading: "WRITTEN", isNumber: true),
            .init(heading: "REQUESTS", isNumber: true), .init(heading: "TOOK", isNumber: true),
        ])
        for run in runs {
            table.append([
                String(run.run), run.beganAt.wholeSeconds.description, OutcomeText.name(of: run.outcome.state),
                String(OutcomeText.written(run.outcome.counts)), String(run.outcome.counts.requests),
                run.duration.map(DurationText.format) ?? "?",
            ])
        }
        return table.lines(width: width - 2).map { "  \($0)" }
    }

    private static func wrapped(_ lines: [String], _ width: Int) -> [String] {
        lines.flatMap { line -> [String] in
            let indent = String(line.prefix { $0 == " " })
            return TextWidth.wrapped(line, to: max(40, width - indent.count - 2)).enumerated().map { index, text in
                indent + (index > 0 ? "  " : "") + text
            }
        }
    }
}

extension RunSummary {
    /// How long it took; nil when its end is not known.
    var duration: Duration? { endedAt.map { $0.duration(since: beganAt) } }
}

// MARK: - For machines

extension SourceStanding {
    /// Writes the source as an object.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("source", source)
        writer.member("connector", connector)
        writer.member("last_run_at", status?.lastRunAt?.description)
        writer.name("complete")
        ResultJSON.write(coverage.complete, to: &writer)
        writer.name("complete_by_kind")
        writer.beginObject()
        for (kind, ranges) in coverageByKind {
            writer.name(kind.rawValue)
            ResultJSON.write(ranges, to: &writer)
        }
        writer.endObject()
        writer.name("completeness")
        writer.beginObject()
        writer.member("state", descriptor?.completeness.doubt == nil ? "reconciled" : "plausible")
        writer.member("because", descriptor?.completeness.doubt)
        writer.endObject()
        writer.member("recordings", status?.recordings ?? 0)
        writer.member("events", status?.events ?? 0)
        writer.member("audit_reads", status?.auditReads ?? 0)
        writer.name("media")
        MediaText.write(media, to: &writer)
        writer.name("last_outcome")
        ResultJSON.write(status?.lastOutcome, advice: { advice($0) }, to: &writer)
        writer.member("incomplete_listing_count", coverage.gapCount)
        writer.name("incomplete_listings")
        writer.list(coverage.gaps) { write($0, to: &$1) }
        writer.name("listings_under_way")
        writer.list(underWay) { open, writer in
            writer.beginObject()
            writer.member("label", open.listing.label)
            writer.member("from", open.name.window?.from.description)
            writer.member("to", open.name.window?.to.description)
            writer.member("began_at", open.beganAt.description)
            writer.member("recordings", open.recordings)
            writer.endObject()
        }
        writer.name("recent_runs")
        writer.list(runs) { write($0, to: &$1) }
        writer.member("next_step", nextStep)
        writer.endObject()
    }

    private func write(_ gap: CoverageGap, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("label", gap.label)
        writer.member("from", gap.window?.from.description)
        writer.member("to", gap.window?.to.description)
        writer.member("code", gap.failure?.code)
        writer.member("reason", gap.failure?.reason)
        writer.member("attempts", gap.attempts)
        writer.member("tried_at", gap.triedAt?.description)
        switch nextTry(gap) {
        case .nextRun: writer.member("next_try", "next_run")
        case .after(let time): writer.member("next_try", time.description)
        case .never: writer.member("next_try", "not_any_more")
        }
        writer.endObject()
    }

    private func write(_ run: RunSummary, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("run", Int(run.run))
        writer.member("began_at", run.beganAt.description)
        writer.member("ended_at", run.endedAt?.description)
        writer.member("state", run.outcome.state.rawValue)
        writer.member("written", OutcomeText.written(run.outcome.counts))
        writer.member("requests", run.outcome.counts.requests)
        writer.name("duration_seconds")
        if let duration = run.duration { writer.double(duration.inSeconds) } else { writer.null() }
        writer.endObject()
    }

    private func advice(_ failure: ListingFailure) -> String? {
        Advice.text(
            for: TapedeckError.Code(rawValue: failure.code),
            connector: descriptor,
            retryAt: status?.lastOutcome?.retryAt
        )
    }
}
