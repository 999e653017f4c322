import PlatformSimulator
import Testing

@Suite("Faults")
struct FaultTests {
    private static let sites = "/meetingPreferences/sites"
    private static let list =
        "/recordingReport/accessSummary?hostEmail=all&max=5&from=\(Rig.daysAgo(80))&to=\(Rig.daysAgo(0))"

    private func rig(_ faults: [Fault], timeoutMilliseconds: Int32 = 3000) throws -> Rig {
        try Rig(SimulatorPlan(faults: faults), timeoutMilliseconds: timeoutMilliseconds)
    }

    @Test(
        "Retry-After comes in every style",
        arguments: [
            (RetryAfterStyle.none, nil), (.seconds(3), "3"), (.seconds(0), "0"), (.seconds(-5), "-5"),
            (.seconds(3_153_600_000), "3153600000"), (.fraction(0.25), "0.25"), (.garbage, "rand(30),add(30)"),
            (.date(secondsAhead: 2), "Sun, 15 Mar 2026 12:00:02 GMT"),
        ] as [(RetryAfterStyle, String?)]
    )
    func retryAfter(style: RetryAfterStyle, header: String?) throws {
        let rig = try rig([
            Fault(.tooManyRequests(style), on: .platform(.webex), .nth(1)),
            Fault(.locked(style), on: .platform(.webex), .nth(2)),
        ])
        let first = rig.webex(Self.sites)
        #expect(first.status == 429)
        #expect(first[header: "Retry-After"] == header)
        let second = rig.webex(Self.sites)
        #expect(second.status == 423)
        #expect(second[header: "Retry-After"] == header)
        #expect(rig.webex(Self.sites).status == 200)
        #expect(rig.simulator.statistics.faults == [.tooManyRequests: 1, .locked: 1])
        #expect(rig.simulator.statistics.tooManyRequests == 1)
    }

    @Test("A burst of server errors ends, and looks as planned")
    func burst() throws {
        let rig = try rig([
            Fault(.serverError(500, body: .html), on: .endpoint(.kismetOrganizationUsers), .range(2...3)),
            Fault(.serverError(503, retryAfter: .seconds(1)), on: .endpoint(.kismetOrganizationUsers), .nth(4)),
        ])
        let answers = (1...5).map { _ in rig.kismet("/organization_users") }
        #expect(answers.map(\.status) == [200, 500, 500, 503, 200])
        #expect(answers[1][header: "Content-Type"]?.hasPrefix("text/html") == true)
        #expect(answers[3][header: "Retry-After"] == "1")
        #expect(try answers[3].json.keys == ["error"])
        #expect(rig.simulator.statistics.serverErrors == 3)
    }

    @Test("A total can be larger than what there is, and nothing else is touched")
    func wrongTotal() throws {
        let rig = try rig([Fault(.wrongTotal(by: 5), on: .platform(.kismet), .nth(1))])
        let pages = try (1...2).map { _ in try rig.kismet("/organization_users").json }
        let totals = pages.map { $0["pagination"]?["total_count"]?.integer ?? -1 }
        #expect(totals[0] == totals[1] + 5)
        #expect(pages[0]["organization_users"] == pages[1]["organization_users"])
        #expect(rig.simulator.statistics.faults == [.wrongTotal: 1])
    }

    @Test("A large max is answered 504 until it is small enough")
    func gatewayTimeout() throws {
        let rig = try rig([Fault(.serverError(504), on: .endpoint(.webexAccessSummary), .maxAbove(25))])
        let statuses = [100, 50, 26, 25].map { rig.webex("/recordingReport/accessSummary?max=\($0)").status }
        #expect(statuses == [504, 504, 504, 200])
    }

