import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Numbers in the ledger that cannot be")
struct ImpossibleNumberTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A ledger with one recording and one run, in which `sql` has changed something since.
    private func ledger(changedBy sql: String) async throws -> SQLiteLedger {
        let ledger = try folder.open()
        var changes = LedgerChanges()
        changes.recordings = [RecordingChange(source: "clinic", id: "r", entry: entry(1))]
        try await ledger.commit(changes)
        let run = try await ledger.beginRun(at: try time("2026-03-01T10:00:00Z"))
        var outcome = SourceOutcome(source: "clinic", connector: "webex", state: .complete)
        outcome.counts.written = [.recordings: 1, .accessEvents: 1]
        try await ledger.finishRun(run, at: try time("2026-03-01T11:00:00Z"), endings: [ending(outcome)])
        await ledger.close()
        try SQLiteConnection(path: folder.path("tapedeck.db"), readOnly: false).execute(sql)
        return try folder.open()
    }

    @Test("Counts add up, whatever another program has made of them", arguments: [Int64.max, .min, -1])
    func counts(_ number: Int64) async throws {
        let ledger = try await ledger(changedBy: "UPDATE run_written SET records = \(number)")
        let outcome = try #require(try await ledger.sourceStatuses().first?.lastOutcome)
        #expect(outcome.counts.written.count == 2)
        #expect(outcome.counts.written.values.reduce(0, +) >= 0)
    }

    @Test("A recording's number that none can have is refused where it is read", arguments: [Int64.max, -1, 1 << 32])
    func knownNumber(_ number: Int64) async throws {
        let ledger = try await ledger(changedBy: "UPDATE recordings SET number = \(number)")
        let error = await failure { try await ledger.knownRecordings(["r"], of: "clinic") }
        #expect(error?.code == .ledgerFailed)
    }

    @Test("A next number that no recording can have is refused where it is given out", arguments: [Int64.max, -1])
    func nextNumber(_ number: Int64) async throws {
        let ledger = try await ledger(changedBy: "UPDATE sources SET next_number = \(number)")
        var changes = LedgerChanges()
        changes.recordings = ["s", "t"].map { RecordingChange(source: "clinic", id: $0, entry: entry(1)) }
        #expect(await failure { try await ledger.commit(changes) }?.code == .ledgerFailed)
    }
}
