import PlatformSimulator
import Testing

@Suite("Webex endpoints")
struct WebexEndpointTests {
    @Test(
        "A request without a live token is answered 401 with Webex's error body",
        arguments: [
            [:], ["Authorization": "Bearer wrong"], ["Authorization": "webex-access-token"],
        ]
    )
    func rejectsToken(headers: [String: String]) throws {
        let rig = try Rig()
        let answer = rig.client.send("/v1/recordingReport/accessSummary", headers: headers)
        #expect(answer.status == 401)
        let body = try answer.json
        #expect(body.keys == ["message", "errors", "trackingId"])
        #expect(body["trackingId"]?.string == answer[header: "trackingid"])
        #expect(body["errors"]?.array.first?["description"] == body["message"])
    }

    @Test("A token without the scope is answered 403 with the scope's name")
    func missingScope() throws {
        let plan = SimulatorPlan(webex: WebexPlan(authorization: WebexAuthorizationPlan(scopes: ["spark:people_read"])))
        let answer = try Rig(plan).webex("/meetingPreferences/sites")
        #expect(answer.status == 403)
        #expect(try answer.json["message"]?.string?.hasPrefix("Missing required scope: ") == true)
    }

    @Test("Sites come without items and with one preferred")
    func sites() throws {
        let body = try Rig().webex("/meetingPreferences/sites").json
        #expect(
            try body
                == JSON(
                    #"{"sites":[{"siteUrl":"example.webex.com","default":true},{"siteUrl":"emea.example.webex.com","default":false}]}"#
                )
        )
    }

    @Test("A summary has the sample's members and types, and the site name of the recording")
    func summaryShape() throws {
        let sample = try JSON(
            #"{"recordingId":"4f914b1dfe3c4d11a61730f18c0f5387","topic":"Example Topic","timeRecorded":"2020-07-13T17:05:35Z","siteUrl":"site4-example.webex.com","hostEmail":"john.andersen@example.com","viewCount":18,"downloadCount":10}"#
        )
        let answer = try Rig().webex(
            "/recordingReport/accessSummary?hostEmail=all&siteUrl=example.webex.com&from=\(Rig.daysAgo(80))&to=\(Rig.daysAgo(0))"
        )
        #expect(answer[header: "Content-Type"] == "application/json;charset=UTF-8")
        let items = try answer.json["items"]?.array ?? []
        #expect(items.count == 10)
        for item in items {
            #expect(item.keys == sample.keys)
            for key in sample.keys { #expect(item[key]?.kind == sample[key]?.kind) }
            #expect(item["siteUrl"]?.string == "site4-example.webex.com")
            #expect(item["recordingId"]?.string?.count == 32)
        }
    }

    @Test("Pages over all windows and sites add up to the truth, in order", arguments: [1, 3, 100])
    func pagesAddUp(size: Int) throws {
        let rig = try Rig()
        var ids: [String] = []
        for site in ["example.webex.com", "emea.example.webex.com"] {
            for window in 0..<5 {
                let from = min(Int64(window + 1) * 80, 364)
                let target =
                    "/recordingReport/accessSummary?hostEmail=all&max=\(size)&siteUrl=\(site)"
                    + "&from=\(Rig.daysAgo(from))&to=\(Rig.daysAgo(Int64(window) * 80))"
                let items = try rig.webexPages(target).flatMap { $0 }
                let times = items.compactMap { $0["timeRecorded"]?.string }
                #expect(times == times.sorted(by: >))
                ids += items.compactMap { $0["recordingId"]?.string }
            }
        }
        let truth = rig.simulator.webexTruth()
        #expect(ids == truth.summaries.map(\.recordingID))
        #expect(ids.count == 90)
        #expect(Set(ids).count == 90)
    }

    @Test("The details of every recording are the truth's rows")
    func details() throws {
        let rig = try Rig()
        let truth = rig.simulator.webexTruth()
        for summary in truth.summaries {
            let rows = try rig.webexPages(
                "/recordingReport/accessDetail?recordingId=\(summary.recordingID)&hostEmail=\(summary.hostEmail)&max=20"
            ).flatMap { $0 }
            let expected = truth.accessRows[summary.recordingID] ?? []
            #expect(rows.map { $0["accessTime"]?.string } == expected.map { $0.accessTime.utcTimestamp })
            #expect(rows.map { $0["email"]?.string } == expected.map(\.email))
            #expect(expected.isEmpty == (summary.viewCount + summary.downloadCount == 0))
        }
        let rows = truth.accessRows.values.flatMap { $0 }
        #expect(rows.contains { $0.viewed && $0.downloaded })
        #expect(rows.contains { $0.name == nil } && rows.contains { $0.name == "" })
        #expect(rows.contains { $0.email == nil } && rows.contains { $0.email == "" })
        #expect(truth.accessRows.values.contains { rows in zip(rows, rows.dropFirst()).contains { $0 == $1 } })
        #expect(truth.accessRows.values.contains { rows in rows.map(\.accessTime) != rows.map(\.accessTime).sorted() })
        #expect(truth.accessRows.values.contains { $0.count == 130 })
    }
}
