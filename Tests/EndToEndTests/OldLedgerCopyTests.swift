import FileSinks
import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Testing

@Suite("An older copy of the ledger that is put back")
struct OldLedgerCopyTests {
    /// Reads, keeps a copy of the ledger, reads something newer, and puts the copy back.
    private func putCopyBack(_ scenario: Scenario) async throws {
        let files = FileManager.default
        let ledger = scenario.archive.directory.appending(path: "tapedeck.db")
        let copy = scenario.archive.directory.appending(path: "copy.db")
        _ = try await scenario.sync()
        try files.copyItem(at: ledger, to: copy)
        scenario.clock.advance(by: .seconds(3_600))
        _ = scenario.simulator.addLateRecording(startedAt: Scenario.start.seconds - 40 * 86_400)
        _ = try await scenario.sync()
        for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: ledger.path + suffix) }
        try files.copyItem(at: copy, to: ledger)
    }

    @Test("is brought up to the files by a repair, and the next run has everything once")
    func repaired() async throws {
        var plan = SimulatorPlan.small()
        plan.webex.authorization.rotation = .same
        try await Scenario.with(plan) { scenario in
            try await putCopyBack(scenario)
            let report = try await scenario.repair()
            #expect(report.condition == .sound)
            #expect(report.hasReplaced)
            let run = try await scenario.sync()
            #expect(run.outcomes.map(\.state) == [.complete, .complete], "\(run.outcomes.flatMap(\.failures))")
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    @Test("is refused by every sink, also the second time, and nothing of the newer records is cut off")
    func refused() async throws {
        try await Scenario.with(.small()) { scenario in
            try await putCopyBack(scenario)
            let before = try scenario.archive.lineCounts()
            for _ in 0..<2 {
                await #expect(throws: TapedeckError(.sinkFailed, "")) { try await scenario.sync() }
                #expect(try scenario.archive.lineCounts() == before)
            }
        }
    }
}
