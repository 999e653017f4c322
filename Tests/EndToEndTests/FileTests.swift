import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Testing

@Suite("Files")
struct FileTests {
    @Test("are readable by their owner alone")
    func modes() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let names = [
                "tapedeck.db", "tapedeck.db.lock", "out/recordings.jsonl", "out/access_summaries.jsonl",
                "out/access_events.jsonl",
            ]
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(atPath: scenario.path(name))
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            let folder = try FileManager.default.attributesOfItem(atPath: scenario.path("out"))
            #expect(folder[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test("of a ledger that is held refuse a second run and name the holder")
    func heldLedger() async throws {
        try await Scenario.with(.small()) { scenario in
            let holder = LedgerHolder(command: "tapedeck sync --canary", since: Scenario.start)
            let ledger = try SQLiteLedger.open(path: scenario.path("tapedeck.db"), holder: holder)
            let error = await failure { try await scenario.sync() }
            #expect(error?.code == .ledgerBusy)
            #expect(error?.reason.contains("tapedeck sync --canary") == true)
            #expect(error?.reason.contains(String(holder.processID)) == true)
            #expect(scenario.simulator.statistics.requests == 0)
            await ledger.close()
            #expect(try await scenario.sync().outcomes.map(\.state) == [.complete, .complete])
        }
    }

    @Test("in a folder that is none end the run before anything is asked for")
    func unusableFolder() async throws {
        try await Scenario.with(.small()) { scenario in
            try Data("a file".utf8).write(to: URL(filePath: scenario.path("out")))
            let error = await failure { try await scenario.sync() }
            #expect(error?.code == .sinkFailed)
            #expect(scenario.simulator.statistics.requests == 0)
            #expect(try String(contentsOfFile: scenario.path("out"), encoding: .utf8) == "a file")
        }
    }

    @Test("of somebody else are not written to")
    func foreignContent() async throws {
        try await Scenario.with(.small()) { scenario in
            try FileManager.default.createDirectory(atPath: scenario.path("out"), withIntermediateDirectories: true)
            let foreign = Data("{\"somebody\":\"else\"}\n".utf8)
            try foreign.write(to: URL(filePath: scenario.path("out/access_events.jsonl")))
            let error = await failure { try await scenario.sync() }
            #expect(error?.code == .sinkFailed)
            #expect(error?.reason.contains("access_events.jsonl") == true)
            #expect(try Data(contentsOf: URL(filePath: scenario.path("out/access_events.jsonl"))) == foreign)
            #expect(scenario.simulator.statistics.requests == 0)
        }
    }

    @Test("that lost what the ledger says was written are refused, and put back they go on")
    func shortFile() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let url = URL(filePath: scenario.path("out/recordings.jsonl"))
            let whole = try Data(contentsOf: url)
            try whole.dropLast(10).write(to: url)
            let requests = scenario.simulator.statistics.requests
            let error = await failure { try await scenario.sync() }
            #expect(error?.code == .sinkFailed)
            #expect(error?.reason.contains("recordings.jsonl") == true)
            #expect(scenario.simulator.statistics.requests == requests)
            try whole.write(to: url)
            #expect(try await scenario.sync().outcomes.map(\.state) == [.complete, .complete])
            #expect(try Data(contentsOf: url) == whole)
        }
    }

    @Test("with half a line behind a run that was cut are cut back; behind one that ended in order they are refused")
    func tornLine() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let whole = try scenario.archive.contents(of: .accessEvents)
            let handle = try FileHandle(forWritingTo: URL(filePath: scenario.path("out/access_events.jsonl")))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("{\"source\":\"cli".utf8))
            try handle.close()
            #expect(await failure { try await scenario.sync() }?.code == .sinkFailed)
            let holder = LedgerHolder(command: "test", since: scenario.clock.now)
            let ledger = try SQLiteLedger.open(path: scenario.path("tapedeck.db"), holder: holder)
            _ = try await ledger.beginRun(at: scenario.clock.now)
            await ledger.close()
            _ = try await scenario.sync()
            #expect(try scenario.archive.contents(of: .accessEvents) == whole)
        }
    }

    @Test("take the kinds that were left out at first when they are wanted later")
    func laterKinds() async throws {
        try await Scenario.with(.small()) { scenario in
            var source = scenario.simulator.webexSource()
            source.reads = [.recordings]
            let report = try await scenario.sync([source])
            #expect(report.outcomes.map(\.state) == [.complete])
            #expect(scenario.requests(.webexAccessDetail) == 0)
            #expect(try scenario.archive.lineCounts() == [.recordings: 34, .accessSummaries: 0, .accessEvents: 0])
            source.reads = RecordKind.readByDefault
            _ = try await scenario.sync([source])
            #expect(try scenario.differences(kismet: false) == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    private func failure(_ body: () async throws -> some Any) async -> TapedeckError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? TapedeckError
        }
    }
}

extension Scenario {
    /// A file of the archive.
    func path(_ name: String) -> String { archive.directory.appending(path: name).path }
}
