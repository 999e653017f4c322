import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("What an archive holds")
struct TruthTests {
    @Test("is what the platforms hold, each thing once, in the common vocabulary", arguments: [1, 2, 77] as [UInt64])
    func truth(seed: UInt64) async throws {
        try await Scenario.with(.small(seed: seed)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
            for kind in [RecordKind.recordings, .accessSummaries, .accessEvents] {
                let records = try scenario.archive.records(kind)
                #expect(Vocabulary.violations(records, of: kind) == [])
                #expect(report.outcomes.reduce(0) { $0 + $1.counts.written[kind, default: 0] } == records.count)
            }
            #expect(scenario.simulator.statistics.showReads == 0)
            #expect(scenario.simulator.statistics.clientErrors == 0)
        }
    }

    @Test("carries the platform's objects as they came")
    func raw() async throws {
        try await Scenario.with(.small()) { scenario in
            let tap = TapTransport()
            _ = try await scenario.sync(through: tap.before)
            let recordings = try scenario.archive.records(.recordings).map { Array($0["raw"]?.rawBytes ?? []) }
            let platform = tap.objects(in: "egresses").union(tap.objects(in: "items")).union(
                tap.objects(in: "audit_logs")
            )
            #expect(recordings.isEmpty == false)
            #expect(recordings.count { !platform.contains($0) } == 0)
            let events = try scenario.archive.records(.accessEvents).map { Array($0["raw"]?.rawBytes ?? []) }
            #expect(events.isEmpty == false)
            #expect(events.count { !platform.contains($0) } == 0)
            let ids = try scenario.archive.records(.recordings).count { record in
                record["id"]?.string != (record["raw"]?["id"] ?? record["raw"]?["recordingId"])?.scalarText
            }
            #expect(ids == 0)
        }
    }

    @Test("holds a call that two users share once, under one of the two")
    func sharedCalls() async throws {
        var plan = SimulatorPlan.small()
        plan.kismet.sharedCallEvery = 2
        try await Scenario.with(plan) { scenario in
            let source = [scenario.simulator.kismetSource()]
            _ = try await scenario.sync(source)
            #expect(try scenario.differences(webex: false) == [])
            let users = Dictionary(
                uniqueKeysWithValues: scenario.simulator.kismetTruth().calls.map { ($0.id, Set($0.userIDs)) }
            )
            #expect(users.values.contains { $0.count == 2 })
            let strays = try scenario.archive.records(.recordings).count { record in
                guard let call = record["context"]?["call_id"]?.string.flatMap({ Int($0) }),
                    let user = record["context"]?["organization_user_id"]?.string.flatMap({ Int($0) })
                else { return true }
                return users[call]?.contains(user) != true
            }
            #expect(strays == 0)
            let before = try scenario.archive.lineCounts()
            for _ in 0..<3 { _ = try await scenario.sync(source) }
            #expect(try scenario.archive.lineCounts() == before)
        }
    }

    @Test("says what a failed, a running and an unknown recording are, and who did what")
    func oddities() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync([scenario.simulator.kismetSource()])
            let recordings = try scenario.archive.records(.recordings)
            let failed = recordings.filter { $0["raw"]?["error"]?.string != nil }
            #expect(failed.isEmpty == false)
            #expect(
                failed.allSatisfy { $0["status"]?.string == "failed" && $0["status_raw"]?.string == "egress_ended" }
            )
            let unknown = recordings.filter { $0["status"]?.string == "unknown" }
            #expect(Set(unknown.map { $0["status_raw"]?.string }) == ["egress_limit_reached"])
            #expect(recordings.contains { $0["status"]?.string == "processing" && $0["ended_at"]?.isNull == true })
            let users = try scenario.archive.records(.accessEvents).map { $0["raw"]?["user_id"]?.kind }
            #expect(Set(users) == [.string, .number, .null])
        }
    }

    @Test("is complete when audit rows move to other pages while they are read")
    func shiftingPages() async throws {
        var plan = SimulatorPlan.small()
        plan.kismet = KismetPlan(users: 1, calls: 3, egressesPerCall: 1, readsPerEgress: 400, pageShiftAfterPage: 1)
        plan.kismet.hasOddities = false
        try await Scenario.with(plan) { scenario in
            let before = scenario.simulator.kismetTruth().auditRows.map { String($0.id) }
            let report = try await scenario.sync([scenario.simulator.kismetSource()])
            #expect(report.outcomes.map(\.state) == [.complete])
            let ids = try scenario.archive.records(.accessEvents).compactMap { $0["id"]?.string }
            #expect(scenario.requests(.kismetAuditLogs) > 3)
            #expect(ids.count == Set(ids).count)
            #expect(Set(before).subtracting(ids).count == 0)
            _ = try await scenario.sync([scenario.simulator.kismetSource()])
            #expect(try scenario.differences(webex: false) == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    @Test("lacks what is under a parent that answers 404, says so, and has the rest")
    func unreachableParents() async throws {
        var plan = SimulatorPlan.small()
        plan.kismet.sharedCallEvery = 0
        plan.kismet.unreachableUsers = [1]
        plan.kismet.unreachableCalls = [3]
        try await Scenario.with(plan) { scenario in
            let report = try await scenario.sync([scenario.simulator.kismetSource()])
            let outcome = try #require(report.outcomes.first)
            #expect(outcome.state == .incomplete)
            #expect(Set(outcome.failures.map(\.code)) == ["not_found"])
            #expect(outcome.counts.listingsIncomplete == 2)
            #expect(outcome.complete.isEmpty)
            #expect(try scenario.differences(webex: false) == [])
            #expect(
                Set(try await scenario.archive.gaps(at: scenario.clock.now).map(\.label)) == [
                    "calls of user 102", "user 101, call 4",
                ]
            )
        }
    }
}
