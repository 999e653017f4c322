import RecordingHost
import RecordingKit

/// Opens a ledger that another run may hold, and waits for that run to end.
struct LedgerWait {
    /// How often it is tried.
    private static let step = Duration.milliseconds(250)

    let services: Services
    let console: Console
    /// How long to wait; zero tries once.
    let limit: Duration

    /// Opens the ledger as soon as it is free, and says once whom it waits for.
    ///
    /// - Throws: `TapedeckError` with code `ledger_busy` and who holds it then, when it is not free in time; `CancellationError`
    ///   as soon as the task is cancelled; whatever else opening throws.
    func open(_ path: String) async throws -> any Ledger {
        let clock = services.clock
        let deadline = clock.uptime + limit
        var hasSaid = false
        while true {
            do {
                return try await services.openLedger(path)
            } catch let error as TapedeckError where error.code == .ledgerBusy && limit > .zero {
                guard clock.uptime < deadline else { throw late(error) }
                if !hasSaid { console.log(.info, "Waiting for at most \(DurationText.format(limit)): \(error.reason)") }
                hasSaid = true
            }
            try await clock.sleep(until: min(clock.uptime + Self.step, deadline))
        }
    }

    private func late(_ error: TapedeckError) -> TapedeckError {
        TapedeckError(error.code, "after \(DurationText.format(limit)) of waiting, \(error.reason)")
    }
}
