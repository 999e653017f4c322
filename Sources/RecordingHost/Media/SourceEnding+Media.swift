import RecordingKit

extension SourceEnding {
    /// The same with what became of the source's media: files that could not be fetched make it incomplete.
    func adding(_ media: MediaRun.Ending?, counts: SourceCounts) -> SourceEnding {
        guard let media else { return self }
        var ending = self
        ending.outcome.counts = counts
        ending.outcome.failures += media.failures.filter { !outcome.failures.contains($0) }
        if let retryAt = media.ending?.retryAt { ending.outcome.retryAt = outcome.retryAt ?? retryAt }
        guard outcome.state == .complete else { return ending }
        if media.wasStopped {
            ending.outcome.state = .stopped
        } else if let cause = media.ending {
            ending.outcome.state = Self.state(of: cause)
        } else if !media.failures.isEmpty {
            ending.outcome.state = .incomplete
        }
        return ending
    }

    private static func state(of cause: TapedeckError) -> SourceState {
        switch cause.code {
        case .unauthorized, .tokenNotSaved: .credentialsRejected
        case .waitTooLong: .tryLater
        default: .incomplete
        }
    }
}
