import RawJSON
import RecordingHost

/// What a repair found and did, for people and for machines.
struct RepairResult: Sendable {
    let report: RepairReport
    let request: RepairRequest
    let ledgerPath: String

    /// How many lines of one sort people are shown.
    private static let shownLines = 20

    /// The result for people.
    func lines(width: Int) -> [String] {
        let blocks = [condition] + futureClaims + mismatches + damage + repeats + comparison + losses + outcome
        return blocks.flatMap { line -> [String] in
            let indent = String(line.prefix { $0 == " " })
            let wrapped = TextWidth.wrapped(line, to: max(40, width - indent.count))
            return wrapped.enumerated().map { indent + ($0 > 0 && indent.isEmpty ? "  " : "") + $1 }
        }
    }

    private var condition: String {
        switch report.condition {
        case .sound: "The ledger \(ledgerPath) can be read from end to end."
        case .missing: "There is no ledger at \(ledgerPath)."
        case .damaged(let reason): "The ledger \(ledgerPath) is damaged: \(reason)."
        }
    }

    private var futureClaims: [String] {
        guard !report.futureClaims.isEmpty else { return [] }
        return ["It claims things of a time that has not come yet:"] + report.futureClaims.map { "  \($0)" }
    }

    private var mismatches: [String] {
        report.mismatches.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)." }
    }

    private var damage: [String] {
        guard report.damagedLineCount > 0 else { return [] }
        return ["\(count(report.damagedLineCount, "line")) cannot be read as records:"]
            + shown(report.damagedLines, of: report.damagedLineCount)
            + ["  Correct them by hand, or run \"tapedeck repair --set-aside\", which moves them into a file beside."]
    }

    private var repeats: [String] {
        guard report.repeatedLineCount > 0 else { return [] }
        return ["\(count(report.repeatedLineCount, "line")) stand there twice, which does no harm:"]
            + shown(report.repeatedLines, of: report.repeatedLineCount)
    }

    private var comparison: [String] {
        let found = report.comparison
        var lines: [String] = []
        if !found.lost.isEmpty {
            lines.append(
                "\(count(found.lost.values.reduce(0, +), "record")) that the ledger knew stand in no file; the next sync reads them "
                    + "again if the platform still has them:"
            )
            lines += found.examplesOfLost.map { "  \($0)" }
        }
        if !found.different.isEmpty {
            lines.append(
                "\(count(found.different.values.reduce(0, +), "record")) say something else than the ledger knows; the next sync "
                    + "writes what the platform says:"
            )
            lines += found.examplesOfDifferent.map { "  \($0)" }
        }
        if !found.unknown.isEmpty {
            lines.append(
                "\(count(found.unknown.values.reduce(0, +), "record")) stand in files and were not known to the ledger."
            )
        }
        return lines
    }

    private var losses: [String] { report.losses.map { "Could not be saved from the old ledger: \($0)." } }

    private var outcome: [String] {
        if report.isHealthy { return ["Nothing is wrong."] }
        let refilled = report.refilled.map {
            "The next sync fills \($0) again from \(report.giver ?? "the platforms")."
        }
        if request.isDryRun {
            let giver = report.giver.map { "A new ledger would be made from \($0)." }
            return [giver ?? "A new ledger would be made."] + refilled + ["Nothing was changed."]
        }
        let made = report.filesMade.map { "→ \($0)" }
        guard report.hasReplaced else { return ["The ledger was left as it is."] + made }
        return ["The ledger was made anew from \(count(report.recordsRead, "line")); run \"tapedeck sync\" next."]
            + refilled + (made.isEmpty ? [] : ["Kept under other names:"]) + made
    }

    private func shown(_ findings: [RepairReport.LineFinding], of total: Int) -> [String] {
        var lines = findings.prefix(Self.shownLines).map { finding in
            "  \(finding.place.part)\(finding.place.line.map { ", line \($0)" } ?? ""): \(finding.problem)"
        }
        if total > lines.count { lines.append("  … and \(total - lines.count) more") }
        return lines
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// The members of the result for machines.
    func write(to writer: inout JSONWriter) {
        writer.member("dry_run", request.isDryRun)
        writer.member("ledger", ledgerPath)
        var reason: String?
        switch report.condition {
        case .sound: writer.member("condition", "sound")
        case .missing: writer.member("condition", "missing")
        case .damaged(let text):
            writer.member("condition", "damaged")
            reason = text
        }
        writer.member("damage", reason)
        writer.member("healthy", report.isHealthy)
        writer.member("replaced", report.hasReplaced)
        writer.member("made_from", report.giver)
        writer.member("lines_read", report.recordsRead)
        writer.name("not_saved")
        writer.list(report.losses) { $1.string($0) }
        writer.name("future_claims")
        writer.list(report.futureClaims) { $1.string($0) }
        writer.name("sinks")
        writer.list(report.mismatches.sorted { $0.key < $1.key }) { mismatch, writer in
            writer.beginObject()
            writer.member("sink", mismatch.key)
            writer.member("reason", mismatch.value)
            writer.endObject()
        }
        writer.member("damaged_line_count", report.damagedLineCount)
        writer.name("damaged_lines")
        write(report.damagedLines, to: &writer)
        writer.member("repeated_line_count", report.repeatedLineCount)
        writer.name("repeated_lines")
        write(report.repeatedLines, to: &writer)
        writer.name("lost_records")
        write(report.comparison.lost, report.comparison.examplesOfLost, to: &writer)
        writer.name("different_records")
        write(report.comparison.different, report.comparison.examplesOfDifferent, to: &writer)
        writer.name("unknown_records")
        write(report.comparison.unknown, [], to: &writer)
        writer.name("refilled_sinks")
        writer.list(report.refilled) { $1.string($0) }
        writer.name("files_made")
        writer.list(report.filesMade) { $1.string($0) }
    }

    private func write(_ findings: [RepairReport.LineFinding], to writer: inout JSONWriter) {
        writer.list(findings) { finding, writer in
            writer.beginObject()
            writer.member("sink", finding.sink)
            writer.member("file", finding.place.part)
            writer.member("line", finding.place.line)
            writer.member("problem", finding.problem)
            writer.endObject()
        }
    }

    private func write(_ counts: [String: Int], _ examples: [String], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("by_source")
        writer.beginObject()
        for (source, count) in counts.sorted(by: { $0.key < $1.key }) { writer.member(source, count) }
        writer.endObject()
        writer.name("examples")
        writer.list(examples) { $1.string($0) }
        writer.endObject()
    }
}
