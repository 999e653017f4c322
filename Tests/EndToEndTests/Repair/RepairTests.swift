import FileSinks
import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import SQLiteStore

@Suite("A repair")
struct RepairTests {
    /// What happens to a ledger.
    enum LedgerDamage: CaseIterable {
        case header, middle, end, truncation, deletion, emptiness

        func apply(_ scenario: Scenario) throws {
            let size = try Data(contentsOf: scenario.file("tapedeck.db")).count
            switch self {
            case .header: try scenario.damageLedger(0..<64)
            case .middle: try scenario.damageLedger(size / 3..<2 * size / 3)
            case .end: try scenario.damageLedger(size - 9_000..<size)
            case .truncation:
                try Data(contentsOf: scenario.file("tapedeck.db")).prefix(size / 2)
                    .write(to: scenario.file("tapedeck.db"))
            case .deletion: try FileManager.default.removeItem(at: scenario.file("tapedeck.db"))
            case .emptiness: try Data().write(to: scenario.file("tapedeck.db"))
            }
        }
    }

    /// A platform whose refresh token stays, so that a lost one does not need a new sign-in.
    private var forgiving: SimulatorPlan {
        var plan = SimulatorPlan.small()
        plan.webex.authorization.rotation = .same
        return plan
    }

    /// Every recording of a repaired ledger has a number of its own, and the next one gets another.
    private func checkNumbers(_ scenario: Scenario) throws {
        let connection = try SQLiteConnection(path: scenario.ledgerPath, readOnly: true)
        #expect(
            try connection.integer("SELECT count(*) - count(DISTINCT source || '/' || number) FROM recordings") == 0
        )
        #expect(
            try connection.integer(
                "SELECT count(*) FROM recordings r JOIN sources s ON s.id = r.source WHERE number >= next_number"
            ) == 0
        )
    }

    /// The archive is the truth, each version of a record once.
    private func checkArchive(_ scenario: Scenario) async throws {
        try checkNumbers(scenario)
        let report = try await scenario.sync()
        #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.flatMap(\.failures))")
        #expect(try scenario.differences() == [])
        #expect(try scenario.archive.repeats() == 0)
        #expect(try await scenario.archive.gaps(at: scenario.clock.now) == [])
        let after = try await scenario.repair()
        #expect(after.isHealthy, "\(after)")
    }

    @Test("of a sound archive says so and changes nothing")
    func healthy() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let before = try scenario.contents()
            let report = try await scenario.repair()
            #expect(report.isHealthy, "\(report)")
            #expect(!report.hasReplaced)
            #expect(report.isWhole)
            #expect(try scenario.contents() == before)
        }
    }

    @Test(
        "makes a ledger anew that is damaged or gone, and the next run has everything once",
        arguments: LedgerDamage.allCases
    )
    func damagedLedger(_ damage: LedgerDamage) async throws {
        try await Scenario.with(forgiving) { scenario in
            _ = try await scenario.sync()
            try damage.apply(scenario)
            let before = try scenario.contents()
            let trial = try await scenario.repair(RepairRequest(isDryRun: true))
            #expect(trial.condition != .sound)
            #expect(try scenario.contents() == before)
            let report = try await scenario.repair()
            #expect(report.hasReplaced)
            #expect(report.condition == trial.condition)
            #expect(!report.isWhole || damage == .end)
            if damage != .deletion {
                let kept = try scenario.names().filter { $0.hasPrefix("tapedeck.db.before-repair-") }
                #expect(kept.count == 1)
                #expect(try kept.map { try Data(contentsOf: scenario.file($0)) } == [before["tapedeck.db"]])
            }
            #expect(try scenario.names().filter { $0.contains("repairing") || $0.hasSuffix("repaired") } == [])
            try await checkArchive(scenario)
        }
    }

    @Test("saves the tokens of a ledger whose records are damaged")
    func tokens() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let reading = try SQLiteLedger.openForReading(path: scenario.ledgerPath)
            let tokens = try #require(try await reading.tokens(of: "acme"))
            await reading.close()
            let size = try Data(contentsOf: scenario.file("tapedeck.db")).count
            try scenario.damageLedger(size - 4_096..<size)
            let report = try await scenario.repair()
            guard case .damaged = report.condition else {
                Issue.record("\(report.condition)")
                return
            }
            let repaired = try SQLiteLedger.openForReading(path: scenario.ledgerPath)
            #expect(try await repaired.tokens(of: "acme") == tokens)
            await repaired.close()
            #expect(report.losses.isEmpty)
            try await checkArchive(scenario)
        }
    }

    @Test("reads again what was cut off a file, and tells how many records that were")
    func shortenedFile() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let lines = try scenario.lines(.recordings)
            try scenario.write(lines.dropLast(5), as: .recordings)
            await #expect(throws: TapedeckError.self) { _ = try await scenario.sync() }
            let report = try await scenario.repair()
            #expect(report.condition == .sound)
            #expect(report.comparison.lost.values.reduce(0, +) == 5)
            #expect(!report.isWhole)
            try await checkArchive(scenario)
        }
    }

    @Test("reads again what stood in a file that is gone", arguments: [RecordKind.recordings, .accessEvents])
    func missingFile(_ kind: RecordKind) async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let count = try scenario.lines(kind).count
            try FileManager.default.removeItem(at: scenario.file("out/\(kind.rawValue).jsonl"))
            let report = try await scenario.repair()
            #expect(report.comparison.lost.values.reduce(0, +) == count)
            try await checkArchive(scenario)
        }
    }

    @Test("names lines that are no records, leaves them alone, and moves them only when it is asked to")
    func damagedLines() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            var lines = try scenario.lines(.recordings)
            let torn = lines[7].dropLast(20)
            lines[7] = String(torn)
            lines.insert("a note", at: 3)
            try scenario.write(lines, as: .recordings)
            let before = try Data(contentsOf: scenario.file("out/recordings.jsonl"))
            let first = try await scenario.repair()
            #expect(first.damagedLines.map(\.place.line) == [4, 9])
            #expect(first.comparison.lost.values.reduce(0, +) == 1)
            #expect(try Data(contentsOf: scenario.file("out/recordings.jsonl")) == before)
            let second = try await scenario.repair(RepairRequest(setsAside: true))
            #expect(second.damagedLineCount == 0)
            let aside = try #require(try scenario.names(in: "out").first { $0.contains("set-aside") })
            #expect(try String(contentsOf: scenario.file("out/" + aside), encoding: .utf8) == "a note\n\(torn)\n")
            try await checkArchive(scenario)
        }
    }

    @Test("names lines that stand there twice, and moves one of each when it is asked to")
    func repeatedLines() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            var lines = try scenario.lines(.accessEvents)
            lines.insert(lines[2], at: 9)
            try scenario.write(lines, as: .accessEvents)
            let first = try await scenario.repair()
            #expect(first.repeatedLines.map(\.place.line) == [10])
            #expect(first.isWhole)
            let second = try await scenario.repair(RepairRequest(setsAside: true))
            #expect(second.repeatedLineCount == 0)
            try await checkArchive(scenario)
        }
    }

    @Test("finds a record that was changed by hand, and the next run writes what the platform says")
    func changedRecord() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            var lines = try scenario.lines(.recordings)
            let index = try #require(lines.firstIndex { $0.contains(#""status":"available""#) })
            lines[index] = lines[index].replacing(#""status":"available""#, with: #""status":"obtainable""#)
            try scenario.write(lines, as: .recordings)
            let report = try await scenario.repair()
            #expect(report.comparison.different.values.reduce(0, +) == 1)
            #expect(report.comparison.lost.isEmpty)
            let next = try await scenario.sync()
            #expect(next.outcomes.map(\.state) == [.complete, .complete])
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 1)
        }
    }

    @Test("forgets what a clock that was ahead has let the ledger claim")
    func clockAhead() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let ahead = ManualClock.automatic(at: scenario.clock.now.advanced(by: .seconds(400 * 86_400)))
            _ = try await scenario.archive.sync(
                scenario.sources,
                clock: ahead,
                through: { DatelessTransport(next: $0) }
            )
            await #expect(throws: TapedeckError.self) { _ = try await scenario.sync() }
            let report = try await scenario.repair()
            #expect(!report.futureClaims.isEmpty)
            #expect(report.comparison.isEmpty)
            #expect(report.hasReplaced)
            try await checkArchive(scenario)
        }
    }

    @Test("moves the rows of a sink aside that cannot be read back, and the next run fills it again")
    func otherSink() async throws {
        try await Scenario.with(forgiving) { scenario in
            _ = try await scenario.archive.sync(scenario.sources, clock: scenario.clock, alsoInto: [scenario.csv])
            let rows = try Data(contentsOf: scenario.file("csv/access_events.csv"))
            try LedgerDamage.middle.apply(scenario)
            let report = try await scenario.repair(sinks: [scenario.jsonLines, scenario.csv])
            #expect(report.refilled == [scenario.csv.id])
            let kept = try scenario.names(in: "csv")
            #expect(kept.count == 3 && kept.allSatisfy { $0.contains(".before-repair-") })
            let next = try await scenario.archive.sync(
                scenario.sources,
                clock: scenario.clock,
                alsoInto: [scenario.csv]
            )
            #expect(next.outcomes.map(\.state) == [.complete, .complete])
            #expect(try Data(contentsOf: scenario.file("csv/access_events.csv")).count == rows.count)
            #expect(try scenario.differences() == [])
        }
    }

    @Test("refuses when no sink can give records back, and starts over when it is asked to")
    func withoutGiver() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            try LedgerDamage.middle.apply(scenario)
            await #expect(throws: TapedeckError.self) { _ = try await scenario.repair(sinks: [scenario.csv]) }
            let report = try await scenario.repair(RepairRequest(startsOver: true), sinks: [scenario.csv])
            #expect(report.hasReplaced)
        }
    }

    @Test("ends what a killed one had begun once the new ledger was whole")
    func interrupted() async throws {
        try await Scenario.with(forgiving) { scenario in
            _ = try await scenario.sync()
            try LedgerDamage.middle.apply(scenario)
            let damaged = try Data(contentsOf: scenario.file("tapedeck.db"))
            _ = try await scenario.repair()
            let whole = try Data(contentsOf: scenario.file("tapedeck.db"))
            // As after a kill between the two renames.
            try whole.write(to: scenario.file("tapedeck.db.repaired"))
            try damaged.write(to: scenario.file("tapedeck.db"))
            try Data("half".utf8).write(to: scenario.file("tapedeck.db.repairing"))
            let report = try await scenario.repair()
            #expect(report.isHealthy, "\(report)")
            #expect(try scenario.names().filter { $0.contains("repairing") || $0.hasSuffix("repaired") } == [])
            try await checkArchive(scenario)
        }
    }

    @Test("refuses a ledger of a newer program and leaves it as it is")
    func newerLedger() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            var bytes = try Data(contentsOf: scenario.file("tapedeck.db"))
            // The user version stands at offset 60, big-endian.
            bytes[63] = 99
            try bytes.write(to: scenario.file("tapedeck.db"))
            do {
                _ = try await scenario.repair()
                Issue.record("it was not refused")
            } catch let error as TapedeckError {
                #expect(error.reason.contains("version 99"))
            }
            #expect(try Data(contentsOf: scenario.file("tapedeck.db")) == bytes)
        }
    }
}
