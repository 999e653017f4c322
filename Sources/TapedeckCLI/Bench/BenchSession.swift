import RecordingHost

/// Runs the jobs that were chosen, one after another, and collects what they come to.
struct BenchSession: Sendable {
    /// Each start-up takes a few hundredths of a second.
    private static let startUps = 10

    let runner: BenchRunner
    let rounds: Int
    let console: Console

    /// Runs everything; what cannot be measured is in the report with the reason.
    func run(_ jobs: [BenchJob], _ conditions: BenchReport.Conditions) async throws -> BenchReport {
        var report = BenchReport(conditions: conditions, startUp: try await startUp())
        for job in jobs {
            for variant in BenchVariant.all(of: job) {
                report.measurements += try await measure(job, variant)
            }
        }
        return report
    }

    private func startUp() async throws -> BenchMeasurement {
        let place = try BenchFolder(in: runner.folder)
        defer { place.remove() }
        var measurement = BenchMeasurement(job: "start-up", variant: "", items: 0)
        let launch = ChildProcess.Launch(
            path: runner.tool,
            arguments: ["--version"],
            environment: [:],
            outputFile: "\(place.path)/out",
            errorFile: "\(place.path)/err"
        )
        for _ in 0..<Self.startUps {
            let outcome = try await ProcessWatch(clock: runner.clock).run(launch)
            guard outcome.status == 0 else {
                measurement.failure = "\(runner.tool) --version ended with \(outcome.status)."
                break
            }
            measurement.samples.append(
                BenchSample(
                    wallSeconds: outcome.wallSeconds,
                    cpuSeconds: outcome.cpuSeconds,
                    peakBytes: outcome.peakBytes
                )
            )
        }
        return measurement
    }

    /// All rows of one way of a job.
    private func measure(_ job: BenchJob, _ variant: BenchVariant) async throws -> [BenchMeasurement] {
        var own = BenchMeasurement(job: job.name, variant: variant.label, items: 0)
        if job.shape == .scheduling { own.unit = "listing" }
        do {
            try requireRoom(for: job, variant)
            var ceiling = BenchMeasurement(job: job.name, variant: variant.label, items: 0)
            ceiling.program = BenchMeasurement.simulator
            var peers = job.shape == .media ? BenchPeer.all.map { peer(job, $0) } : []
            for round in 1...max(rounds, 1) {
                announce(own, round)
                for index in peers.indices {
                    if let sample = try await BenchPeer.all[index].run(job, runner) {
                        peers[index].samples.append(sample)
                    } else {
                        peers[index].failure = "It is not installed."
                    }
                }
                var (sample, items) = try await runner.run(job, variant)
                if let curl = peers.first?.samples.last { sample.idealSeconds = curl.wallSeconds }
                own.items = items
                own.samples.append(sample)
                if let (sample, items) = try await BenchCeiling(runner: runner).run(job, variant) {
                    ceiling.items = items
                    ceiling.samples.append(sample)
                }
            }
            return [own] + peers + (ceiling.samples.isEmpty ? [] : [ceiling])
        } catch let failure as CommandFailure {
            own.failure = failure.message
            own.samples = []
            return [own]
        }
    }

    private func peer(_ job: BenchJob, _ peer: BenchPeer) -> BenchMeasurement {
        var measurement = BenchMeasurement(job: job.name, variant: "", items: 0)
        measurement.program = peer.name
        return measurement
    }

    private func announce(_ measurement: BenchMeasurement, _ round: Int) {
        let variant = measurement.variant.isEmpty ? "" : ", \(measurement.variant)"
        let rounds = rounds > 1 ? ", round \(round) of \(rounds)" : ""
        console.log(.info, "\(measurement.job)\(variant)\(rounds) …")
    }

    private func requireRoom(for job: BenchJob, _ variant: BenchVariant) throws(CommandFailure) {
        let needed = job.bytesOnDisk(atScale: runner.scale * variant.share)
        guard let room = RecordingHost.FilePath.freeSpace(runner.folder), room < needed else { return }
        throw CommandFailure(
            exitCode: .failed,
            message: "It needs about \(ByteText.format(Int64(needed))) in \(runner.folder), where there are "
                + "\(ByteText.format(room)). Name another folder with --directory."
        )
    }
}

extension BenchJob {
    /// About how much a run leaves on the disk until it is cleared away.
    func bytesOnDisk(atScale scale: Double) -> Int {
        let count = count(atScale: scale)
        return switch shape {
        case .media: 2 * count
        case .summaries: 1_200 * count
        default: 5_000 * count
        }
    }
}
