import RecordingHost
import Synchronization

/// Shows progress that several tasks report.
///
/// The board is behind a lock that is also held while writing, so that drawings do not mix.
final class ProgressReporter: Sendable {
    private let console: Console
    private let clock: any HostClock
    private let board: Mutex<ProgressBoard>

    init(console: Console, clock: any HostClock) {
        self.console = console
        self.clock = clock
        let output = console.output
        board = Mutex(ProgressBoard(style: output.isTerminal ? .redrawn(width: output.width) : .appended))
    }

    /// Takes news of a source; nothing is shown when the level is below `info`.
    func report(_ progress: SourceProgress) {
        guard console.level >= .info else { return }
        let (uptime, now) = (clock.uptime, clock.now)
        board.withLock { write($0.accept(progress, at: uptime, now: now)) }
    }

    /// Shows what was held back; nothing may be reported afterwards.
    func finish() {
        guard console.level >= .info else { return }
        let uptime = clock.uptime
        board.withLock { write($0.finish(at: uptime)) }
    }

    private func write(_ text: String) {
        if !text.isEmpty { console.output.standardError(Array(text.utf8)) }
    }
}
