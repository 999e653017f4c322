import Foundation
import PlatformSimulator

/// A job that is run again and again: what the platforms hold, and where it goes.
struct CrashJob: Sendable {
    var plan: SimulatorPlan
    /// The day from which on Webex is read, so that the listings of one run are those of the next.
    var from: String
    var sinks: [SinkKind]
    /// What happens before the run that is watched, such as earlier runs into other sinks.
    var prepare: (@Sendable (CrashSite) async throws -> Void)?

    /// Days before the anchor at which reading Webex begins: two windows.
    private static let days: Int64 = 120
    /// The newest instant of all that is generated, so that no run reads anything that another did not.
    static let anchor = Int64(Date.now.timeIntervalSince1970) / 86_400 * 86_400

    private init(kismet: KismetPlan, webex: WebexPlan, rowsPerPage: Int, sinks: [SinkKind]) {
        var webex = webex
        webex.spanDays = Int(Self.days) - 5
        webex.quirks.largestSummaryPage = rowsPerPage
        // A new refresh token that is lost with the process cannot be had again once the old one is dead.
        webex.authorization.rotation = .newOldLives
        plan = SimulatorPlan(kismet: kismet, webex: webex, anchor: Self.anchor)
        from = Date(timeIntervalSince1970: Double(Self.anchor - Self.days * 86_400)).formatted(.iso8601)
        self.sinks = sinks
    }

    /// Both platforms with as little as shows several pages, several listings and details: for being run thousands of times.
    static func tiny(_ sinks: [SinkKind] = [.jsonLines]) -> CrashJob {
        CrashJob(
            // A call under two users would be described by the one that happens to come first.
            kismet: KismetPlan(users: 1, calls: 3, egressesPerCall: 2, readsPerEgress: 2, sharedCallEvery: 0),
            webex: WebexPlan(
                sites: [WebexSite(name: "example.webex.com", recordings: 7)],
                hosts: 2,
                accessRowsPerRecording: 2
            ),
            rowsPerPage: 2,
            sinks: sinks
        )
    }

    /// Long enough for being killed from outside, with everything unusual that the platforms have.
    static func long(_ sinks: [SinkKind] = [.jsonLines]) -> CrashJob {
        var job = CrashJob(
            kismet: KismetPlan(users: 3, calls: 30, egressesPerCall: 2, readsPerEgress: 3),
            webex: WebexPlan(
                sites: [
                    WebexSite(name: "example.webex.com", recordings: 110),
                    WebexSite(name: "emea.example.webex.com", recordings: 40),
                ],
                hosts: 3,
                accessRowsPerRecording: 3
            ),
            rowsPerPage: 8,
            sinks: sinks
        )
        job.plan.latencyMilliseconds = 2
        return job
    }
}
