import Foundation
import PlatformSimulator
import Testing

@Suite(
    "A program that dies while it gives a sink what it lacks",
    .serialized,
    .enabled(if: FaultShim.isAvailable, Comment(rawValue: FaultShim.explanation))
)
struct SinkChangeTests {
    /// What the platforms have of new and changed records, with the same times at every site.
    private static func change(_ simulator: PlatformSimulator) {
        for day in 1...3 {
            simulator.addLateRecording(startedAt: CrashJob.anchor - Int64(day) * 86_400, views: 0)
        }
        simulator.addAuditRows(2, egress: 1, at: CrashJob.anchor - 3_600)
    }

    private static func ready(_ result: Tool.Result) throws {
        guard result.exitCode == 0 else { throw SinkKind.Damage("a run before: \(result.text)") }
    }

    @Test("has everything once in sinks that joined after the first run")
    func joins() async throws {
        var job = CrashJob.tiny(SinkKind.usual)
        job.prepare = { site in
            try site.configure([.jsonLines])
            try Self.ready(try await site.sync())
            Self.change(site.simulator)
        }
        try await sweep("joins", job, step: 9)
    }

    @Test("has everything once in sinks that were left out of a run and came back")
    func comesBack() async throws {
        var job = CrashJob.tiny(SinkKind.usual)
        job.prepare = { site in
            try Self.ready(try await site.sync())
            Self.change(site.simulator)
            try site.configure([.jsonLines])
            try Self.ready(try await site.sync())
        }
        try await sweep("comes back", job, step: 5)
    }

    @Test("has everything once in series of files and compressed ones that joined after the first run")
    func specialSinksJoin() async throws {
        var job = CrashJob.tiny([.zstd, .rotatingZstd, .rotating])
        job.prepare = { site in
            try site.configure([.zstd])
            try Self.ready(try await site.sync())
        }
        try await sweep("special sinks join", job, step: 7)
    }

    @Test("takes back the sinks that it had after those that it was refused for")
    func refused() async throws {
        let other = SinkKind(name: "other", configuration: #"{ kind: "jsonl", directory: "data/other" }"#) { _ in [] }
        try await CrashSite.with(.tiny()) { site in
            let baseline = try await site.sync()
            let lines = try site.lines()
            #expect(baseline.exitCode == 0)
            try site.configure([other])
            let refused = try await site.sync()
            #expect(refused.exitCode == 78)
            try site.configure()
            let again = try await site.sync()
            #expect(again.exitCode == 0, "\(again.text)")
            let after = try site.lines()
            #expect(after == lines)
        }
    }

    private func sweep(_ name: String, _ job: CrashJob, step: Int) async throws {
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let report = try await CrashSweep(job: job, baseline: baseline).run(step: step) {
            CrashPoint(mode: .before, call: $0)
        }
        print(report.summary(name, since: start, baseline))
        #expect(report.problems == [])
        #expect(report.struck > baseline.calls.count / (4 * step))
    }
}
