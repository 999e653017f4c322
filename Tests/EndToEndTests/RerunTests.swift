import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("A run after another")
struct RerunTests {
    @Test("writes nothing when nothing changed, and asks for no Webex detail")
    func unchanged() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let lines = try scenario.archive.lineCounts()
            let details = scenario.requests(.webexAccessDetail)
            scenario.clock.advance(by: .seconds(86_400))
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete])
            #expect(report.outcomes.allSatisfy { $0.counts.written.values.allSatisfy { $0 == 0 } })
            #expect(report.outcomes.map(\.counts.recordings).reduce(0, +) == lines[.recordings])
            #expect(try scenario.archive.lineCounts() == lines)
            #expect(scenario.requests(.webexAccessDetail) == details)
        }
    }

    @Test("reads the details of exactly those recordings whose counters grew")
    func grownCounters() async throws {
        try await Scenario.with(.small()) { scenario in
            let source = [scenario.simulator.webexSource()]
            _ = try await scenario.sync(source)
            let before = try scenario.archive.lineCounts()
            scenario.clock.advance(by: .seconds(3_600))
            let grown = Set(scenario.simulator.growCounters(ofRecordings: 4))
            #expect(grown.count == 4)
            let tap = TapTransport()
            let report = try await scenario.sync(source, through: tap.before)
            #expect(report.outcomes.first?.counts.details == 4)
            let asked = tap.urls.filter { $0.path.hasSuffix("accessDetail") }
            #expect(Set(asked.filter { url in grown.contains { url.query?.contains($0) == true } }) == Set(asked))
            let after = try scenario.archive.lineCounts()
            #expect(after[.recordings] == grown.count + (before[.recordings] ?? 0))
            #expect(after[.accessSummaries] == grown.count + (before[.accessSummaries] ?? 0))
            #expect(after[.accessEvents] == grown.count + (before[.accessEvents] ?? 0))
            #expect(try scenario.differences(kismet: false) == [])
        }
    }

    @Test("finds what appeared meanwhile: a late recording, a late egress, a call that ended, and consent")
    func appeared() async throws {
        try await Scenario.with(.small()) { scenario in
            var kismet = scenario.simulator.kismetSource()
            kismet.settings["settlingDays"] = 3_650
            let patient = [kismet, scenario.simulator.webexSource()]
            _ = try await scenario.sync(patient)
            let before = try scenario.archive.records(.recordings).count
            let late = scenario.simulator.addLateRecording(startedAt: Scenario.start.seconds - 40 * 86_400)
            let egress = try #require(scenario.simulator.addLateEgress(call: 2))
            scenario.simulator.giveConsent(call: 6)
            scenario.simulator.endCall(10)
            let report = try await scenario.sync(patient)
            #expect(report.outcomes.map(\.state) == [.complete, .complete])
            let recordings = try scenario.archive.records(.recordings).dropFirst(before)
            let ids = Set(recordings.compactMap { $0["id"]?.string })
            #expect(ids.isSuperset(of: [late, String(egress)]))
            let calls = Set(recordings.compactMap { $0["context"]?["call_id"]?.string })
            #expect(calls == ["2", "6", "10"])
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }

    @Test("appends exactly the audit rows that are new, old ones among them")
    func newAuditRows() async throws {
        try await Scenario.with(.small()) { scenario in
            let source = [scenario.simulator.kismetSource()]
            _ = try await scenario.sync(source)
            let before = try scenario.archive.lineCounts()
            let egress = try #require(scenario.simulator.kismetTruth().egresses.last)
            scenario.simulator.addAuditRows(3, egress: egress.id)
            scenario.simulator.addAuditRows(2, egress: egress.id, event: "update")
            let report = try await scenario.sync(source)
            #expect(report.outcomes.first?.counts.written[.accessEvents] == 5)
            let after = try scenario.archive.lineCounts()
            #expect(after[.accessEvents] == 5 + (before[.accessEvents] ?? 0))
            #expect(after[.recordings] == before[.recordings])
            #expect(try scenario.differences(webex: false) == [])
        }
    }

    @Test("keeps what the platform has deleted")
    func deletions() async throws {
        try await Scenario.with(.small()) { scenario in
            _ = try await scenario.sync()
            let lines = try scenario.archive.lineCounts()
            let text = try scenario.archive.contents(of: .recordings)
            let recording = try #require(scenario.simulator.webexTruth().summaries.first)
            let egress = try #require(scenario.simulator.kismetTruth().egresses.first)
            #expect(scenario.simulator.deleteRecording(recording.recordingID))
            scenario.simulator.deleteEgress(egress.id)
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete])
            #expect(try scenario.archive.lineCounts() == lines)
            #expect(try scenario.archive.contents(of: .recordings) == text)
        }
    }

    @Test("reads again what the run before could not read, and then says that nothing is missing")
    func healed() async throws {
        let faults = [
            Fault(.htmlPage, on: .endpoint(.webexAccessSummary), .nth(2)),
            Fault(.htmlPage, on: .endpoint(.webexAccessDetail), .nth(5)),
            Fault(.htmlPage, on: .endpoint(.kismetEgresses), .nth(3)),
            Fault(.htmlPage, on: .endpoint(.kismetAuditLogs), .nth(4)),
        ]
        try await Scenario.with(.small(faults: faults)) { scenario in
            let first = try await scenario.sync()
            #expect(first.outcomes.map(\.state) == [.incomplete, .incomplete])
            #expect(first.outcomes.allSatisfy { Set($0.failures.map(\.code)) == ["not_json"] })
            #expect(first.outcomes.map(\.counts.listingsIncomplete) == [2, 2])
            #expect(try await scenario.archive.gaps(at: scenario.clock.now).count == 4)
            scenario.clock.advance(by: .seconds(86_400))
            let second = try await scenario.sync()
            #expect(second.outcomes.map(\.state) == [.complete, .complete])
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
            #expect(try await scenario.archive.gaps(at: scenario.clock.now) == [])
        }
    }

    @Test("does not mistake an egress whose consent was withdrawn for a deleted one")
    func emptyIsNothingYet() async throws {
        var plan = SimulatorPlan.small()
        plan.kismet.calls = 12
        try await Scenario.with(plan) { scenario in
            let source = [scenario.simulator.kismetSource()]
            scenario.simulator.giveConsent(call: 6)
            _ = try await scenario.sync(source)
            let lines = try scenario.archive.lineCounts()
            for egress in scenario.simulator.kismetTruth().egresses where egress.callID == 6 {
                scenario.simulator.deleteEgress(egress.id)
            }
            let report = try await scenario.sync(source)
            #expect(report.outcomes.map(\.state) == [.complete])
            #expect(try scenario.archive.lineCounts() == lines)
            #expect(try scenario.archive.records(.recordings).contains { $0["status"]?.string == "deleted" } == false)
        }
    }

    @Test("is narrowed by the days that were asked for, and the full run afterwards has the rest")
    func narrowed() async throws {
        try await Scenario.with(.small()) { scenario in
            let source = [scenario.simulator.webexSource()]
            let since = Scenario.start.advanced(by: .seconds(-100 * 86_400))
            let until = Scenario.start.advanced(by: .seconds(-20 * 86_400))
            let report = try await scenario.sync(source, request: SyncRequest(since: since, until: until))
            let outcome = try #require(report.outcomes.first)
            #expect(outcome.complete == [CompleteRange(from: since, to: until)])
            let expected = scenario.simulator.webexTruth(in: since.seconds..<until.seconds).summaries.map(\.recordingID)
            let written = try scenario.archive.records(.recordings).compactMap { $0["id"]?.string }
            #expect(written.count == expected.count && Set(written) == Set(expected))
            _ = try await scenario.sync(source)
            #expect(try scenario.differences(kismet: false) == [])
            #expect(try scenario.archive.repeats() == 0)
        }
    }
}
