import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import SQLiteStore

@Suite("A ledger of an older program")
struct OldLedgerTests {
    /// Writes what a ledger knows into the tables of version 1, and puts that in its place.
    private func makeOld(_ scenario: Scenario) async throws {
        let path = scenario.archive.directory.appending(path: "tapedeck.db").path
        let old = scenario.archive.directory.appending(path: "old.db").path
        let first = try #require(LedgerSchema.current.migrations.first)
        let schema = LedgerSchema(applicationID: LedgerSchema.current.applicationID, migrations: [first])
        let holder = LedgerHolder(command: "test", since: scenario.clock.now)
        await (try SQLiteLedger.open(path: old, holder: holder, schema: schema)).close()
        do {
            let connection = try SQLiteConnection(path: old, readOnly: false)
            try connection.execute("ATTACH DATABASE '\(path)' AS new")
            let tables = [
                "sources", "recordings", "events", "sinks", "sink_offsets", "tokens", "runs", "run_sources",
                "run_written",
            ]
            for table in tables {
                let columns = try columns(of: table, connection)
                try connection.execute("INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM new.\(table)")
            }
        }
        for name in ["tapedeck.db", "tapedeck.db-wal", "tapedeck.db-shm"] {
            try? FileManager.default.removeItem(atPath: scenario.archive.directory.appending(path: name).path)
        }
        try FileManager.default.moveItem(atPath: old, toPath: path)
    }

    /// The columns that a table has in version 1.
    private func columns(of table: String, _ connection: SQLiteConnection) throws -> String {
        let select = try connection.statement("SELECT group_concat(name) FROM pragma_table_info('\(table)', 'main')")
        defer { select.reset() }
        return try select.step() ? select.requiredText(0) : ""
    }

    @Test("is brought up to date, and the next run neither loses nor repeats anything")
    func migrated() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            try await makeOld(scenario)
            scenario.clock.advance(by: .seconds(3_600))
            let late = scenario.simulator.addLateRecording(startedAt: Scenario.start.seconds - 40 * 86_400)
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.flatMap(\.failures))")
            #expect(report.outcomes.last?.counts.written[.recordings] == 1, "\(late)")
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    @Test("can be repaired as it is")
    func repaired() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            try await makeOld(scenario)
            let report = try await scenario.repair()
            #expect(report.condition == .sound)
            #expect(report.comparison.isEmpty)
            _ = try await scenario.sync()
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }
}
