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
            ],
            media: demoMedia
        )
    }

    /// Files of at most 200 KB, a few of which cannot be had, and a few faults that a second try heals.
    private static let demoMedia = MediaPlan(
        lengths: 20_000...200_000,
        states: [
            MediaStateRule(.preventsDownloading, on: .every(50, remainder: 7, platform: .webex)),
            MediaStateRule(.needsConfirmation, on: .every(100, remainder: 31, platform: .webex)),
            MediaStateRule(.deleted, on: .every(80, remainder: 11, platform: .webex)),
            MediaStateRule(.late(afterSeconds: 3600), on: .every(40, remainder: 13, platform: .kismet)),
        ],
        faults: [
            MediaFaultRule(.resets(afterBytes: 9_000), on: .every(30, remainder: 4), requests: 1...1),
            MediaFaultRule(.cutsOff(afterBytes: 12_000), on: .every(45, remainder: 8), requests: 1...2),
            MediaFaultRule(
                .linkDies(afterRequests: 1),
                .cutsOff(afterBytes: 10_000),
                on: .every(60, remainder: 9),
                requests: 1...2
            ),
            MediaFaultRule(.status(503), on: .every(35, remainder: 6), requests: 1...1),
            MediaFaultRule(.redirectsToOtherOrigin, on: .every(90, remainder: 3)),
        ]
    )

    /// One Webex site with one host and this many recordings, no Kismet data, no faults: for measurements.
    package static func large(webexRecordings: Int, seed: UInt64 = 1) -> SimulatorPlan {
        SimulatorPlan(
            seed: seed,
            kismet: KismetPlan(users: 1, calls: 0),
            webex: WebexPlan(sites: [WebexSite(name: "example.webex.com", recordings: webexRecordings)], hosts: 1)
        )
    }
}
