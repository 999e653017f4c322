import RecordingHost
import Testing

@Suite("The learned rate against simulated servers")
struct LearnedRateTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var rate = 50.0
        var bucket: Double
        var style = SimulatedLimiter.Style.wholeSeconds
        var concurrency = 8
        var latency = 0.0005
        var requests = 1_000
        var lateness = 0.0
        /// How many times the ideal a run may take.
        var wall: Double
        /// How many times the ideal the worst may take; 1.2 × ``wall`` unless it is given.
        var worst: Double?
        var refusals = 10

        var testDescription: String {
            "\(rate)/s, bucket \(bucket), \(style), \(concurrency) at once, \(latency * 1_000) ms"
        }
    }

    private static let seeds: ClosedRange<UInt64> = 1...15

    /// Half of all runs stay within the numbers; chance makes none much worse.
    private func check(_ test: Case, sourceLocation: SourceLocation = #_sourceLocation) {
        let ideal = max(
            Double(test.requests) / test.rate,
            Double(test.requests) * (test.latency + 0.001) / Double(test.concurrency)
        )
        let runs = Self.seeds.map { seed in
            SimulatedRun(
                SimulatedLimiter(rate: test.rate, bucket: test.bucket, style: test.style),
                requests: test.requests,
                concurrency: test.concurrency,
                latency: test.latency,
                lateness: test.lateness,
                seed: seed
            )
        }
        let walls = runs.map { $0.wall / ideal }.sorted()
        let refusals = runs.map(\.refusals).sorted()
        let middle = walls.count / 2
        #expect(walls[middle] <= test.wall, sourceLocation: sourceLocation)
        #expect(walls.last ?? 0 <= test.worst ?? 1.2 * test.wall, sourceLocation: sourceLocation)
        #expect(refusals[middle] <= test.refusals, sourceLocation: sourceLocation)
        #expect(refusals.last ?? 0 <= 3 * test.refusals, sourceLocation: sourceLocation)
    }

    @Test(
        "one refusal costs its wait and seconds, however long the wait and whenever it comes",
        arguments: [1, 30],
        [1.0, 5, 30, 600]
    )
    func oneRefusal(number: Int, wait: Double) {
        for seed in Self.seeds {
            let run = SimulatedRun(
                SimulatedLimiter(rate: 1, bucket: 1, style: .once(number: number, wait: wait)),
                requests: 205,
                concurrency: 8,
                latency: 0.02,
                seed: seed
            )
            #expect(run.refusals == 1)
            #expect(run.wall <= wait + 20, "wall \(run.wall), seed \(seed)")
        }
    }

    @Test(
        "refusals that come whatever the rate cost little more than their waits",
        arguments: [20, 50, 100],
        [0.0005, 0.1]
    )
    func sprinkledRefusals(every: Int, latency: Double) {
        for seed in Self.seeds {
            let run = SimulatedRun(
                SimulatedLimiter(rate: 1, bucket: 1, style: .sprinkled(every: every)),
                requests: 1_000,
                concurrency: 8,
                latency: latency,
                seed: seed
            )
            let ideal = Double(run.refusals) + 1_000 * (latency + 0.001) / 8
            #expect(run.wall <= 2.5 * ideal, "wall ÷ ideal \(run.wall / ideal), seed \(seed)")
        }
    }

    @Test(
        "1 000 requests under 50 a second with a bucket of 50 take at most 1.03 × ideal and 10 refusals",
        arguments: [1, 8, 64],
        [0.0005, 0.1]
    )
    func bucketOfFifty(concurrency: Int, latency: Double) {
        check(Case(bucket: 50, concurrency: concurrency, latency: latency, wall: 1.03, worst: 1.04))
    }

    @Test(
        "1 000 requests under 50 a second with a bucket of 1 take at most 1.5 × ideal and 10 refusals",
        arguments: [1, 8, 64],
        [0.0005, 0.1]
    )
    func bucketOfOne(concurrency: Int, latency: Double) {
        check(Case(bucket: 1, concurrency: concurrency, latency: latency, wall: 1.5))
    }

    @Test(
        "a machine that wakes sleepers up to 20 milliseconds late does not empty a bucket of 1",
        arguments: [8, 64],
        [0.0005, 0.1]
    )
    func lateSleepers(concurrency: Int, latency: Double) {
        check(Case(bucket: 1, concurrency: concurrency, latency: latency, lateness: 0.02, wall: 1.5))
    }

    @Test(
        "buckets between and beyond, and waits given in other ways, come close to the ideal",
        arguments: [
            Case(bucket: 2, wall: 1.45),
            Case(bucket: 2, latency: 0.1, wall: 1.65, refusals: 22),
            Case(bucket: 3, wall: 1.45),
            Case(bucket: 4, wall: 1.45),
            Case(bucket: 4, lateness: 0.02, wall: 1.45),
            Case(bucket: 5, wall: 1.35, refusals: 12),
            Case(bucket: 5, latency: 0.1, wall: 1.45),
            Case(bucket: 25, wall: 1.25),
            Case(bucket: 100, wall: 1, refusals: 12),
            Case(bucket: 50, style: .exact, wall: 1.03, refusals: 12),
            Case(bucket: 1, style: .exact, wall: 1.35),
            Case(bucket: 50, style: .silent, wall: 1.03, refusals: 12),
            Case(bucket: 1, style: .silent, wall: 1.35),
            Case(bucket: 50, style: .date, wall: 1.03),
            Case(bucket: 1, style: .date, wall: 1.45),
            Case(bucket: 50, style: .window, wall: 1.12),
            Case(bucket: 50, style: .window, latency: 0.1, wall: 1.5, refusals: 25),
        ]
    )
    func otherLimiters(_ test: Case) { check(test) }

    @Test(
        "slow and fast servers are learned too",
        arguments: [
            Case(rate: 0.2, bucket: 1, latency: 0.02, requests: 16, wall: 1.2, refusals: 20),
            Case(rate: 1, bucket: 1, latency: 0.02, requests: 40, wall: 1.2),
            Case(rate: 1, bucket: 5, latency: 0.02, requests: 40, wall: 1.03, refusals: 12),
            Case(rate: 5, bucket: 1, latency: 0.02, requests: 160, wall: 1.25),
            Case(rate: 5, bucket: 5, latency: 0.02, requests: 160, wall: 1.2, refusals: 12),
            Case(rate: 10, bucket: 1, latency: 0.02, requests: 310, wall: 1.3),
            Case(rate: 10, bucket: 10, latency: 0.02, requests: 310, wall: 1.1),
            Case(rate: 300, bucket: 1, latency: 0.02, requests: 3_000, wall: 2.3, refusals: 25),
            Case(rate: 300, bucket: 300, latency: 0.02, requests: 3_000, wall: 1.03, refusals: 12),
        ]
    )
    func otherRates(_ test: Case) { check(test) }

    @Test(
        "a server without limits is hardly slowed",
        arguments: [(8, 0.1, 1.1), (8, 0.01, 1.1), (64, 0.01, 1.4)] as [(Int, Double, Double)]
    )
    func withoutLimits(concurrency: Int, latency: Double, wall: Double) {
        let requests = concurrency * 100
        check(
            Case(
                rate: 1e6,
                bucket: 1e6,
                concurrency: concurrency,
                latency: latency,
                requests: requests,
                wall: wall,
                refusals: 0
            )
        )
    }

    @Test("a limit that falls and rises again during the run is followed", arguments: [(1.0, 110.0), (50.0, 95.0)])
    func changingLimit(bucket: Double, longest: Double) {
        let changes = [
            SimulatedRun.Change(time: 15, rate: 10, bucket: min(bucket, 10)),
            SimulatedRun.Change(time: 40, rate: 50, bucket: bucket),
        ]
        let run = SimulatedRun(
            SimulatedLimiter(rate: 50, bucket: bucket, style: .wholeSeconds),
            requests: 2_500,
            concurrency: 8,
            latency: 0.02,
            changes: changes
        )
        // With foresight it takes 70 seconds.
        #expect(run.wall <= longest)
        #expect(run.refusals <= 60)
    }
}
