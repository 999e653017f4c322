import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Synchronization
import Testing

@testable import TapedeckCLI

@Suite("Waiting for another run")
struct LedgerWaitTests {
    private static let start = Timestamp(secondsSince1970: 1_772_366_400)
    private static let holder = "the ledger is held by process 42 (nightly)"
    private let captured = Captured()

    /// A tool whose ledger is held for so many attempts, and their count.
    private func tool(busyAttempts: Int, clock: ManualClock) -> (tool: TestTool, attempts: @Sendable () -> Int) {
        let counter = Counter()
        var tool = TestTool()
        tool.clock = clock
        tool.openLedger = { _ in
            if counter.next() <= busyAttempts { throw TapedeckError(.ledgerBusy, Self.holder) }
            return ScriptedLedger()
        }
        return (tool, { counter.value })
    }

    @Test("goes on as soon as that has ended, and says once whom it waits for")
    func ends() async throws {
        let clock = ManualClock.automatic(at: Self.start)
        let (tool, attempts) = tool(busyAttempts: 3, clock: clock)
        #expect(try await tool.run("sync --wait 10m", output: captured.output()) == .complete)
        #expect(attempts() == 4)
        #expect(clock.sleeps.prefix(3) == [.milliseconds(250), .milliseconds(250), .milliseconds(250)])
        #expect(captured.error.components(separatedBy: Self.holder).count == 2)
        #expect(captured.error.contains("Waiting for at most 10m: \(Self.holder)"))
    }

    @Test("ends after the time with 75 and names who holds the ledger", arguments: ["", " --json"])
    func late(suffix: String) async throws {
        let clock = ManualClock.automatic(at: Self.start)
        let (tool, attempts) = tool(busyAttempts: .max, clock: clock)
        #expect(try await tool.run("sync --wait 1m" + suffix, output: captured.output()) == .tryLater)
        #expect(clock.uptime == .seconds(60))
        #expect(attempts() == 241)
        #expect(captured.error.contains("after 1m of waiting, \(Self.holder)"))
        if !suffix.isEmpty {
            let error = try captured.json()["error"]
            #expect(error?["code"]?.string == "ledger_busy")
            #expect(error?["reason"]?.string?.contains(Self.holder) == true)
        }
    }

    @Test("is not done unasked, and the refusal says how to", arguments: ["sync", "sync --wait 0s", "check"])
    func refused(line: String) async throws {
        let clock = ManualClock.automatic(at: Self.start)
        let (tool, attempts) = tool(busyAttempts: .max, clock: clock)
        #expect(try await tool.run(line, output: captured.output()) == .tryLater)
        #expect(attempts() == 1)
        #expect(clock.sleeps.isEmpty)
        #expect(captured.error.contains(Self.holder))
        #expect(captured.error.contains("tapedeck sync --wait 10m"))
        #expect(!captured.error.contains("Waiting"))
    }

    @Test("is not done when the ledger cannot be opened for another reason")
    func otherFailure() async throws {
        var tool = TestTool()
        let clock = ManualClock.automatic(at: Self.start)
        tool.clock = clock
        tool.ledgerError = TapedeckError(.ledgerFailed, "It is damaged.")
        #expect(try await tool.run("sync --wait 10m", output: captured.output()) == .failed)
        #expect(clock.sleeps.isEmpty)
    }

    @Test("is ended by a signal at once", .timeLimit(.minutes(5)), arguments: StopSignal.allCases)
    func signalled(signal: StopSignal) async throws {
        let clock = ManualClock.manual(at: Self.start)
        let (tool, attempts) = tool(busyAttempts: .max, clock: clock)
        let signals = AsyncStream<StopSignal>(unfolding: {
            try? await clock.waitForSleepers()
            return signal
        })
        let exitCode = try await tool.run("sync --wait 10m", output: captured.output(), signals: signals)
        #expect(exitCode == signal.exitCode)
        #expect(attempts() == 1)
        #expect(clock.uptime == .zero)
    }

    @Test("ends when a real ledger is closed, and names its holder", .timeLimit(.minutes(5)))
    func realLedger() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wait-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "tapedeck.db").path
        let clock = ManualClock.manual(at: Self.start)
        let first = try SQLiteLedger.open(path: path, holder: LedgerHolder(command: "nightly", since: Self.start))
        var tool = TestTool()
        tool.clock = clock
        tool.openLedger = { _ in
            try SQLiteLedger.open(path: path, holder: LedgerHolder(command: "second", since: Self.start))
        }
        async let exitCode = tool.run("sync --wait 10m", output: captured.output())
        try await clock.waitForSleepers()
        clock.advance(by: .milliseconds(250))
        try await clock.waitForSleepers()
        await first.close()
        clock.advance(by: .milliseconds(250))
        #expect(try await exitCode == .complete)
        #expect(clock.uptime == .milliseconds(500))
        #expect(captured.error.contains("(nightly) on"))
        #expect(captured.error.contains("since \(Self.start)"))
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        var value: Int { count.withLock { $0 } }

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }
}
