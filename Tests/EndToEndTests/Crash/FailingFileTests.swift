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
        var sinks = [SinkKind.jsonLines]
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
        + otherSinks
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

    private static let otherSinks: [Trouble] = [
        ("csv", [SinkKind.csv], "/out/recordings.csv", "write"),
        ("sqlite", [SinkKind.sqlite], "/out/recordings.db", "pwrite"),
        ("gzip", [SinkKind.gzip], "/gzip/recordings.csv.gz", "write"),
    ]
    .flatMap { name, sinks, file, write in
        func point(_ mode: CrashPoint.Mode, _ call: Int, _ error: Int32, _ calls: [String]) -> CrashPoint {
            CrashPoint(mode: mode, call: call, errorNumber: error, calls: calls, files: file)
        }
        return [1, 3].map { call in
            Trouble(
                testDescription: "the disk is full at write \(call) of the \(name) sink",
                point: point(.full, call, ENOSPC, [write]),
                words: ["the disk is full", "free space and run again"],
                sinks: sinks
            )
        }
            + [1, 2].map { call in
                Trouble(
                    testDescription: "flush \(call) of the \(name) sink fails and all after it",
                    point: point(.fail, call, EIO, ["fsync"]),
                    words: ["recordings.", "check"],
                    sinks: sinks
                )
            } + [
                Trouble(
                    testDescription: "the file of the \(name) sink is mounted for reading only",
                    point: point(.fail, 1, EROFS, []),
                    words: ["recordings.", "check"],
                    sinks: sinks
                )
            ]
    }

    @Test("stops with exit code 1, says what to do, and the run after it puts everything right", arguments: troubles)
    func stops(trouble: Trouble) async throws {
        let job = CrashJob.tiny(trouble.sinks)
        let baseline = try await Baseline.of(job)
        try await CrashSite.with(job) { site in
            let first = try await site.sync(at: trouble.point)
            // Where the call that fails is the saving of a renewed token, that is what the code says.
            let isTokenLost = first.text.contains("token_not_saved")
            #expect(first.exitCode == (isTokenLost ? 77 : 1), "\(first.text)")
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
        let job = CrashJob.tiny(SinkKind.usual)
        let baseline = try await Baseline.of(job)
        let start = ContinuousClock.now
        let report = try await FailureSweep(job: job, baseline: baseline).run(step: 7) { call in
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
        return try states.flatMap { id, state -> [String] in
            if id.hasPrefix("sqlite:") {
                let commits = try DatabaseContent.commits(to: data.appending(path: "out/recordings.db"))
                let known = state.position.offsets["sequence"] ?? 0
                return commits >= known ? [] : ["\(id): \(commits) commits of \(known)"]
            }
            let folder = id.contains("gzip") ? "gzip" : "out"
            return state.position.offsets.compactMap { name, length in
                let file = data.appending(path: "\(folder)/\(name)").path
                let attributes = try? FileManager.default.attributesOfItem(atPath: file)
                let size = (attributes?[.size] as? NSNumber)?.int64Value ?? 0
                return size >= length ? nil : "\(id): \(name) holds \(size) of \(length)"
            }
        }
    }
}
