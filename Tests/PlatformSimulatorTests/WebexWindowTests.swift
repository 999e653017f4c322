import PlatformSimulator
import Testing

@Suite("Webex windows and parameters")
struct WebexWindowTests {
    private static let summary = "/recordingReport/accessSummary?hostEmail=all"

    @Test(
        "A window outside the rules is answered 400",
        arguments: [
            "from=2026-03-10T00:00:00Z&to=2026-03-09T00:00:00Z",
            "from=2025-12-01T00:00:00Z&to=2026-03-01T00:00:01Z",
            "from=2025-03-15T11:59:59Z&to=2025-03-20T00:00:00Z",
            "from=2026-03-01T00:00:00+08:00&to=2026-03-10T00:00:00Z",
            "from=yesterday", "from=2026-02-30", "max=0", "max=101", "max=ten", "cursor=zz", "cursor=00",
        ]
    )
    func refuses(query: String) throws {
        let answer = try Rig().webex("\(Self.summary)&\(query)")
        #expect(answer.status == 400)
        #expect(try answer.json.keys == ["message", "errors", "trackingId"])
    }

    @Test(
        "A window at the edge of the rules is served",
        arguments: [
            "from=2025-12-01T00:00:00Z&to=2026-03-01T00:00:00Z",
            "from=2025-03-15T12:00:00Z&to=2025-03-20T00:00:00Z",
            "from=2026-03-01T00:00:00%2B08:00&to=2026-03-10T00:00:00Z",
            "from=2026-03-01&to=2026-03-10", "from=2026-03-01T00:00:00.000&to=2026-03-10T00:00:00-0130", "max=100",
            "from=2026-03-10T00:00:00Z&to=2026-03-10T00:00:00Z", "unknown=1&before",
        ]
    )
    func serves(query: String) throws {
        #expect(try Rig().webex("\(Self.summary)&\(query)").status == 200)
    }

    @Test("The start of a window is included and its end is not, ties at both ends whole")
    func halfOpen() throws {
        let rig = try Rig()
        let truth = rig.simulator.webexTruth().summaries.filter { $0.siteURL == "site4-example.webex.com" }
        let groups = Dictionary(grouping: truth, by: \.timeRecorded)
        let time = try #require(groups.first { $0.value.count == 3 && $0.key > Rig.now - 300 * 86400 }).key
        func count(_ from: Int64, _ to: Int64, fraction: String = "Z") throws -> Int {
            let edges = [from, to].map { $0.utcTimestamp.dropLast() + fraction }
            return try rig.webexPages("\(Self.summary)&from=\(edges[0])&to=\(edges[1])&max=2").flatMap { $0 }.count
        }
        #expect(try count(time, time + 1) == 3)
        #expect(try count(time - 1, time) == 0)
        #expect(try count(time + 1, time + 2) == 0)
        #expect(try count(time - 1, time, fraction: ".500Z") == 3)
        #expect(try count(time, time + 1, fraction: ".001Z") == 0)
    }

    @Test("Without a window the last seven days of the preferred site are listed")
    func defaults() throws {
        let rig = try Rig(
            SimulatorPlan(
                webex: WebexPlan(sites: [WebexSite(name: "a", recordings: 800), WebexSite(name: "b", recordings: 800)])
            )
        )
        func ids(_ query: String) throws -> [String] {
            try rig.webexPages("\(Self.summary)&max=50\(query)").flatMap { $0 }.compactMap { $0["recordingId"]?.string }
        }
        let week = try ids("&siteUrl=a&from=\(Rig.daysAgo(7))&to=\(Rig.daysAgo(0))")
        #expect(!week.isEmpty)
        #expect(try ids("") == week)
        #expect(try ids("&from=\(Rig.daysAgo(7))") == week)
        #expect(try ids("&to=\(Rig.daysAgo(0))") == week)
        #expect(try ids("&siteUrl=b") != week)
    }

