import PlatformSimulator
import Testing

@Suite("Changes while serving")
struct ControlTests {
    @Test("Consent, the end of a call, a late egress and a deletion show in the lists and in the truth")
    func kismet() throws {
        let rig = try Rig()
        func egresses(_ call: Int, user: Int) throws -> Int {
            try rig.kismet("/organization_users/\(user)/calls/\(call)/egresses").json["egresses"]?.array.count ?? -1
        }
        // Without consent: position 5. Not ended: position 9.
        #expect(try egresses(6, user: 102) == 0)
        rig.simulator.giveConsent(call: 6)
        #expect(try egresses(6, user: 102) > 0)
        #expect(try egresses(10, user: 102) == 0)
        #expect(try rig.kismet("/organization_users/102/calls/10").json["is_ended"] == .boolean(false))
        rig.simulator.endCall(10)
        #expect(try rig.kismet("/organization_users/102/calls/10").json["is_ended"] == .boolean(true))
        #expect(try egresses(10, user: 102) > 0)
        let before = try egresses(1, user: 101)
        let late = try #require(rig.simulator.addLateEgress(call: 1))
        #expect(try egresses(1, user: 101) == before + 1)
        let log = "/organization_users/101/calls/1/egresses/\(late)/audit_logs"
        rig.simulator.addAuditRows(3, egress: late)
        #expect(try rig.kismet("\(log)?event=read").json["pagination"]?["total_count"]?.integer == 3)
        #expect(rig.simulator.kismetTruth().egresses.contains { $0.id == late })
        rig.simulator.deleteEgress(late)
        #expect(try egresses(1, user: 101) == before)
        #expect(rig.kismet(log).status == 404)
        #expect(!rig.simulator.kismetTruth().egresses.contains { $0.id == late })
    }

    @Test("Requests are kept once that is asked for, and handed over once")
    func requestLog() throws {
        let rig = try Rig()
        _ = rig.webex("/meetingPreferences/sites")
        #expect(rig.simulator.takeRequests().isEmpty)
        rig.simulator.keepRequests()
        _ = rig.webex("/meetingPreferences/sites?x=1")
        _ = rig.kismet("/organization_users")
        let requests = rig.simulator.takeRequests()
        #expect(requests.map(\.endpoint) == [.webexSites, .kismetOrganizationUsers])
        #expect(requests.first?.target == "/v1/meetingPreferences/sites?x=1")
        #expect(rig.simulator.takeRequests().isEmpty)
    }

    @Test("Other faults take the place of those of the plan, and count anew")
    func otherFaults() throws {
        let rig = try Rig(SimulatorPlan(faults: [Fault(.serverError(500), on: .platform(.webex), .nth(2))]))
        func statuses() -> [Int] { (1...3).map { _ in rig.webex("/meetingPreferences/sites").status } }
        #expect(statuses() == [200, 500, 200])
        rig.simulator.setFaults([Fault(.serverError(503), on: .platform(.webex), .nth(1))])
        #expect(statuses() == [503, 200, 200])
        rig.simulator.setFaults([])
        #expect(statuses() == [200, 200, 200])
    }

    @Test("Grown counters show in the summary, with a row each in the details")
    func growth() throws {
        let rig = try Rig()
        let before = rig.simulator.webexTruth()
        let ids = rig.simulator.growCounters(ofRecordings: 7, views: 2, downloads: 1)
        #expect(Set(ids).count == 7)
        let after = rig.simulator.webexTruth()
        for (old, new) in zip(before.summaries, after.summaries) {
            let grew = ids.contains(old.recordingID)
            #expect(new.viewCount == old.viewCount + (grew ? 2 : 0))
            #expect(new.downloadCount == old.downloadCount + (grew ? 1 : 0))
            let rows = (before.accessRows[old.recordingID]?.count ?? 0) + (grew ? 1 : 0)
            #expect(after.accessRows[old.recordingID]?.count ?? 0 == rows)
        }
        let grown = try #require(after.summaries.first { $0.recordingID == ids[0] })
        let from = grown.timeRecorded.utcTimestamp
        let to = (grown.timeRecorded + 1).utcTimestamp
        let target = "/recordingReport/accessSummary?hostEmail=all&siteUrl=\(grown.siteURL)&from=\(from)&to=\(to)"
        let item = try rig.webexPages(target).flatMap { $0 }.first { $0["recordingId"]?.string == ids[0] }
        #expect(item?["viewCount"]?.integer == grown.viewCount)
    }

    @Test("Late recordings appear in their place, deleted ones vanish, paging stays whole", arguments: [1, 4, 100])
    func lateAndDeleted(size: Int) throws {
        let rig = try Rig()
        let truth = rig.simulator.webexTruth().summaries.filter { $0.siteURL.hasPrefix("site4") }
        let tied = truth[3].timeRecorded
        let late = [tied, tied, Rig.now - 3600, Rig.now - 60 * 86400].map {
            rig.simulator.addLateRecording(startedAt: $0)
        }
        #expect(rig.simulator.deleteRecording(truth[2].recordingID))
        #expect(!rig.simulator.deleteRecording(truth[2].recordingID))
        #expect(!rig.simulator.deleteRecording("4f914b1dfe3c4d11a61730f18c0f5387"))
        let target =
            "/recordingReport/accessSummary?hostEmail=all&max=\(size)&from=\(Rig.daysAgo(89))&to=\(Rig.daysAgo(0))"
        let ids = try rig.webexPages(target).flatMap { $0 }.compactMap { $0["recordingId"]?.string }
        let window = Rig.now - 89 * 86400..<Rig.now
        let expected = rig.simulator.webexTruth(in: window).summaries.filter { $0.siteURL.hasPrefix("site4") }
        #expect(ids == expected.map(\.recordingID))
        #expect(Set(ids).isSuperset(of: late))
        #expect(!ids.contains(truth[2].recordingID))
        #expect(
            rig.webex(
                "/recordingReport/accessDetail?recordingId=\(truth[2].recordingID)&hostEmail=\(truth[2].hostEmail)"
            ).status == 404
        )
        #expect(try rig.webex("/recordingReport/accessDetail?recordingId=\(late[0])").json["items"]?.array.count == 1)
    }

    @Test("Statistics count by endpoint and start again after a reset")
    func statistics() throws {
        let rig = try Rig()
        _ = rig.kismet("/organization_users")
        _ = rig.kismet("/organization_users/999/calls")
        _ = rig.webex("/meetingPreferences/sites")
        var expected = SimulatorStatistics()
        expected.requests = 3
        expected.requestsByEndpoint = [.kismetOrganizationUsers: 1, .kismetCalls: 1, .webexSites: 1]
        expected.clientErrors = 1
        expected.connections = 1
        #expect(rig.simulator.statistics == expected)
        rig.simulator.resetStatistics()
        #expect(rig.simulator.statistics == SimulatorStatistics())
    }
}
