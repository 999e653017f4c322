import RawJSON
import RecordingHost

/// What a comparison of media files with their manifest found, for people and for machines.
struct VerifyResult: Sendable {
    let verification: MediaVerification
    let directory: String
    /// Whether the files were not looked at.
    let isChainOnly: Bool

    /// How many findings of one kind people are shown.
    private static let shownFindings = 20

    /// The result for people; the head alone when nothing else was asked for and nothing is wrong.
    func lines(width: Int) -> [String] {
        if isChainOnly, verification.hasWholeChain { return [verification.head.description] }
        return (chain + findings + [summary]).flatMap { wrapped($0, to: width) }
    }

    private var chain: [String] {
        guard !verification.hasWholeChain else { return [] }
        var lines = ["The manifest in \(directory) is not as it was written:"]
        lines += verification.problems.prefix(Self.shownFindings).map { problem in
            "  \(problem.line.map { "line \($0): " } ?? "")\(problem.reason)"
        }
        return lines + more(verification.problemCount, lines.count - 1)
    }

    private var findings: [String] {
        MediaFinding.Kind.all.flatMap { kind -> [String] in
            guard let count = verification.counts[kind] else { return [] }
            let shown = verification.findings.filter { $0.kind == kind }.prefix(Self.shownFindings)
            let lines = shown.map { "  \($0.path)\($0.detail.map { ": \($0)" } ?? "")" }
            return ["\(Self.heading(kind, count)):"] + lines + more(count, lines.count)
        }
    }

    private var summary: String {
        if isChainOnly { return "The files were not looked at." }
        let expected = verification.filesExpected
        let read = ByteText.format(verification.bytesRead)
        if verification.isWhole {
            let files = expected == 1 ? "1 file is" : "\(expected) files are"
            return "\(files) as stored (\(read)); the manifest's head is \(verification.head)."
        }
        return
            "\(verification.filesIntact) of \(expected) \(expected == 1 ? "file" : "files") as stored (\(read) read)."
    }

    private static func heading(_ kind: MediaFinding.Kind, _ count: Int) -> String {
        let files = count == 1 ? "1 file" : "\(count) files"
        return switch kind {
        case .missing: "\(files) missing"
        case .changed: "\(files) changed"
        case .unreadable: "\(files) not readable"
        case .remaining: "\(files) still there that should have been taken away"
        case .extra: "\(files) not in the manifest"
        default: "\(files): \(kind.rawValue)"
        }
    }

    private func more(_ count: Int, _ shown: Int) -> [String] {
        count > shown ? ["  … and \(count - shown) more"] : []
    }

    /// A line that is too long goes on in the next, unless it names a file: names are not broken.
    private func wrapped(_ line: String, to width: Int) -> [String] {
        line.hasPrefix("  ") ? [line] : TextWidth.wrapped(line, to: max(40, width))
    }

    /// The members of the result for machines.
    func write(to writer: inout JSONWriter) {
        writer.member("directory", directory)
        writer.member("head", verification.head.description)
        writer.member("whole", verification.isWhole)
        writer.member("chain_problem_count", verification.problemCount)
        writer.name("chain_problems")
        writer.list(verification.problems) { problem, writer in
            writer.beginObject()
            writer.member("line", problem.line.map(Int.init))
            writer.member("problem", problem.reason)
            writer.endObject()
        }
        guard !isChainOnly else { return }
        writer.member("files_expected", verification.filesExpected)
        writer.member("files_intact", verification.filesIntact)
        writer.member("bytes_read", Int(verification.bytesRead))
        writer.name("finding_counts")
        writer.beginObject()
        for kind in MediaFinding.Kind.all { writer.member(kind.rawValue, verification.counts[kind] ?? 0) }
        writer.endObject()
        writer.name("findings")
        writer.list(verification.findings) { finding, writer in
            writer.beginObject()
            writer.member("kind", finding.kind.rawValue)
            writer.member("path", finding.path)
            writer.member("detail", finding.detail)
            writer.endObject()
        }
    }
}
