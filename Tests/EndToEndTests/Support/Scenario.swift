import PlatformSimulator
import RecordingHost
import RecordingKit
import RecordingTestKit

/// A simulator on a port of its own, an archive that is filled from it, and one clock for both that jumps over every wait.
struct Scenario {
    let simulator: PlatformSimulator
    let archive: Archive
    let clock: ManualClock

    static let start = Timestamp(secondsSince1970: 1_772_366_400)

    /// Runs `body` with a simulator that serves `plan`, and clears everything away afterwards.
    ///
    /// - Parameter skew: how far the platform's clock is ahead of the host's.
    static func with(
        _ plan: SimulatorPlan,
        skew: Duration = .zero,
        _ body: (Scenario) async throws -> Void
    ) async throws {
        try await ScenarioSlots.shared.run {
            let clock = ManualClock.automatic(at: start)
            let simulator = try PlatformSimulator(plan: plan, clock: .following(clock, skew: skew))
            try simulator.start()
            defer { simulator.stop() }
            let archive = try Archive()
            defer { archive.remove() }
            try await body(Scenario(simulator: simulator, archive: archive, clock: clock))
        }
    }

    /// Both platforms, read with all that they have.
    var sources: [SourceConfiguration] { [simulator.kismetSource(), simulator.webexSource()] }

    /// One run, by default over both platforms.
    func sync(
        _ sources: [SourceConfiguration]? = nil,
        request: SyncRequest = SyncRequest(),
        includesRaw: Bool = true,
        through wrap: (any HTTPTransport) -> any HTTPTransport = { $0 },
        onProgress: @escaping @Sendable (SourceProgress) -> Void = { _ in }
    ) async throws -> SyncReport {
        try await archive.sync(
            sources ?? self.sources,
            request: request,
            includesRaw: includesRaw,
            clock: clock,
            through: wrap,
            onProgress: onProgress
        )
    }

    /// Requests that one endpoint has received.
    func requests(_ endpoint: SimulatorEndpoint) -> Int {
        simulator.statistics.requestsByEndpoint[endpoint, default: 0]
    }
}

extension SimulatorClock {
    /// Follows a host's clock at a distance.
    static func following(_ clock: ManualClock, skew: Duration = .zero) -> SimulatorClock {
        SimulatorClock(
            wallMilliseconds: {
                let now = clock.now.advanced(by: skew)
                return now.seconds * 1_000 + Int64(now.nanoseconds) / 1_000_000
            },
            monotonicNanoseconds: {
                let (seconds, attoseconds) = clock.uptime.components
                return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
            }
        )
    }
}

extension SimulatorPlan {
    /// Both platforms with few records and a case of everything unusual.
    static func small(seed: UInt64 = 1, media: MediaPlan? = nil, faults: [Fault] = []) -> SimulatorPlan {
        SimulatorPlan(
            seed: seed,
            kismet: KismetPlan(users: 3, calls: 14, egressesPerCall: 2, readsPerEgress: 3),
            webex: WebexPlan(
                sites: [
                    WebexSite(name: "example.webex.com", recordingName: "site4-example.webex.com", recordings: 24),
                    WebexSite(name: "emea.example.webex.com", recordings: 10),
                ],
                hosts: 3,
                accessRowsPerRecording: 3
            ),
            faults: faults,
            media: media
        )
    }

    /// One Webex site with so many recordings and nothing on Kismet.
    static func webex(recordings: Int, faults: [Fault] = []) -> SimulatorPlan {
        SimulatorPlan(
            kismet: KismetPlan(users: 1, calls: 0),
            webex: WebexPlan(
                sites: [WebexSite(name: "example.webex.com", recordings: recordings)],
                hosts: 2,
                accessRowsPerRecording: 2
            ),
            faults: faults
        )
    }
}

extension Fault {
    /// Makes the summary report refuse pages of more than `rows`, so that few recordings fill several pages.
    static func smallSummaryPages(_ rows: Int) -> Fault {
        Fault(.serverError(504), on: .endpoint(.webexAccessSummary), .maxAbove(rows))
    }
}
