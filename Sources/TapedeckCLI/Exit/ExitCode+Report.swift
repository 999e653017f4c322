import RecordingHost
import RecordingKit

extension ExitCode {
    /// The status of a run: the worst of its sources decides.
    ///
    /// Signal, then 77, 75, 1 when every source failed or the run as a whole did, 2, 0.
    init(_ report: SyncReport, signal: StopSignal? = nil) {
        let states = report.outcomes.map(\.state)
        let failure = report.failure.map { ExitCode($0) }
        if let signal {
            self = signal.exitCode
        } else if states.contains(.credentialsRejected) || failure == .credentialsRejected {
            self = .credentialsRejected
        } else if states.contains(.tryLater) || failure == .tryLater {
            self = .tryLater
        } else if let failure {
            self = failure
        } else if !states.isEmpty, states.allSatisfy({ $0 == .failed }) {
            self = .failed
        } else if report.wasStopped || states.contains(where: { $0 != .complete }) {
            self = .incomplete
        } else {
            self = .complete
        }
    }

    /// The status for an error that ended a command.
    init(_ error: TapedeckError) {
        self =
            switch error.code {
            case .configurationInvalid, .insecureURL: .configurationInvalid
            case .unauthorized, .forbidden: .credentialsRejected
            case .waitTooLong, .rateLimited, .ledgerBusy: .tryLater
            case .stopped: .incomplete
            default: .failed
            }
    }

    /// The status of checking sources: rejected credentials, then trying later, then any other failure.
    init(_ results: [CheckResult]) {
        let codes = results.compactMap { $0.failure.map { ExitCode($0) } }
        self =
            [.credentialsRejected, .tryLater].first { codes.contains($0) } ?? (codes.isEmpty ? .complete : .failed)
    }
}
