import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("A Webex listing that was cut, over real connections")
struct ResumptionTests {
    private func plan(_ recordings: Int = 40) -> SimulatorPlan {
        var plan = SimulatorPlan.webex(recordings: recordings)
        plan.webex.quirks.largestSummaryPage = 3
        return plan
    }

    private func summaries(_ requests: [SimulatedRequest]) -> [String] {
        requests.filter { $0.endpoint == .webexAccessSummary }.map(\.target)
    }

    private func details(_ requests: [SimulatedRequest]) -> [String] {
        requests.filter { $0.endpoint == .webexAccessDetail }.map(\.target)
    }

    @Test(
        "is continued at the page that failed, and no detail is asked for twice",
        arguments: [3, 6, 9],
        [.serverError(500), .resetBeforeResponse, .resetInBody, .shortBody] as [FaultEffect]
    )
    func cut(page: Int, effect: FaultEffect) async throws {
        var plan = plan()
        plan.faults = [Fault(effect, on: .endpoint(.webexAccessSummary), .range(page...1_000))]
        try await Scenario.with(plan) { scenario in
            scenario.simulator.keepRequests()
            let source = [scenario.simulator.webexSource(limits: LimitOverrides(concurrency: 1))]
            #expect(try await scenario.sync(source).outcomes.map(\.state) == [.incomplete])
            let before = scenario.simulator.takeRequests()
            let failed = try #require(
                summaries(before).max { a, b in
                    summaries(before).count { $0 == a } < summaries(before).count { $0 == b }
                }
            )
            scenario.simulator.setFaults([])
            #expect(try await scenario.sync(source).outcomes.map(\.state) == [.complete])
            let after = scenario.simulator.takeRequests()
            #expect(summaries(after).contains(failed))
            let all = details(before) + details(after)
            #expect(all.count == Set(all).count)
            #expect(try scenario.differences(kismet: false) == [])
            #expect(try scenario.archive.repeats() == 0)
            let gaps = try await scenario.archive.gaps(at: scenario.clock.now)
            #expect(gaps.isEmpty, "\(scenario.clock.now) \(gaps)")
        }
    }

    @Test("reads the horizon again later, and asks only for details whose counts changed")
    func lateData() async throws {
        try await Scenario.with(plan()) { scenario in
            let source = [scenario.simulator.webexSource()]
            _ = try await scenario.sync(source)
            scenario.clock.advance(by: .seconds(86_400))
            let grown = scenario.simulator.growCounters(ofRecordings: 2)
            let late = scenario.simulator.addLateRecording(startedAt: Scenario.start.seconds - 100 * 86_400)
            scenario.simulator.keepRequests()
            let outcome = try #require(try await scenario.sync(source).outcomes.first)
            let asked = details(scenario.simulator.takeRequests())
            #expect(asked.count == 3)
            #expect((grown + [late]).allSatisfy { id in asked.contains { $0.contains(id) } })
            #expect(outcome.complete.last?.to == scenario.clock.now.wholeSeconds)
            #expect(try scenario.differences(kismet: false) == [])
        }
    }

    @Test("asks Kismet calls without recordings again until they have settled, and then not")
    func settlingCalls() async throws {
        try await Scenario.with(.small()) { scenario in
            var kismet = scenario.simulator.kismetSource()
            kismet.settings["settlingDays"] = 3_650
            var asked: [Int] = []
            for days in [3_650, 3_650, 0, 0] as [Int64] {
                kismet.settings["settlingDays"] = .integer(days)
                let before = scenario.requests(.kismetEgresses)
                let report = try await scenario.sync([kismet])
                #expect(report.outcomes.map(\.state) == [.complete])
                asked.append(scenario.requests(.kismetEgresses) - before)
            }
            #expect(asked[0] == asked[1])
            #expect(asked[2] < asked[1] && asked[2] == asked[3])
        }
    }
}
