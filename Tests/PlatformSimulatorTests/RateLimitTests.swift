import PlatformSimulator
import Testing

@Suite("Rate limits")
struct RateLimitTests {
    private static let sites = "/meetingPreferences/sites"

    private func rig(_ limit: RateLimitPlan, _ clock: ManualWallClock) throws -> Rig {
        try Rig(SimulatorPlan(rateLimit: limit), clock: clock.simulatorClock)
    }

    @Test("A token bucket lets its capacity through at once and then its rate")
    func bucket() throws {
        let clock = ManualWallClock(seconds: Rig.now)
        let rig = try rig(RateLimitPlan(.tokenBucket(perSecond: 10, capacity: 3), announcement: .fraction), clock)
        #expect((0..<4).map { _ in rig.webex(Self.sites).status } == [200, 200, 200, 429])
        clock.advance(seconds: 0.1)
        #expect(rig.webex(Self.sites).status == 200)
        let refused = rig.webex(Self.sites)
        #expect(refused.status == 429)
        #expect(refused[header: "Retry-After"] == "0.1")
        clock.advance(seconds: 10)
        #expect((0..<4).map { _ in rig.webex(Self.sites).status } == [200, 200, 200, 429])
        #expect(rig.simulator.statistics.tooManyRequests == 3)
    }

    @Test(
        "A fixed window lets so many through and says when the next begins",
        arguments: [
            (RateLimitPlan.Announcement.seconds, "2"), (.fraction, "1.5"), (.date, "Sun, 15 Mar 2026 12:00:02 GMT"),
            (.none, nil), (.text("soon"), "soon"),
        ] as [(RateLimitPlan.Announcement, String?)]
    )
    func window(announcement: RateLimitPlan.Announcement, header: String?) throws {
        let clock = ManualWallClock(seconds: Rig.now)
        let rig = try rig(RateLimitPlan(.fixedWindow(limit: 2, seconds: 2), announcement: announcement), clock)
        #expect(rig.webex(Self.sites).status == 200)
        clock.advance(seconds: 0.5)
        #expect(rig.webex(Self.sites).status == 200)
        let refused = rig.webex(Self.sites)
        #expect(refused.status == 429)
        #expect(refused[header: "Retry-After"] == header)
        clock.advance(seconds: 1.5)
        #expect(rig.webex(Self.sites).status == 200)
    }

    @Test("Credentials and platforms are limited apart")
    func scopes() throws {
        let clock = ManualWallClock(seconds: Rig.now)
        let limit = RateLimitPlan(.fixedWindow(limit: 1, seconds: 1), platform: .webex)
        let rig = try rig(limit, clock)
        #expect((0..<2).map { _ in rig.webex(Self.sites).status } == [200, 429])
        #expect((0..<2).map { _ in rig.kismet("/organization_users").status } == [200, 200])
        #expect(rig.webex(Self.sites, headers: ["Authorization": "Bearer other"]).status == 401)
    }

    @Test("Requests within a Retry-After that runs are counted, those in the grace and after it are not")
    func running() throws {
        let clock = ManualWallClock(seconds: Rig.now)
        let plan = SimulatorPlan(faults: [Fault(.tooManyRequests(.seconds(1)), on: .platform(.webex), .nth(1))])
        let rig = try Rig(plan, clock: clock.simulatorClock)
        #expect(rig.webex(Self.sites).status == 429)
        clock.advance(seconds: 0.001)
        _ = rig.webex(Self.sites)
        #expect(rig.simulator.statistics.requestsWhileRetryAfter == 0)
        clock.advance(seconds: 0.001)
        _ = rig.webex(Self.sites)
        _ = rig.kismet("/organization_users")
        clock.advance(seconds: 0.997)
        _ = rig.webex(Self.sites)
        #expect(rig.simulator.statistics.requestsWhileRetryAfter == 2)
        clock.advance(seconds: 0.001)
        _ = rig.webex(Self.sites)
        #expect(rig.simulator.statistics.requestsWhileRetryAfter == 2)
    }
}
