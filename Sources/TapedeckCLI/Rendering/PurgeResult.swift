import RawJSON
import RecordingHost

/// What a purge deleted, or would, for people and for machines.
struct PurgeResult: Sendable {
    var report: MediaPurgeReport
    let isDryRun: Bool
    /// How long files are kept, as it was written.
    let retain: String

    /// How many places of files people are shown.
    static let shownPaths = 20

    var exitCode: ExitCode {
        if let failure = report.failure { return ExitCode(failure) }
        return report.wasStopped ? .incomplete : .complete
    }

    /// The result for people.
    func lines(width: Int) -> [String] {
        guard !report.sources.isEmpty else { return closing.isEmpty ? ["There are no stored files."] : closing }
        var table = Table([
            .init(heading: "SOURCE", isShrinkable: true),
            .init(heading: isDryRun ? "WOULD GO" : "PURGED", isNumber: true),
            .init(heading: "BYTES", isNumber: true), .init(heading: "HELD", isNumber: true),
            .init(heading: "YOUNG", isNumber: true),
        ])
        for counts in report.sources {
            table.append([
                counts.source, String(counts.purged), ByteText.format(counts.purgedBytes), String(counts.held),
                String(counts.young),
            ])
        }
        return table.lines(width: width) + paths
            + (closing + [summary]).flatMap { TextWidth.wrapped($0, to: max(40, width)) }
    }

    /// The files by name, of a purge that deletes nothing: what was deleted is in the manifest.
    private var paths: [String] {
        guard isDryRun, !report.paths.isEmpty else { return [] }
        let shown = report.paths.prefix(Self.shownPaths)
        let rest = report.purged - shown.count
        return [""] + shown.map { "  \($0)" } + (rest > 0 ? ["  … and \(rest) more"] : []) + [""]
    }

    private var closing: [String] {
        var lines: [String] = []
        if let failure = report.failure { lines.append("Not everything could be deleted: \(failure)") }
        if report.wasStopped { lines.append("Stopped early; the next purge goes on.") }
        return lines
    }

    private var summary: String {
        let files = report.purged == 1 ? "1 file" : "\(report.purged) files"
        let size = ByteText.format(report.purgedBytes)
        return isDryRun
            ? "\(files) older than \(retain) would be deleted (\(size)). Nothing was changed."
            : "\(files) older than \(retain) deleted (\(size))."
    }

    /// The members of the result for machines.
    func write(to writer: inout JSONWriter) {
        writer.member("dry_run", isDryRun)
        writer.member("retain", retain)
        writer.member("purged", report.purged)
        writer.member("purged_bytes", Int(report.purgedBytes))
        writer.member("was_stopped", report.wasStopped)
        writer.name("failure")
        ResultJSON.write(report.failure, to: &writer)
        writer.name("sources")
        writer.list(report.sources) { counts, writer in
            writer.beginObject()
            writer.member("source", counts.source)
            writer.member("purged", counts.purged)
            writer.member("purged_bytes", Int(counts.purgedBytes))
            writer.member("held", counts.held)
            writer.member("young", counts.young)
            writer.endObject()
        }
        writer.name("paths")
        writer.list(report.paths) { $1.string($0) }
    }
}
