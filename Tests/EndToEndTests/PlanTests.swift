import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Testing

@Suite("A plan by what the ledger knows")
struct PlanTests {
    private func plan(_ scenario: Scenario, _ request: SyncRequest = SyncRequest()) async throws -> PlanEstimate {
        let ledger = try SQLiteLedger.openForReading(
            path: scenario.archive.directory.appending(path: "tapedeck.db").path
        )
        let host = Host(
            registry: try Archive.registry(),
            configuration: HostConfiguration(sources: [scenario.simulator.webexSource()]),
            transport: NothingIsSent(),
            clock: scenario.clock
        )
        let plans = try await host.plan(request, ledger: ledger)
        await ledger.close()
        return try #require(plans.first?.estimate)
    }

    private struct NothingIsSent: HTTPTransport {
        func send(_ request: TransportRequest) async throws -> TransportResponse {
            throw TransportError(.transportFailed, "nothing is sent here")
        }
    }

    @Test("tells what was never read from what is listed again, and what the last complete run needed")
    func estimate() async throws {
        try await Scenario.with(.small()) { scenario in
            let source = [scenario.simulator.webexSource()]
            let since = Scenario.start.advanced(by: .seconds(-100 * 86_400))
            let until = Scenario.start.advanced(by: .seconds(-20 * 86_400))
            let first = try await scenario.sync(source, request: SyncRequest(since: since, until: until))
            let counts = try #require(first.outcomes.first?.counts)
            let estimate = try await plan(scenario)
            #expect(estimate.missing.count == 2)
            #expect(estimate.missing.first?.to == since)
            #expect(estimate.missing.last?.from == until)
            #expect(estimate.requestsOfLastCompleteRun == counts.requests - counts.retries)
            #expect(estimate.parts == 2)
            _ = try await scenario.sync(source)
            scenario.clock.advance(by: .seconds(3_600))
            let second = try await plan(scenario)
            #expect(second.missing.count == 1)
            #expect(second.missing.first?.duration == .seconds(3_600))
            #expect(!second.relisted.isEmpty)
        }
    }
}

extension TimeWindow {
    fileprivate var duration: Duration { to.duration(since: from) }
}
