extension SimulatorPlan {
    /// Both platforms, small to medium, with a little of everything that goes wrong, none of it for more than a second.
    package static func demo(seed: UInt64 = 1) -> SimulatorPlan {
        SimulatorPlan(
            seed: seed,
            kismet: KismetPlan(users: 6, calls: 42, egressesPerCall: 3, readsPerEgress: 6),
            webex: WebexPlan(
                sites: [
                    WebexSite(name: "example.webex.com", recordingName: "site4-example.webex.com", recordings: 240),
                    WebexSite(name: "emea.example.webex.com", recordings: 110),
                    WebexSite(name: "apac.example.webex.com", recordings: 50),
                ],
                hosts: 8
            ),
            faults: [
                Fault(.tokenDeath, on: .endpoint(.webexAccessDetail), .nth(40)),
                Fault(.tooManyRequests(.seconds(1)), on: .endpoint(.webexAccessDetail), .nth(12)),
                Fault(.tooManyRequests(.date(secondsAhead: 1)), on: .endpoint(.kismetAuditLogs), .nth(9)),
                Fault(.tooManyRequests(.none), on: .endpoint(.kismetEgresses), .nth(5)),
                Fault(.tooManyRequests(.garbage), on: .endpoint(.webexAccessDetail), .nth(150)),
                Fault(.locked(.seconds(1)), on: .endpoint(.webexAccessDetail), .nth(60)),
                Fault(.serverError(503, body: .html), on: .endpoint(.webexAccessDetail), .range(110...112)),
                Fault(.serverError(500, body: .html), on: .endpoint(.kismetCalls), .nth(3)),
                Fault(.serverError(504), on: .endpoint(.webexAccessSummary), .nth(3)),
                Fault(.resetBeforeResponse, on: .endpoint(.kismetAuditLogs), .nth(30)),
                Fault(.resetInBody, on: .endpoint(.webexAccessDetail), .nth(75)),
                Fault(.shortBody, on: .endpoint(.webexAccessSummary), .nth(5)),
                Fault(.truncatedJSON, on: .endpoint(.kismetEgresses), .nth(11)),
                Fault(.latency(700), on: .endpoint(.webexAccessSummary), .nth(2)),
            ]
        )
    }

    /// One Webex site with one host and this many recordings, no Kismet data, no faults: for measurements.
    package static func large(webexRecordings: Int, seed: UInt64 = 1) -> SimulatorPlan {
        SimulatorPlan(
            seed: seed,
            kismet: KismetPlan(users: 1, calls: 0),
            webex: WebexPlan(sites: [WebexSite(name: "example.webex.com", recordings: webexRecordings)], hosts: 1)
        )
    }
}
