import RecordingHost
import RecordingKit

/// How far each source has come, and when to show it: decides, and writes nothing.
struct ProgressBoard {
    /// How progress is shown.
    enum Style: Sendable, Hashable {
        /// Lines that are drawn over, at most `width` columns wide.
        case redrawn(width: Int)
        /// A line a source now and then.
        case appended
    }

    private struct Entry {
        var progress: SourceProgress
        let startedAt: Duration
        var shownAt: Duration?
    }

    /// The shortest time between two drawings.
    static let redrawInterval = Duration.milliseconds(100)
    /// The shortest time between two plain lines about a source whose state does not change.
    static let lineInterval = Duration.seconds(5)
    /// The shortest wait that is worth a plain line of its own.
    static let longWait = Duration.seconds(5)
    /// How many sources are drawn at most; more would not fit on a terminal.
    static let maximumLines = 20

    private let style: Style
    private var entries: [String: Entry] = [:]
    private var order: [String] = []
    private var drawnAt: Duration?
    private var drawnLines = 0

    init(style: Style) { self.style = style }

    /// Takes news of a source.
    ///
    /// - Parameters:
    ///   - progress: how far the source has come.
    ///   - uptime: the time since some fixed moment.
    ///   - now: the wall-clock time, against which waits are measured.
    /// - Returns: what to write to the terminal or log now; empty for nothing.
    mutating func accept(_ progress: SourceProgress, at uptime: Duration, now: Timestamp) -> String {
        let previous = entries[progress.source]
        if previous == nil { order.append(progress.source) }
        entries[progress.source] = Entry(
            progress: progress,
            startedAt: previous?.startedAt ?? uptime,
            shownAt: previous?.shownAt
        )
        let hasNewState = previous == nil || previous?.progress.state != progress.state
        let hasNewWait = previous?.progress.waitingUntil != progress.waitingUntil
        switch style {
        case .redrawn:
            let isDue = drawnAt.map { uptime - $0 >= Self.redrawInterval } ?? true
            return hasNewState || hasNewWait || isDue ? draw(at: uptime) : ""
        case .appended:
            let isLongWait = progress.waitingUntil.map { $0.duration(since: now) >= Self.longWait } ?? false
            let isDue = previous?.shownAt.map { uptime - $0 >= Self.lineInterval } ?? true
            guard hasNewState || (hasNewWait && isLongWait) || isDue else { return "" }
            entries[progress.source]?.shownAt = uptime
            return line(of: progress.source, at: uptime) + "\n"
        }
    }

    /// The last drawing, with everything that was held back.
    mutating func finish(at uptime: Duration) -> String {
        guard case .redrawn = style, !order.isEmpty else { return "" }
        return draw(at: uptime)
    }

    private mutating func draw(at uptime: Duration) -> String {
        guard case .redrawn(let width) = style else { return "" }
        var lines = order.prefix(Self.maximumLines).map { line(of: $0, at: uptime) }
        if order.count > Self.maximumLines { lines.append("… and \(order.count - Self.maximumLines) more sources") }
        let back = drawnLines > 0 ? "\u{1B}[\(drawnLines)A" : ""
        drawnAt = uptime
        drawnLines = lines.count
        return back + lines.map { "\r\u{1B}[2K\(TextWidth.truncated($0, to: max(width - 1, 1)))\n" }.joined()
    }

    private func line(of source: String, at uptime: Duration) -> String {
        guard let entry = entries[source] else { return "" }
        let progress = entry.progress
        let records = progress.counts.recordings + progress.counts.events
        var parts = [
            Self.counted(progress.pages, "page"), Self.counted(progress.counts.recordings, "recording"),
            Self.counted(progress.counts.events, "event"),
        ]
        let media = progress.counts.media
        if media.bytesReceived > 0 {
            let size = ByteText.format(media.bytesReceived)
            parts.append("\(Self.counted(media.states[.stored] ?? 0, "file")) (\(size))")
        }
        let elapsed = (uptime - entry.startedAt).inSeconds
        if elapsed >= 0.5 { parts.append("\(Int((Double(records) / elapsed).rounded()))/s") }
        if let state = progress.state {
            parts.append(OutcomeText.name(of: state))
        } else if let until = progress.waitingUntil {
            parts.append("waiting until \(until.wholeSeconds)")
        }
        return Console.printable("\(source): \(parts.joined(separator: ", "))")
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
}
