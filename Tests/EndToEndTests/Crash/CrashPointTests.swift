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
        let calls = try await Baseline.of(.tiny()).calls.map {
            $0.split(separator: " ").dropFirst().prefix(2).joined(separator: " ")
        }
        for call in [
            "mkdir /out", "open /out/recordings.jsonl", "write /out/recordings.jsonl", "fsync /out/recordings.jsonl",
            "write /out/access_summaries.jsonl", "write /out/access_events.jsonl", "open /tapedeck.db",
            "open /tapedeck.db-wal", "pwrite /tapedeck.db-wal", "fsync /tapedeck.db-wal", "pwrite /tapedeck.db",
            "fsync /tapedeck.db", "unlink /tapedeck.db-wal",
        ] {
            #expect(calls.contains(call), "\(call)")
        }
        #expect(!calls.contains { $0.hasSuffix("-shm") })
    }

    @Test(
        "has everything once after the next run, wherever it was",
        arguments: [CrashPoint.Mode.before, .after, .torn, .power]
    )
    func everyCall(mode: CrashPoint.Mode) async throws {
        let job = CrashJob.tiny()
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let report = try await CrashSweep(job: job, baseline: baseline).run { call in
            CrashPoint(mode: mode, call: call, calls: mode == .torn ? CrashPoint.writes : [])
        }
        print(report.summary("every call, \(mode)", since: start, baseline))
        #expect(report.problems == [])
        #expect(report.struck > baseline.calls.count / 3)
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
