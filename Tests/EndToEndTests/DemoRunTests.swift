import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import Testing

@Suite("A run over both platforms with faults")
struct DemoRunTests {
    @Test("everything arrives once, and a second run asks for no detail again")
    func demo() async throws {
        try await Scenario.with(.demo()) { scenario in
            try await check(scenario)
        }
    }

    private func check(_ scenario: Scenario) async throws {
        let (simulator, archive) = (scenario.simulator, scenario.archive)
        let first = try await scenario.sync()
        #expect(first.outcomes.map(\.state) == [.complete, .complete], "\(first.outcomes.map(\.failures))")
        let kismet = simulator.kismetTruth()
        let webex = simulator.webexTruth()
        let recordings = try archive.records(.recordings)
        let expected = kismet.egresses.map { "clinic/\($0.id)" } + webex.summaries.map { "acme/\($0.recordingID)" }
        let written = recordings.map { "\($0["source"]?.string ?? "")/\($0["id"]?.string ?? "")" }
        #expect(written.count == expected.count)
        #expect(Set(written).symmetricDifference(expected).count == 0)

        let events = try archive.records(.accessEvents)
        let kismetEvents = events.filter { $0["connector"]?.string == "kismet" }.compactMap { $0["id"]?.string }
        #expect(kismetEvents.count == kismet.auditRows.count)
        #expect(Set(kismetEvents).symmetricDifference(kismet.auditRows.map { String($0.id) }).count == 0)
        let webexEvents = events.filter { $0["connector"]?.string == "webex" }
        #expect(webexEvents.count == webex.accessRows.values.reduce(0) { $0 + $1.count })
        #expect(try archive.records(.accessSummaries).count == webex.summaries.count)
        #expect(simulator.statistics.showReads == 0)

        let before = simulator.statistics
        let second = try await scenario.sync()
        #expect(second.outcomes.map(\.state) == [.complete, .complete], "\(second.outcomes.map(\.failures))")
        let after = simulator.statistics
        let details = { (statistics: SimulatorStatistics) in
            statistics.requestsByEndpoint[.webexAccessDetail, default: 0]
        }
        #expect(details(after) == details(before))
        #expect(try archive.records(.recordings).count == recordings.count)
        #expect(try archive.records(.accessEvents).count == events.count)
    }
}
