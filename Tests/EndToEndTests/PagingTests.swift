import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("Pages that lead astray")
struct PagingTests {
    @Test(
        "end the listing with the reason, keep what came before, and never go on for ever",
        arguments: [
            (FaultEffect.linkToSelf, "paging_cycle"), (.linkToStart, "paging_cycle"), (.garbageLink, "paging_broken"),
            (.foreignLink(origin: "https://elsewhere.example"), "foreign_origin"),
            (.foreignLink(origin: "http://127.0.0.1:9"), "foreign_origin"),
        ] as [(FaultEffect, String)]
    )
    func summaries(effect: FaultEffect, code: String) async throws {
        let faults = [Fault.smallSummaryPages(7), Fault(effect, on: .endpoint(.webexAccessSummary))]
        try await Scenario.with(.webex(recordings: 90, faults: faults)) { scenario in
            let report = try await scenario.sync([scenario.simulator.webexSource()])
            let outcome = try #require(report.outcomes.first)
            #expect(outcome.state == .incomplete)
            #expect(Set(outcome.failures.map(\.code)) == [code])
            #expect(outcome.counts.listingsIncomplete == 5 && outcome.counts.listingsComplete == 0)
            #expect(outcome.complete.isEmpty)
            #expect(scenario.requests(.webexAccessSummary) <= 40)
            #expect(try scenario.archive.records(.recordings).count > 0)
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    @Test("of details: the recording's listing is incomplete, the other recordings are not touched")
    func details() async throws {
        for (effect, code) in [(FaultEffect.linkToSelf, "paging_cycle"), (.garbageLink, "paging_broken")] {
            let faults = [Fault(effect, on: .endpoint(.webexAccessDetail), .nth(2))]
            try await Scenario.with(.webex(recordings: 20, faults: faults)) { scenario in
                let report = try await scenario.sync([scenario.simulator.webexSource()])
                let outcome = try #require(report.outcomes.first)
                #expect(outcome.state == .incomplete)
                #expect(outcome.failures.map(\.code) == [code])
                #expect(outcome.counts.listingsIncomplete == 1)
                _ = try await scenario.sync([scenario.simulator.webexSource()])
                #expect(try scenario.differences(kismet: false) == [])
                #expect(try scenario.archive.repeats() == 0)
            }
        }
    }

    @Test("once back to the beginning: nothing is read twice and nothing is missing")
    func onceBack() async throws {
        let faults = [Fault.smallSummaryPages(7), Fault(.linkToStart, on: .endpoint(.webexAccessSummary), .nth(5))]
        try await Scenario.with(.webex(recordings: 60, faults: faults)) { scenario in
            let source = [scenario.simulator.webexSource(limits: LimitOverrides(concurrency: 1))]
            let report = try await scenario.sync(source)
            let outcome = try #require(report.outcomes.first)
            if outcome.state == .incomplete { _ = try await scenario.sync(source) }
            #expect(Set(outcome.failures.map(\.code)).isSubset(of: ["paging_cycle"]))
            #expect(try scenario.differences(kismet: false) == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    @Test("halve when the platform takes too long, on both reports")
    func shrinking() async throws {
        let faults = [
            Fault.smallSummaryPages(3), Fault(.serverError(504), on: .endpoint(.webexAccessDetail), .maxAbove(13)),
        ]
        try await Scenario.with(.webex(recordings: 40, faults: faults)) { scenario in
            let tap = TapTransport()
            let report = try await scenario.sync([scenario.simulator.webexSource()], through: tap.before)
            #expect(report.outcomes.map(\.state) == [.complete])
            #expect(try scenario.differences(kismet: false) == [])
            let sizes = Set(tap.urls.compactMap { $0.query?.split(separator: "&").first { $0.hasPrefix("max=") } })
            #expect(sizes == ["max=100", "max=50", "max=25", "max=12", "max=6", "max=3"])
        }
    }

    private static let quirks: [@Sendable (WebexQuirks) -> WebexQuirks] = [
        { $0.with { $0.nextDropsParameters = true } }, { $0.with { $0.nextHasNullMax = true } },
        { $0.with { $0.emptyPageEvery = 2 } }, { $0.with { $0.sendsOtherLinkFirst = true } },
        { $0.with { $0.sendsSeveralRelations = true } }, { $0.with { $0.relationIsUnquoted = true } },
        { $0.with { $0.nextHasValuelessParameter = true } }, { $0.with { $0.clampsMax = true } },
        { quirks in
            quirks.with {
                $0.nextDropsParameters = true
                $0.nextHasNullMax = true
                $0.emptyPageEvery = 3
                $0.sendsOtherLinkFirst = true
                $0.sendsSeveralRelations = true
                $0.relationIsUnquoted = true
                $0.nextHasValuelessParameter = true
            }
        },
    ]

    @Test("only look astray: everything is read, each thing once", arguments: quirks.indices)
    func harmless(index: Int) async throws {
        var plan = SimulatorPlan.webex(recordings: 60, faults: [.smallSummaryPages(7)])
        plan.webex.quirks = Self.quirks[index](WebexQuirks())
        if plan.webex.quirks.nextHasNullMax { plan.webex.sites[0].recordings = 320 }
        try await Scenario.with(plan) { scenario in
            let report = try await scenario.sync([scenario.simulator.webexSource()])
            #expect(report.outcomes.map(\.state) == [.complete], "\(report.outcomes.map(\.failures))")
            #expect(try scenario.differences(kismet: false) == [])
            #expect(try scenario.archive.repeats() == 0)
            #expect(scenario.requests(.webexAccessSummary) < 200)
        }
    }

    @Test("with a link that is no URL end the listing as broken")
    func prefix() async throws {
        var plan = SimulatorPlan.webex(recordings: 60, faults: [.smallSummaryPages(7)])
        plan.webex.quirks.nextHasPrefix = true
        try await Scenario.with(plan) { scenario in
            let report = try await scenario.sync([scenario.simulator.webexSource()])
            let outcome = try #require(report.outcomes.first)
            #expect(outcome.state == .incomplete)
            #expect(Set(outcome.failures.map(\.code)) == ["paging_broken"])
            #expect(try scenario.archive.records(.recordings).count > 0)
        }
    }

    @Test("with a site's name that recordings do not carry lose none of them")
    func otherSiteName() async throws {
        try await Scenario.with(.small()) { scenario in
            let settings: [String: SettingValue] = ["sites": ["example.webex.com"], "hostEmail": "all"]
            _ = try await scenario.sync([scenario.simulator.webexSource(settings: settings)])
            let sites = try scenario.archive.records(.recordings).map { $0["site"]?.string }
            #expect(sites.count == 24 && Set(sites) == ["site4-example.webex.com"])
        }
    }
}

extension WebexQuirks {
    fileprivate func with(_ change: (inout WebexQuirks) -> Void) -> WebexQuirks {
        var quirks = self
        change(&quirks)
        return quirks
    }
}
