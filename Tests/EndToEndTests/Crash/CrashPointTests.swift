import Foundation
import PlatformSimulator
import Testing

@Suite(
    "A program that dies at any change of a file",
    .serialized,
    .enabled(if: FaultShim.isAvailable, Comment(rawValue: FaultShim.explanation))
)
struct CrashPointTests {
    @Test("is watched in all that it writes: the ledger's log and pages, the sinks' lines, and the flushes of both")
    func watched() async throws {
        let calls = try await Baseline.of(.tiny(SinkKind.usual)).calls.map {
            $0.split(separator: " ").dropFirst().prefix(2).joined(separator: " ")
        }
        for call in [
            "mkdir /out", "open /out/recordings.jsonl", "write /out/recordings.jsonl", "fsync /out/recordings.jsonl",
            "write /out/access_summaries.jsonl", "write /out/access_events.jsonl", "write /out/recordings.csv",
            "fsync /out/recordings.csv", "open /out/recordings.db", "pwrite /out/recordings.db-wal",
            "fsync /out/recordings.db-wal", "open /tapedeck.db",
            "open /tapedeck.db-wal", "pwrite /tapedeck.db-wal", "fsync /tapedeck.db-wal", "pwrite /tapedeck.db",
            "fsync /tapedeck.db", "unlink /tapedeck.db-wal",
        ] {
            #expect(calls.contains(call), "\(call)")
        }
        #expect(!calls.contains { $0.hasSuffix("-shm") })
    }

    @Test(
        "has everything once after the next run, wherever it was",
        arguments: [(CrashPoint.Mode.before, 1), (.torn, 3), (.power, 4)]
    )
    func everyCall(mode: CrashPoint.Mode, step: Int) async throws {
        let job = CrashJob.tiny(SinkKind.usual)
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let report = try await CrashSweep(job: job, baseline: baseline).run(step: step) { call in
            CrashPoint(mode: mode, call: call, calls: mode == .torn ? CrashPoint.writes : [])
        }
        print(report.summary("every call, \(mode)", since: start, baseline))
        #expect(report.problems == [])
        #expect(report.struck > baseline.calls.count / (3 * step))
    }

    @Test(
        "has everything once in compressed files and in series of files too",
        arguments: [(CrashPoint.Mode.before, 0, 41), (.torn, 0, 53), (.power, 30, 31)]
    )
    func specialSinks(mode: CrashPoint.Mode, keptPerCent: Int, step: Int) async throws {
        let job = CrashJob.tiny(SinkKind.special)
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let report = try await CrashSweep(job: job, baseline: baseline).run(step: step) { call in
            CrashPoint(
                mode: mode,
                call: call,
                keptPerCent: keptPerCent,
                calls: mode == .torn ? CrashPoint.writes : []
            )
        }
        print(report.summary("special sinks, \(mode)", since: start, baseline))
        #expect(report.problems == [])
        #expect(report.struck > baseline.calls.count / (4 * step))
    }

    @Test("has everything once as well when the run after it dies too, at its first changes or later")
    func twice() async throws {
        let job = CrashJob.tiny(SinkKind.usual)
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let sweep = CrashSweep(job: job, baseline: baseline)
        // Odd calls of the second run are early, where it recovers; the others are anywhere.
        let second: @Sendable (Int) -> CrashPoint = { call in
            CrashPoint(mode: .before, call: 1 + (call * 7) % (call.isMultiple(of: 2) ? baseline.calls.count : 24))
        }
        let report = try await sweep.run(step: 9, then: second) { CrashPoint(mode: .before, call: $0) }
        print(report.summary("twice", since: start, baseline))
        #expect(report.problems == [])
        #expect(report.struck > baseline.calls.count / 18)
    }

    @Test("has everything once when a power failure leaves half of what was not flushed")
    func halfFlushed() async throws {
        let job = CrashJob.tiny(SinkKind.usual)
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let report = try await CrashSweep(job: job, baseline: baseline).run(step: 5) { call in
            CrashPoint(mode: .power, call: call, keptPerCent: 50)
        }
        print(report.summary("half flushed", since: start, baseline))
        #expect(report.problems == [])
        #expect(report.struck > baseline.calls.count / 10)
    }
}

extension CrashSweep.Report {
    /// The figures in one line.
    func summary(_ name: String, since start: ContinuousClock.Instant, _ baseline: Baseline) -> String {
        "crash points: \(name): \(struck) struck of \(struck + survived) runs in \(ContinuousClock.now - start), "
            + "\(baseline.calls.count) calls undisturbed; pages again: at most \(pagesAgain.most) of a listing "
            + "(\(pagesAgain.where)), \(allPagesAgain) in all; \(problems.count) problems"
    }
}