    @Test(
        "An answer can break off or hang",
        arguments: [
            (FaultEffect.stallAfterHead, RawClient.Ending.timedOut, true), (.stallInBody, .timedOut, true),
            (.resetBeforeResponse, .reset, false), (.resetInBody, .reset, true), (.shortBody, .closedEarly, true),
        ]
    )
    func brokenOff(effect: FaultEffect, ending: RawClient.Ending, hasHead: Bool) throws {
        let rig = try rig([Fault(effect, on: .platform(.webex), .nth(1))], timeoutMilliseconds: 150)
        let answer = rig.webex(Self.sites)
        #expect(answer.ending == ending)
        // A reset may overtake what was sent before it.
        if ending != .reset { #expect((answer.status == 200) == hasHead) }
        #expect(answer.body.isEmpty == (effect == .stallAfterHead) || ending == .reset)
        #expect(rig.webex(Self.sites).status == 200)
    }

    @Test("A whole answer can have a wrong body", arguments: [FaultEffect.truncatedJSON, .htmlPage, .emptyBody])
    func wrongBody(effect: FaultEffect) throws {
        let rig = try rig([Fault(effect, on: .platform(.webex), .nth(1))])
        let answer = rig.webex(Self.sites)
        #expect(answer.status == 200)
        #expect(answer.ending == .whole)
        #expect(throws: (any Error).self) { try answer.json }
        #expect(answer.body.isEmpty == (effect == .emptyBody))
        #expect(answer[header: "Content-Type"]?.hasPrefix("text/html") == (effect == .htmlPage))
        #expect(rig.webex(Self.sites).status == 200)
    }

    @Test("Next links can circle, lead away or make no sense")
    func links() throws {
        let own = try rig([Fault(.linkToSelf, on: .endpoint(.webexAccessSummary), .nth(2))])
        let second = try #require(Rig.next(own.webex(Self.list)))
        #expect(Rig.next(own.webex(second)) == second)
        let start = try rig([Fault(.linkToStart, on: .endpoint(.webexAccessSummary), .nth(2))])
        let page = try #require(Rig.next(start.webex(Self.list)))
        let back = try #require(Rig.next(start.webex(page)))
        #expect(try start.webex(back).json == start.webex(Self.list).json)
        let foreign = try rig([Fault(.foreignLink(origin: "https://evil.example"), on: .endpoint(.webexAccessSummary))])
        #expect(Rig.next(foreign.webex(Self.list))?.hasPrefix("https://evil.example/v1/recordingReport/") == true)
        let garbage = try rig([Fault(.garbageLink, on: .endpoint(.webexAccessSummary))])
        let field = try #require(garbage.webex(Self.list)[header: "Link"])
        #expect(!field.contains(">"))
    }

    @Test("Tokens can die on the way, header fields can double, answers can lead elsewhere")
    func others() throws {
        let rig = try rig([
            Fault(.tokenDeath, on: .platform(.webex), .nth(2)),
            Fault(.duplicateHeaders, on: .platform(.kismet), .nth(1)),
            Fault(.redirect(status: 302, origin: "https://evil.example"), on: .platform(.kismet), .nth(2)),
        ])
        #expect([1, 2, 3].map { _ in rig.webex(Self.sites).status } == [200, 401, 401])
        let doubled = rig.kismet("/organization_users")
        #expect(doubled.values("Content-Type").count == 2)
        #expect(doubled.values("Content-Length").count == 1)
        let redirect = rig.kismet("/organization_users?page=1")
        #expect(redirect.status == 302)
        #expect(redirect[header: "Location"] == "https://evil.example/api/external/organization_users?page=1")
    }

    @Test("A slow answer is slow and whole")
    func latency() throws {
        let rig = try rig([Fault(.latency(60), .every(2))])
        let clock = ContinuousClock()
        var times: [Duration] = []
        for _ in 0..<2 { times.append(clock.measure { #expect(rig.webex(Self.sites).status == 200) }) }
        #expect(times[1] >= .milliseconds(60))
        #expect(rig.simulator.statistics.faults == [.latency: 1])
    }

    @Test("Probability strikes the same requests for the same seed, about as often as asked")
    func probability() throws {
        func statuses(_ seed: UInt64) throws -> [Int] {
            let plan = SimulatorPlan(seed: seed, faults: [Fault(.serverError(502), .probability(0.3))])
            let rig = try Rig(plan)
            return (0..<200).map { _ in rig.webex(Self.sites).status }
        }
        let first = try statuses(5)
        #expect(try statuses(5) == first)
        #expect(try statuses(6) != first)
        #expect((30...90).contains(first.count { $0 == 502 }))
    }
}
