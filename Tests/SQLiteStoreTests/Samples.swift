import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

/// A time in the tests; the fraction's digits belong to it.
func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

/// A holder with nothing of this machine in it.
let holder = LedgerHolder(
    processID: 4_711,
    since: Timestamp(secondsSince1970: 1_780_000_000),
    command: "tapedeck sync",
    host: "clinic-7"
)

extension TemporaryFolder {
    func open(_ name: String = "tapedeck.db") throws -> SQLiteLedger {
        try SQLiteLedger.open(path: path(name), holder: holder)
    }
}

/// The code and the reason of what `body` throws.
func failure(_ body: () async throws -> some Any) async -> TapedeckError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? TapedeckError
    }
}

/// An entry in which no two hashes are the same, so that mixed-up columns show.
func entry(_ seed: UInt64, number: Int? = nil) -> KnownRecording {
    KnownRecording(listing: seed, content: seed &+ 1, context: seed &+ 2, seenInRun: 3, number: number)
}

/// An ending that changes nothing but the outcome.
func ending(_ outcome: SourceOutcome) -> SourceEnding {
    SourceEnding(outcome: outcome, foundAllParts: false, retiresOthers: false, endsPass: false)
}
