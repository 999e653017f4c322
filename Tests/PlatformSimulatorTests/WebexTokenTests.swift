import PlatformSimulator
import Testing

@Suite("Webex tokens")
struct WebexTokenTests {
    private static let form = ["Content-Type": "application/x-www-form-urlencoded"]

    private func exchange(_ rig: Rig, _ body: String) -> RawClient.Answer {
        rig.client.send("/v1/access_token", method: "POST", headers: Self.form, body: body)
    }

    private func refresh(_ rig: Rig, _ token: String) -> RawClient.Answer {
        exchange(
            rig,
            "grant_type=refresh_token&client_id=webex-client&client_secret=webex-secret&refresh_token=\(token)"
        )
    }

    @Test(
        "A refresh gives a new access token, and rotates the refresh token as planned",
        arguments: [
            (WebexAuthorizationPlan.Rotation.same, true, 200), (.newOldLives, false, 200), (.newOldDies, false, 400),
        ]
    )
    func rotation(rotation: WebexAuthorizationPlan.Rotation, keepsToken: Bool, secondStatus: Int) throws {
        var plan = SimulatorPlan()
        plan.webex.authorization.rotation = rotation
        plan.webex.authorization.expiresIn = 60
        let rig = try Rig(plan)
        let body = try refresh(rig, "webex-refresh-token").json
        #expect(
            body.keys == [
                "access_token", "expires_in", "refresh_token", "refresh_token_expires_in", "token_type", "scope",
            ]
        )
        #expect(body["expires_in"]?.integer == 60)
        #expect(body["scope"]?.string?.contains("\n") == true)
        #expect((body["refresh_token"]?.string == "webex-refresh-token") == keepsToken)
        let access = try #require(body["access_token"]?.string)
        let used = rig.client.send("/v1/meetingPreferences/sites", headers: ["Authorization": "Bearer \(access)"])
        #expect(used.status == 200)
        #expect(refresh(rig, "webex-refresh-token").status == secondStatus)
        #expect(refresh(rig, try #require(body["refresh_token"]?.string)).status == 200)
    }

    @Test("Client credentials are answered without a refresh token; bad exchanges are refused")
    func otherExchanges() throws {
        let rig = try Rig()
        let granted = exchange(rig, "grant_type=client_credentials&client_id=webex-client&client_secret=webex-secret")
        #expect(granted.status == 200)
        #expect(try granted.json["refresh_token"] == nil)
        let basic = rig.client.send(
            "/v1/access_token",
            method: "POST",
            headers: Self.form.merging(["Authorization": "Basic d2ViZXgtY2xpZW50OndlYmV4LXNlY3JldA=="]) { $1 },
            body: "grant_type=client_credentials"
        )
        #expect(basic.status == 200)
        #expect(exchange(rig, "grant_type=client_credentials&client_id=webex-client&client_secret=no").status == 401)
        #expect(exchange(rig, "grant_type=password&client_id=webex-client&client_secret=webex-secret").status == 400)
        #expect(refresh(rig, "unknown").status == 400)
        #expect(rig.client.send("/v1/access_token").status == 405)
        #expect(rig.simulator.statistics.tokenRefreshes == 2)
    }

    @Test("An access token dies when it is killed, and an issued one when its time is over")
    func death() throws {
        let clock = ManualWallClock(seconds: Rig.now)
        var plan = SimulatorPlan()
        plan.webex.authorization.expiresIn = 60
        let rig = try Rig(plan, clock: clock.simulatorClock)
        let issued = try #require(try refresh(rig, "webex-refresh-token").json["access_token"]?.string)
        func status(_ token: String) -> Int {
            rig.client.send("/v1/meetingPreferences/sites", headers: ["Authorization": "Bearer \(token)"]).status
        }
        #expect(status(issued) == 200)
        clock.advance(seconds: 60)
        #expect(status(issued) == 401)
        #expect(status("webex-access-token") == 200)
        rig.simulator.killAccessTokens()
        #expect(status("webex-access-token") == 401)
    }
}
