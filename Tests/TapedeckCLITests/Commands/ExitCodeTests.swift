import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("Exit codes")
struct ExitCodeTests {
    private func report(
        _ states: [SourceState],
        failure: TapedeckError.Code? = nil,
        wasStopped: Bool = false
    ) -> SyncReport {
        let now = Timestamp(secondsSince1970: 0)
        return SyncReport(
            run: 1,
            window: TimeWindow(from: now, to: now),
            outcomes: states.enumerated().map { SourceOutcome(source: "s\($0)", connector: "alpha", state: $1) },
            failure: failure.map { TapedeckError($0, "It broke.") },
            wasStopped: wasStopped
        )
    }

    @Test(
        "The worst source decides",
        arguments: [
            ([], 0), ([.complete, .complete], 0), ([.complete, .incomplete], 2), ([.complete, .failed], 2),
            ([.failed, .failed], 1), ([.failed], 1), ([.failed, .incomplete], 2), ([.complete, .stopped], 2),
            ([.failed, .tryLater], 75), ([.incomplete, .tryLater, .complete], 75),
            ([.tryLater, .credentialsRejected, .failed], 77), ([.complete, .credentialsRejected], 77),
        ] as [([SourceState], Int32)]
    )
    func states(states: [SourceState], code: Int32) {
        #expect(ExitCode(report(states)).rawValue == code)
    }

    @Test(
        "What ended the run as a whole outranks incomplete sources",
        arguments: [
            ([.complete], .sinkFailed, 1), ([.incomplete], .ledgerFailed, 1), ([.tryLater], .sinkFailed, 75),
            ([.credentialsRejected], .sinkFailed, 77),
        ] as [([SourceState], TapedeckError.Code, Int32)]
    )
    func failures(states: [SourceState], failure: TapedeckError.Code, code: Int32) {
        #expect(ExitCode(report(states, failure: failure)).rawValue == code)
    }

    @Test(
        "A signal outranks everything",
        arguments: [(StopSignal.interrupt, 130), (.terminate, 143)] as [(StopSignal, Int32)]
    )
    func signals(signal: StopSignal, code: Int32) {
        #expect(ExitCode(report([.credentialsRejected], wasStopped: true), signal: signal).rawValue == code)
    }

    @Test("A run that was stopped without a signal is incomplete")
    func stopped() {
        #expect(ExitCode(report([.complete], wasStopped: true)) == .incomplete)
    }

    @Test(
        "An error that ends a command has its own status",
        arguments: [
            (.configurationInvalid, 78), (.insecureURL, 78), (.unauthorized, 77), (.forbidden, 77), (.ledgerBusy, 75),
            (.waitTooLong, 75), (.rateLimited, 75), (.ledgerFailed, 1), (.sinkFailed, 1), (.serverError, 1),
            (.stopped, 2),
        ] as [(TapedeckError.Code, Int32)]
    )
    func errors(code: TapedeckError.Code, status: Int32) {
        #expect(ExitCode(TapedeckError(code, "It broke.")).rawValue == status)
    }
}
