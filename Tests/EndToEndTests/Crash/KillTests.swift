import Foundation
import PlatformSimulator
import Testing

/// Kills from outside at moments that only a seed decides; `make kills` does it two hundred times.
@Suite(
    "A program that is killed at any moment",
    .serialized,
    .enabled(if: Tool.executable != nil, "needs the program in the build folder")
)
struct KillTests {
    private static let kills = number("TAPEDECK_SOAK_KILLS") ?? 8
    private static let seed = number("TAPEDECK_SOAK_SEED") ?? UInt64.random(in: 1...999_999)

    private static func number<Number: FixedWidthInteger>(_ name: String) -> Number? {
        ProcessInfo.processInfo.environment[name].flatMap { Number($0) }
    }

    @Test("and the runs after it as well, has everything once when it is left alone at last")
    func killed() async throws {
        let job = CrashJob.long(SinkKind.usual + SinkKind.special)
        let start = ContinuousClock.now
        let (length, pages) = try await undisturbed(job)
        var seeds = Dice(seed: Self.seed)
        var all = Round()
        var archives = 0
        while all.kills < Self.kills {
            let round = try await round(job, Dice(seed: seeds.next()), length, pages)
            all.kills += round.kills
            all.inRecovery += round.inRecovery
            all.pagesAgain = max(all.pagesAgain, round.pagesAgain)
            archives += 1
        }
        print(
            "kills: \(all.kills), \(all.inRecovery) of them while it recovered, in \(archives) archives, seed \(Self.seed), "
                + "\(ContinuousClock.now - start) where a run takes \(length); "
                + "at most \(all.pagesAgain) pages of a listing again for a kill"
        )
    }

    /// What came of one archive.
    private struct Round {
        var kills = 0
        var inRecovery = 0
        /// The most pages that one listing was asked for again, divided by the kills.
        var pagesAgain = 0.0
    }

    private func round(_ job: CrashJob, _ dice: Dice, _ length: Duration, _ pages: PageCount) async throws -> Round {
        try await CrashSite.with(job) { site in
            var dice = dice
            var round = Round()
            var last: Tool.Result
            var allowed = pages
            repeat {
                // One in three comes while the run has hardly begun, which after the first means while it recovers.
                let isEarly = dice.below(3) == 0
                // The first one is what the others are filled from when they were left out.
                try site.configure(job.sinks.prefix(1) + job.sinks.dropFirst().filter { _ in dice.below(4) > 0 })
                let delay = length * (Double(dice.below(1_000)) / (isEarly ? 8_000 : 1_000))
                last = try await site.sync(killedAfter: delay)
                guard last.wasKilled else { break }
                round.inRecovery += isEarly && round.kills > 0 ? 1 : 0
                round.kills += 1
                // What a source's pass has ended with, the next run reads anew, as it has to.
                allowed.add(pages, of: await site.endedPasses())
            } while dice.below(2) == 0
            try site.configure()
            // A pass that came to its end is begun anew, as it has to be.
            if !last.wasKilled { allowed.add(pages, of: ["acme", "clinic"]) }
            last = try await site.sync()
            let problems =
                (last.exitCode == 0 ? [] : [last.text]) + (try site.differencesFromTruth())
                + (try await site.ledgerProblems()) + (try site.differencesAmongSinks())
            #expect(problems == [], "TAPEDECK_SOAK_SEED=\(Self.seed), archive \(dice.seed)")
            let again = PageCount(site.simulator.takeRequests()).beyond(allowed).values.max() ?? 0
            round.pagesAgain = round.kills > 0 ? Double(again) / Double(round.kills) : 0
            #expect(round.pagesAgain <= Double(CrashSweep.mostPagesAgain), "archive \(dice.seed)")
            return round
        }
    }

    private func undisturbed(_ job: CrashJob) async throws -> (length: Duration, pages: PageCount) {
        try await CrashSite.with(job) { site in
            let start = ContinuousClock.now
            let result = try await site.sync()
            let length = ContinuousClock.now - start
            #expect(result.exitCode == 0, "\(result.text)")
            #expect(try site.differencesFromTruth() == [])
            return (length, PageCount(site.simulator.takeRequests()))
        }
    }
}

/// Random numbers that a seed decides (SplitMix64).
private struct Dice {
    let seed: UInt64
    private var state: UInt64

    init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }
}
