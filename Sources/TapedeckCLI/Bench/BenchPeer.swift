import RecordingHost

/// Another program that fetches the file of a job, to hold this one against.
struct BenchPeer: Sendable, Hashable {
    /// What it is called in the results.
    let name: String
    /// The programs that it needs, by name.
    let programs: [String]
    /// What a shell runs, with the address as `$1` and the file to write as `$2`; the programs follow as `$3` and on.
    let script: String

    /// Storing a file, and storing and hashing it.
    static let all = [
        BenchPeer(name: "curl", programs: ["curl"], script: "exec \"$3\" -sSf -o \"$2\" \"$1\""),
        BenchPeer(
            name: "curl + sha256sum",
            programs: ["curl", "sha256sum"],
            script: "\"$3\" -sSf -o \"$2\" \"$1\" && \"$4\" \"$2\" >\"$2.sha256\""
        ),
    ]

    /// Where a program is, along the variable `PATH`; nil when it is not there.
    static func path(of program: String, environment: [String: String], files: FileAccess) -> String? {
        let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(program)" }.first { files.kind($0) == .file && files.isExecutable($0) }
    }

    /// Fetches the file once; nil when one of the programs is not there.
    func run(_ job: BenchJob, _ runner: BenchRunner) async throws -> BenchSample? {
        let paths = programs.compactMap {
            Self.path(of: $0, environment: runner.environment, files: .system)
        }
        guard paths.count == programs.count else { return nil }
        let place = try BenchFolder(in: runner.folder)
        defer { place.remove() }
        let variant = BenchVariant(reads: [])
        let (outcome, statistics) = try await runner.withPlatforms(job, variant, in: place) { announcement in
            guard let file = announcement.file else {
                throw CommandFailure(exitCode: .failed, message: "The job has no file.")
            }
            let target = "\(place.path)/file"
            let launch = ChildProcess.Launch(
                path: "/bin/sh",
                arguments: ["-c", script, "sh", file.url, target] + paths,
                environment: [:],
                outputFile: "\(place.path)/peer.out",
                errorFile: "\(place.path)/peer.err"
            )
            let outcome = try await ProcessWatch(clock: runner.clock).run(launch, watching: target)
            guard outcome.status == 0, (try? FileStatus.of(target))?.size == Int64(file.bytes) else {
                throw CommandFailure(exitCode: .failed, message: "\(name) ended with \(outcome.status).")
            }
            return outcome
        }
        return BenchSample(
            wallSeconds: outcome.wallSeconds,
            cpuSeconds: outcome.cpuSeconds,
            // Of several programs, the system tells the most that one of them held, the shell among them.
            peakBytes: programs.count == 1 ? outcome.peakBytes : nil,
            firstRecordSeconds: nil,
            serverCPUSeconds: statistics.cpuSeconds
        )
    }
}
