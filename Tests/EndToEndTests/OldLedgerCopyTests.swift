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
    @Test("is refused by every sink, also the second time, and nothing of the newer records is cut off")
    func refused() async throws {
        try await Scenario.with(.small()) { scenario in
            let files = FileManager.default
            let ledger = scenario.archive.directory.appending(path: "tapedeck.db")
            let copy = scenario.archive.directory.appending(path: "copy.db")
            _ = try await scenario.sync()
            try files.copyItem(at: ledger, to: copy)
            scenario.clock.advance(by: .seconds(3_600))
            _ = scenario.simulator.addLateRecording(startedAt: Scenario.start.seconds - 40 * 86_400)
            _ = try await scenario.sync()
            let before = try scenario.archive.lineCounts()
            for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: ledger.path + suffix) }
            try files.copyItem(at: copy, to: ledger)
            for _ in 0..<2 {
                await #expect(throws: TapedeckError(.sinkFailed, "")) { try await scenario.sync() }
                #expect(try scenario.archive.lineCounts() == before)
            }
        }
    }
}