    @Test("The timezone header sets how times are written and how unzoned ones are read")
    func timezone() throws {
        let rig = try Rig()
        let range = "from=2026-01-01T00:00:00&to=2026-03-01T00:00:00&max=100"
        let utc = try rig.webex("\(Self.summary)&\(range)").json["items"]?.array ?? []
        let east =
            try rig.webex("\(Self.summary)&\(range)", headers: ["timezone": "Asia/Shanghai"]).json["items"]?.array ?? []
        let other = try rig.webex(
            "\(Self.summary)&from=2026-01-01T00:00:00%2B08:00&to=2026-03-01T00:00:00%2B08:00&max=100"
        ).json["items"]?.array
        #expect(east.map { $0["recordingId"] } == other?.map { $0["recordingId"] })
        #expect(east.first?["timeRecorded"]?.string?.hasSuffix("+08:00") == true)
        let shared = try #require(utc.first { item in east.contains { $0["recordingId"] == item["recordingId"] } })
        let twin = try #require(east.first { $0["recordingId"] == shared["recordingId"] })
        #expect(shared["timeRecorded"] != twin["timeRecorded"])
    }

    @Test("Host and site filters are honoured for an admin, and the host is ignored for others")
    func hosts() throws {
        let window = "from=\(Rig.daysAgo(89))&to=\(Rig.daysAgo(0))&max=100"
        func hosts(_ rig: Rig, _ query: String) throws -> Set<String> {
            Set(
                try rig.webexPages("/recordingReport/accessSummary?\(window)\(query)").flatMap { $0 }.compactMap {
                    $0["hostEmail"]?.string
                }
            )
        }
        let admin = try Rig()
        #expect(try hosts(admin, "&hostEmail=all").count > 1)
        #expect(try hosts(admin, "&hostEmail=host1.site1%40example.com") == ["host1.site1@example.com"])
        #expect(try hosts(admin, "") == ["john.andersen@example.com"])
        #expect(try hosts(admin, "&hostEmail=nobody@example.com").isEmpty)
        #expect(admin.webex("/recordingReport/accessSummary?siteUrl=other.example").status == 403)
        let user = try Rig(
            SimulatorPlan(
                webex: WebexPlan(authorization: WebexAuthorizationPlan(scopes: WebexAuthorizationPlan.userScopes))
            )
        )
        #expect(try hosts(user, "&hostEmail=all") == ["john.andersen@example.com"])
    }

    @Test("The next link is absolute, on the request's host, and repeats all parameters percent-encoded")
    func nextLink() throws {
        let rig = try Rig()
        let answer = rig.webex(
            "\(Self.summary)&from=2026-01-01T00:00:00%2B08:00&to=2026-03-01T00%3A00%3A00Z&max=2&siteUrl=example.webex.com"
        )
        let next = try #require(Rig.next(answer))
        #expect(
            next.hasPrefix(
                "\(rig.simulator.webexBaseURL)/recordingReport/accessSummary?hostEmail=all&from=2026-01-01T00%3A00%3A00%2B08%3A00&to=2026-03-01T00%3A00%3A00Z&max=2&siteUrl=example.webex.com&cursor="
            )
        )
        #expect(answer.values("Link").count == 1)
    }

    @Test("Details refuse a missing id, an unknown id, and another host's recording without its host")
    func detailErrors() throws {
        let rig = try Rig()
        let path = "/recordingReport/accessDetail"
        #expect(rig.webex(path).status == 400)
        #expect(rig.webex("\(path)?recordingId=4f914b1dfe3c4d11a61730f18c0f5387").status == 404)
        let foreign = try #require(
            rig.simulator.webexTruth().summaries.first { $0.hostEmail != "john.andersen@example.com" }
        )
        #expect(rig.webex("\(path)?recordingId=\(foreign.recordingID)").status == 404)
        #expect(rig.webex("\(path)?recordingId=\(foreign.recordingID)&hostEmail=\(foreign.hostEmail)").status == 200)
    }
}
