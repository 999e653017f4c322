import RecordingHost
import Synchronization

/// Shows how far a verification has come.
///
/// The board is behind a lock that is also held while writing, so that drawings do not mix.
final class VerificationReporter: Sendable {
    private let console: Console
    private let clock: any HostClock
    private let board: Mutex<VerificationBoard>

    init(console: Console, clock: any HostClock) {
        self.console = console
        self.clock = clock
        let output = console.output
        board = Mutex(VerificationBoard(style: output.isTerminal ? .redrawn(width: output.width) : .appended))
    }

    /// Takes news; nothing is shown when the level is below `info`.
    func report(_ progress: MediaVerificationProgress) {
        guard console.level >= .info else { return }
        let uptime = clock.uptime
        board.withLock { board in
            let text = board.accept(progress, at: uptime)
            if !text.isEmpty { console.output.standardError(Array(text.utf8)) }
        }
    }
}
