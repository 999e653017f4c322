import Synchronization

/// Counts what several tasks have read, and tells it one call at a time.
final class VerificationMeter: Sendable {
    private struct State {
        var progress: MediaVerificationProgress
        var bytesRead: Int64 = 0
        var filesIntact = 0
    }

    private let state: Mutex<State>
    private let report: @Sendable (MediaVerificationProgress) -> Void

    init(_ progress: MediaVerificationProgress, report: @escaping @Sendable (MediaVerificationProgress) -> Void) {
        state = Mutex(State(progress: progress))
        self.report = report
    }

    var bytesRead: Int64 { state.withLock { $0.bytesRead } }
    var filesIntact: Int { state.withLock { $0.filesIntact } }

    /// A part of a file was read.
    func add(bytes count: Int) {
        state.withLock { state in
            state.bytesRead += Int64(count)
            state.progress.bytesDone += Int64(count)
            report(state.progress)
        }
    }

    /// A file is done; `skipped` of its bytes were not read.
    func finish(skipped: Int64, isIntact: Bool) {
        state.withLock { state in
            state.progress.bytesDone += max(0, skipped)
            state.progress.filesDone += 1
            if isIntact { state.filesIntact += 1 }
            report(state.progress)
        }
    }
}
