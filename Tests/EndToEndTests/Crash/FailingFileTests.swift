import Foundation
import RecordingHost
import SQLiteStore
import Testing

@Suite(
    "A program whose files fail",
    .serialized,
    .enabled(if: FaultShim.isAvailable, Comment(rawValue: FaultShim.explanation))
)
struct FailingFileTests {
    /// Something that goes wrong, and what people must be told.
    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let point: CrashPoint
        let words: [String]
    }

    private static let creating = ["open", "mkdir"]

    private static let troubles: [Trouble] =
        [1, 2, 9].map { call in
            Trouble(
                testDescription: "the disk is full at the sink's write \(call)",
                point: CrashPoint(mode: .full, call: call, calls: CrashPoint.writes, files: "/out/"),
                words: ["the disk is full", "free space and run again"]
            )
        }
        + [1, 12, 40, 90].map { call in
            Trouble(
                testDescription: "the disk is full at the ledger's write \(call)",
                point: CrashPoint(mode: .full, call: call, calls: CrashPoint.writes, files: "/tapedeck.db-wal"),
                words: ["the disk is full", "free space and run again"]
            )
        } + [
            Trouble(
                testDescription: "the disk is too full to make the sink's files",
                point: CrashPoint(mode: .fail, call: 1, calls: creating, files: "/out/"),
                words: ["the disk is full", "free space and run again"]
            ),
            Trouble(
                testDescription: "the folder is mounted for reading only",
                point: CrashPoint(mode: .fail, call: 1, errorNumber: EROFS),
                words: ["check"]
            ),
            Trouble(
                testDescription: "the sink's folder is mounted for reading only",
                point: CrashPoint(mode: .fail, call: 1, errorNumber: EROFS, files: "/out"),
                words: ["check"]
            ),
            Trouble(
                testDescription: "the sink's folder belongs to somebody else",
                point: CrashPoint(mode: .fail, call: 1, errorNumber: EACCES, calls: creating, files: "/out/"),
                words: ["check the owner and permissions"]
            ),
        ]
        + [1, 4].flatMap { call in
            [1, 0].flatMap { times in
                ["write", "fsync"].map { name in
                    Trouble(
                        testDescription: "the sink's \(name) \(call) fails \(times == 1 ? "once" : "and all after it")",
                        point: CrashPoint(
                            mode: .fail,
                            call: call,
                            times: times,
                            errorNumber: EIO,
                            calls: [name],
                            files: "/out/recordings.jsonl"
                        ),
                        words: ["recordings.jsonl failed", "check"]
                    )
                }
            }
        }
        + [1, 30].flatMap { call in
            [1, 0].map { times in
                Trouble(
                    testDescription: "the ledger's write \(call) fails \(times == 1 ? "once" : "and all after it")",
                    point: CrashPoint(
                        mode: .fail,
                        call: call,
                        times: times,
                        errorNumber: EIO,
                        calls: CrashPoint.writes,
                        files: "/tapedeck.db-wal"
                    ),
                    words: ["the disk or the file system reported an error", "run again"]
                )
            }
        }

    @Test("stops with exit code 1, says what to do, and the run after it puts everything right", arguments: troubles)
    func stops(trouble: Trouble) async throws {
        let job = CrashJob.tiny()
        let baseline = try await Baseline.of(job)
        try await CrashSite.with(job) { site in
            let first = try await site.sync(at: trouble.point)
            #expect(first.exitCode == 1, "\(first.text)")
            for word in trouble.words { #expect(first.text.localizedCaseInsensitiveContains(word), "\(first.text)") }
            #expect(try await site.stateAhead() == [])
            let again = try await site.sync()
            #expect(try await baseline.problems(of: site, after: again) == [])
        }
    }

    @Test(
        "at any single call ends in words or does no harm, and the run after it puts everything right",
        arguments: [EIO]
    )
    func anyCall(errorNumber: Int32) async throws {
        let job = CrashJob.tiny()
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let report = try await FailureSweep(job: job, baseline: baseline).run { call in
            CrashPoint(mode: .fail, call: call, times: 1, errorNumber: errorNumber)
        }
        print("failing calls: \(report.failed) failed, \(report.unharmed) unharmed, \(ContinuousClock.now - start)")
        #expect(report.problems == [])
    }
}

extension CrashSite {
    /// Files of the sinks that are shorter than the ledger says; those would be state ahead of the sinks.
    func stateAhead() async throws -> [String] {
        let path = data.appending(path: "tapedeck.db").path
        guard let ledger = try? SQLiteLedger.openForReading(path: path) else { return [] }
        let states = try await ledger.sinkStates()
        await ledger.close()
        return states.filter { $0.key.hasPrefix("jsonl:") }.flatMap { id, state in
            state.position.offsets.compactMap { name, length in
                let file = data.appending(path: "out/\(name)").path
                let attributes = try? FileManager.default.attributesOfItem(atPath: file)
                let size = (attributes?[.size] as? NSNumber)?.int64Value ?? 0
                return size >= length ? nil : "\(id): \(name) holds \(size) of \(length)"
            }
        }
    }
}
