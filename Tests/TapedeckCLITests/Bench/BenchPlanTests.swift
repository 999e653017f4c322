import PlatformSimulator
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("What bench runs")
struct BenchPlanTests {
    private static let now = Timestamp("2026-05-20T13:14:15Z") ?? .earliest

    @Test("Every job has a name of its own, and what it does begins and ends as a sentence")
    func names() {
        let names = BenchJob.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(BenchJob.all.allSatisfy { $0.summary.hasSuffix(".") })
    }

    @Test(
        "A scale makes a job larger or smaller, but never smaller than makes sense",
        arguments: [(1.0, 200_000), (0.5, 100_000), (0.001, 200), (0.000_001, 100), (2, 400_000)]
    )
    func scale(scale: Double, count: Int) throws {
        let job = try #require(BenchJob.all.first { $0.name == "summaries" })
        #expect(job.count(atScale: scale) == count)
    }

    @Test(
        "All recordings lie in the range that a client is told to ask for, and belong to the account",
        arguments: ["summaries", "details", "rate-1", "ten-million"]
    )
    func range(name: String) throws {
        let job = try #require(BenchJob.all.first { $0.name == name })
        let world = BenchWorld(job: job, count: 1_000, now: Self.now)
        let simulator = try PlatformSimulator(plan: world.plan)
        let truth = simulator.webexTruth(in: world.from.seconds..<world.to.seconds, accessRows: false)
        #expect(truth.summaries.count == 1_000)
        #expect(Set(truth.summaries.map(\.hostEmail)).count == 1)
        #expect(world.to.seconds - world.from.seconds < 90 * 86_400)
        #expect(world.to <= Self.now)
    }

    @Test("A job that is about one platform leaves the other empty", arguments: BenchJob.all)
    func onePlatform(job: BenchJob) throws {
        let world = BenchWorld(job: job, count: job.smallest, now: Self.now)
        let webex = world.plan.webex.sites.reduce(0) { $0 + $1.recordings }
        #expect(webex == 0 || world.plan.kismet.calls == 0)
    }

    @Test("The file has the size that was asked for, and a link that outlives the run")
    func file() throws {
        let job = try #require(BenchJob.all.first { $0.name == "media" })
        let world = BenchWorld(job: job, scale: 0.5, now: Self.now)
        #expect(world.plan.media?.lengths == (1 << 29)...(1 << 29))
        #expect(try #require(world.plan.media).webexLinkSeconds >= 86_400)
    }

    @Test(
        "The least time under a limit leaves out what may come at once",
        arguments: [(1_000, 50, 19.0), (1_000, 1, 19.98), (40, 50, 0)]
    )
    func idealUnderLimit(requests: Int, bucket: Int, seconds: Double) {
        let shape = BenchJob.Shape.rate(perSecond: 50, bucket: bucket)
        #expect(shape.idealSeconds(forRequests: requests, concurrency: 8) == seconds)
    }

    @Test(
        "The least time with slow answers is that of the turns that it takes",
        arguments: [(16, 0.2), (17, 0.3), (1, 0.1)]
    )
    func idealWithLatency(requests: Int, seconds: Double) {
        let shape = BenchJob.Shape.latency(milliseconds: 100)
        #expect(shape.idealSeconds(forRequests: requests, concurrency: 8) == seconds)
        #expect(shape.idealSeconds(forRequests: requests, concurrency: nil) == nil)
        #expect(BenchJob.Shape.details.idealSeconds(forRequests: requests, concurrency: 8) == nil)
    }

    @Test("Each job is run in ways that differ by their names", arguments: BenchJob.all)
    func variants(job: BenchJob) {
        let labels = BenchVariant.all(of: job).map(\.label)
        #expect(!labels.isEmpty)
        #expect(Set(labels).count == labels.count)
    }

    @Test(
        "Looking away takes a small share of what has passed",
        arguments: [
            (Duration.zero, Duration.microseconds(500)), (.seconds(1), .milliseconds(5)),
            (.seconds(60), .milliseconds(10)),
        ]
    )
    func pause(elapsed: Duration, pause: Duration) {
        #expect(ProcessWatch.pause(after: elapsed) == pause)
    }
}
