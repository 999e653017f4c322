import CurlTransport
import Foundation
import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Testing

@Suite("Processes that share a ledger's tokens")
struct SharedTokenTests {
    private func path(_ scenario: Scenario) -> String {
        scenario.archive.directory.appending(path: "tapedeck.db").path
    }

    private func open(_ scenario: Scenario) throws -> SQLiteLedger {
        try SQLiteLedger.openForTokens(
            path: path(scenario),
            holder: LedgerHolder(command: "check", since: scenario.clock.now)
        )
    }

    private func check(_ scenario: Scenario, _ ledger: SQLiteLedger) async throws -> [CheckResult] {
        try await withCurlTransport { transport in
            let host = Host(
                registry: try Archive.registry(),
                configuration: HostConfiguration(sources: [scenario.simulator.webexSource()]),
                transport: transport,
                clock: scenario.clock
            )
            return try await host.check(ledger: ledger)
        }
    }

    @Test("renew them once: the one renews, the others read what it got, also beside a run")
    func oneRefresh() async throws {
        try await Scenario.with(.webex(recordings: 4)) { scenario in
            _ = try await scenario.sync([scenario.simulator.webexSource()])
            scenario.clock.advance(by: .seconds(20 * 86_400))
            let before = scenario.requests(.webexAccessToken)
            let run = try SQLiteLedger.open(
                path: path(scenario),
                holder: LedgerHolder(command: "sync", since: scenario.clock.now)
            )
            let results = try await withThrowingTaskGroup(of: [CheckResult].self) { group in
                for _ in 0..<4 {
                    let ledger = try open(scenario)
                    group.addTask {
                        let results = try await check(scenario, ledger)
                        await ledger.close()
                        return results
                    }
                }
                group.addTask { try await check(scenario, run) }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            await run.close()
            #expect(results.count == 5)
            #expect(results.compactMap(\.failure).isEmpty, "\(results.compactMap(\.failure))")
            #expect(scenario.requests(.webexAccessToken) - before == 1)
        }
    }

    @Test("wait for the lock until its holder gives it back or is gone")
    func holder() async throws {
        try await Scenario.with(.webex(recordings: 1)) { scenario in
            let first = try open(scenario)
            await first.close()
            let (one, other) = (try open(scenario), try open(scenario))
            var lock = try await one.lockTokens(of: "acme")
            #expect(lock != nil)
            #expect(try await other.lockTokens(of: "acme") == nil)
            withExtendedLifetime(lock) {}
            // The descriptor goes with the object, as all of them do with a process.
            lock = nil
            let second = try await other.lockTokens(of: "acme")
            #expect(second != nil)
            #expect(try await one.lockTokens(of: "acme") == nil)
            await second?.release()
            #expect(try await one.lockTokens(of: "acme") != nil)
            await one.close()
            await other.close()
        }
    }

    @Test("are not renewed in a ledger that a repair has replaced")
    func replaced() async throws {
        try await Scenario.with(.webex(recordings: 1)) { scenario in
            _ = try await scenario.sync([scenario.simulator.webexSource()])
            let ledger = try open(scenario)
            try FileManager.default.removeItem(at: scenario.file("out/recordings.jsonl"))
            #expect(try await scenario.repair().hasReplaced)
            await #expect(throws: TapedeckError.self) { _ = try await ledger.lockTokens(of: "acme") }
            await ledger.close()
        }
    }
}
