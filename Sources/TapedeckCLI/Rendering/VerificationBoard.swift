import RecordingHost

/// How far a verification has come, and when to show it: decides, and writes nothing.
struct VerificationBoard {
    private static let barWidth = 24

    private let style: ProgressBoard.Style
    private var startedAt: Duration?
    private var shownAt: Duration?

    init(style: ProgressBoard.Style) { self.style = style }

    /// Takes news.
    ///
    /// - Parameter uptime: the time since some fixed moment.
    /// - Returns: what to write to the terminal or log now; empty for nothing.
    mutating func accept(_ progress: MediaVerificationProgress, at uptime: Duration) -> String {
        let began = startedAt ?? uptime
        startedAt = began
        let isLast = progress.filesDone == progress.filesTotal
        let text = Self.text(progress, elapsed: (uptime - began).inSeconds)
        switch style {
        case .redrawn(let width):
            let isDue = shownAt.map { uptime - $0 >= ProgressBoard.redrawInterval } ?? true
            guard isDue || isLast else { return "" }
            shownAt = uptime
            let line = TextWidth.truncated("\(Self.bar(progress)) \(text)", to: max(width - 1, 1))
            return "\r\u{1B}[2K\(line)\(isLast ? "\n" : "")"
        case .appended:
            // A verification that is over before the first line is due needs none.
            guard uptime - (shownAt ?? began) >= ProgressBoard.lineInterval else { return "" }
            shownAt = uptime
            return "verify: \(text)\n"
        }
    }

    private static func share(_ progress: MediaVerificationProgress) -> Double {
        guard progress.bytesTotal > 0 else { return 1 }
        return min(1, Double(progress.bytesDone) / Double(progress.bytesTotal))
    }

    private static func bar(_ progress: MediaVerificationProgress) -> String {
        let filled = Int(share(progress) * Double(barWidth))
        return "[" + String(repeating: "=", count: filled) + String(repeating: " ", count: barWidth - filled) + "]"
    }

    private static func text(_ progress: MediaVerificationProgress, elapsed: Double) -> String {
        let done = ByteText.format(progress.bytesDone)
        var parts = [
            "\(Int(share(progress) * 100)) %", "\(done) of \(ByteText.format(progress.bytesTotal))",
            "\(progress.filesDone) of \(progress.filesTotal) files",
        ]
        if elapsed >= 0.5, progress.bytesDone > 0 {
            let rate = Double(progress.bytesDone) / elapsed
            parts.append("\(ByteText.format(Int64(rate)))/s")
            let left = Double(progress.bytesTotal - progress.bytesDone) / rate
            if left >= 1 { parts.append("\(DurationText.format(.seconds(Int64(left)))) left") }
        }
        return parts.joined(separator: ", ")
    }
}
