import PlatformSimulator
import RecordingKit

/// What the simulated platforms hold for a job.
struct BenchWorld: Sendable {
    /// Everything lies in one window that Webex may be asked for at once.
    private static let spanDays = 80
    /// Links to files outlive every run.
    private static let linkSeconds = 30 * 86_400

    let job: BenchJob
    /// How much there is to read, in the job's unit.
    let count: Int
    let plan: SimulatorPlan
    /// No recording began before this.
    let from: Timestamp
    /// All recordings began before this.
    let to: Timestamp

    /// - Parameters:
    ///   - scale: 1 for the full size.
    ///   - now: decides the days over which the data are spread.
    init(job: BenchJob, scale: Double, now: Timestamp) {
        self.init(job: job, count: job.count(atScale: scale), now: now)
    }

    init(job: BenchJob, count: Int, now: Timestamp) {
        self.job = job
        self.count = count
        let anchor = now.seconds / 86_400 * 86_400
        from = Timestamp(secondsSince1970: anchor - Int64(Self.spanDays) * 86_400)
        to = Timestamp(secondsSince1970: anchor)
        var plan = Self.empty
        plan.anchor = anchor
        Self.fill(&plan, job.shape, count)
        self.plan = plan
    }

    /// Both platforms without anything.
    private static var empty: SimulatorPlan {
        SimulatorPlan(
            kismet: KismetPlan(users: 1, calls: 0, sharedCallEvery: 0, hasOddities: false),
            webex: WebexPlan(
                sites: [WebexSite(name: "example.webex.com", recordings: 0)],
                hosts: 1,
                spanDays: spanDays
            )
        )
    }

    private static func fill(_ plan: inout SimulatorPlan, _ shape: BenchJob.Shape, _ count: Int) {
        switch shape {
        case .summaries, .details:
            plan.webex.sites[0].recordings = count
        case .kismet:
            plan.kismet.users = 4
            plan.kismet.calls = count
            plan.kismet.spanDays = spanDays
        case .rate(let perSecond, let bucket):
            plan.webex.sites[0].recordings = count
            plan.rateLimit = RateLimitPlan(.tokenBucket(perSecond: Double(perSecond), capacity: bucket))
        case .latency(let milliseconds):
            plan.webex.sites[0].recordings = count
            plan.latencyMilliseconds = milliseconds
        case .media:
            plan.webex.sites[0].recordings = 1
            plan.media = .init(
                lengths: count...count,
                audioEvery: 0,
                transcriptEvery: 0,
                webexLinkSeconds: linkSeconds
            )
        case .scheduling:
            plan.kismet.calls = count
            plan.kismet.egressesPerCall = 0
        }
    }
}
