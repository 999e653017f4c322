import RawJSON
import RecordingHost
import RecordingKit

/// Runs jobs, each reading in a process of its own from platforms in another.
struct BenchRunner: Sendable {
    /// The program that reads.
    let tool: String
    /// The program that serves: this one.
    let server: String
    let scale: Double
    let folder: String
    /// The variables of this process, of which some are handed on.
    let environment: [String: String]
    let clock: any HostClock

    /// What one reading said and took.
    private struct Reading {
        var outcome: ProcessWatch.Outcome
        var counts: SyncCounts
    }

    /// Runs one round of one way of a job.
    ///
    /// - Returns: what it came to, and how many items there were.
    /// - Throws: ``CommandFailure`` when it cannot be run, or did not read everything.
    func run(_ job: BenchJob, _ variant: BenchVariant) async throws -> (sample: BenchSample, items: Int) {
        let place = try BenchFolder(in: folder)
        defer { place.remove() }
        let sources = variant.sources == 1 ? 1 : job.count(atScale: scale * variant.share)
        var port = 0
        if job.isRerun {
            (port, _) = try await withPlatforms(job, variant, in: place) { announcement in
                try write(BenchConfiguration(announcement: announcement, variant: variant, sources: sources), place)
                _ = try await read(variant, announcement, in: place)
                return announcement.port
            }
        }
        let ((reading, announcement), statistics) = try await withPlatforms(job, variant, port: port, in: place) {
            announcement in
            try write(BenchConfiguration(announcement: announcement, variant: variant, sources: sources), place)
            let reading = try await read(variant, announcement, in: place, isFirst: !job.isRerun)
            return (reading, announcement)
        }
        return (
            sample(of: reading, statistics, job, variant),
            items(of: job, announcement, sources: sources)
        )
    }

    /// Serves the platforms of a job while `body` runs, and returns what they have seen.
    func withPlatforms<Result>(
        _ job: BenchJob,
        _ variant: BenchVariant,
        port: Int = 0,
        in place: BenchFolder,
        _ body: (BenchAnnouncement) async throws -> Result
    ) async throws -> (Result, BenchServerStatistics) {
        let platforms = try await ServedPlatforms.start(
            job,
            scale: scale * variant.share,
            executable: server,
            port: port,
            folder: place.path,
            clock: clock
        )
        let result: Result
        do {
            result = try await body(platforms.announcement)
        } catch {
            platforms.kill()
            throw error
        }
        return (result, try await platforms.stop())
    }

    private func items(of job: BenchJob, _ announcement: BenchAnnouncement, sources: Int) -> Int {
        switch job.shape {
        case .media: 0
        case .scheduling: max(sources, job.count(atScale: scale))
        default: announcement.recordings
        }
    }

    private func sample(
        of reading: Reading,
        _ statistics: BenchServerStatistics,
        _ job: BenchJob,
        _ variant: BenchVariant
    ) -> BenchSample {
        let outcome = reading.outcome
        return BenchSample(
            wallSeconds: outcome.wallSeconds,
            cpuSeconds: outcome.cpuSeconds,
            peakBytes: outcome.peakBytes,
            firstRecordSeconds: outcome.firstBytesSeconds,
            written: reading.counts.written,
            requests: statistics.requests,
            tooManyRequests: statistics.tooManyRequests,
            serverCPUSeconds: statistics.cpuSeconds,
            idealSeconds: job.shape.idealSeconds(
                forRequests: statistics.requests - statistics.tooManyRequests,
                concurrency: variant.concurrency
            )
        )
    }

    private func write(_ configuration: BenchConfiguration, _ place: BenchFolder) throws {
        do {
            try FileAccess.system.overwrite("\(place.path)/tapedeck.json5", Array(configuration.text.utf8))
        } catch {
            let reason = (error as? FileAccess.Failure)?.reason ?? "unknown reason"
            throw CommandFailure(exitCode: .failed, message: "\(place.path) cannot be written to: \(reason).")
        }
    }

    /// Runs `sync`, and fails when it did not read everything.
    ///
    /// - Parameter isFirst: whether there are no files yet.
    private func read(
        _ variant: BenchVariant,
        _ announcement: BenchAnnouncement,
        in place: BenchFolder,
        isFirst: Bool = true
    ) async throws -> Reading {
        let credentials = BenchConfiguration(announcement: announcement, variant: variant, sources: 1).environment
        let launch = ChildProcess.Launch(
            path: tool,
            arguments: ["sync", "--json", "--config", "\(place.path)/tapedeck.json5", "--log-level", "error"],
            environment: credentials.merging(kept) { $1 },
            outputFile: "\(place.path)/sync.out",
            errorFile: "\(place.path)/sync.err"
        )
        let watch = ProcessWatch(clock: clock)
        let outcome = try await watch.run(launch, watching: isFirst ? "\(place.path)/out/recordings.jsonl" : nil)
        let output = (try? FileAccess.system.read(launch.outputFile, 64 << 20)) ?? []
        let counts = (try? JSONDocument(parsing: output)).flatMap { SyncCounts($0.root) }
        guard outcome.status == 0, let counts, counts.recordings == announcement.recordings else {
            throw Self.failure(of: outcome, counts, announcement, errors: launch.errorFile)
        }
        return Reading(outcome: outcome, counts: counts)
    }

    /// What programs need to run at all.
    private var kept: [String: String] {
        environment.filter { ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"].contains($0.key) }
    }

    private static func failure(
        of outcome: ProcessWatch.Outcome,
        _ counts: SyncCounts?,
        _ announcement: BenchAnnouncement,
        errors: String
    ) -> CommandFailure {
        let text = (try? FileAccess.system.readStart(errors, 400)) ?? []
        let said = String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)
        let found = counts.map { "\($0.recordings) of \(announcement.recordings) recordings" } ?? "nothing"
        return CommandFailure(
            exitCode: .failed,
            message: "The reading ended with \(outcome.status) and \(found)\(said.isEmpty ? "." : ": \(said)")"
        )
    }
}

/// What `sync --json` says that it read, over all sources.
struct SyncCounts: Sendable, Hashable {
    var recordings = 0
    /// Records of all kinds.
    var written = 0

    init?(_ value: JSONValue) {
        guard let sources = value["sources"] else { return nil }
        for source in sources.elements {
            recordings += Int(source["counts"]?["recordings"]?.integer ?? 0)
            guard let kinds = source["counts"]?["written"] else { continue }
            for (_, count) in kinds.members { written += Int(count.integer ?? 0) }
        }
    }
}
