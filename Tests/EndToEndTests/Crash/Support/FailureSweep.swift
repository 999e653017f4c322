import Synchronization

/// Lets every call of one job fail in turn, each in a run of its own.
struct FailureSweep: Sendable {
    let job: CrashJob
    let baseline: Baseline
    var concurrency = 4

    /// What came of it.
    struct Report: Sendable {
        /// Runs that did not end with exit code 0.
        var failed = 0
        /// Runs that ended with exit code 0 although a call had failed.
        var unharmed = 0
        var problems: [String] = []
    }

    /// Runs once for each call that the undisturbed run makes, or for each of some.
    func run(step: Int = 1, _ point: @escaping @Sendable (Int) -> CrashPoint) async throws -> Report {
        let calls = Array(stride(from: 1, through: baseline.calls.count, by: step))
        let report = Collected()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<concurrency {
                group.addTask {
                    for call in calls where call / step % concurrency == worker { try await visit(point(call), report) }
                }
            }
            try await group.waitForAll()
        }
        return report.value
    }

    private func visit(_ point: CrashPoint, _ report: Collected) async throws {
        try await CrashSite.with(job) { site in
            let first = try await site.sync(at: point)
            var problems: [String] = []
            if !first.endedProperly {
                problems.append("exit code \(first.exitCode ?? -1), signal \(first.signal ?? 0): \(first.text)")
            }
            problems += try await site.stateAhead()
            // A run that says that all is well is taken at its word.
            if first.exitCode == 0 { problems += try await baseline.problems(of: site, after: first) }
            problems += try await baseline.problems(of: site, after: site.sync())
            report.add(point, exitCode: first.exitCode, problems: problems)
        }
    }

    private final class Collected: Sendable {
        private let report = Mutex(Report())

        var value: Report { report.withLock { $0 } }

        func add(_ point: CrashPoint, exitCode: Int32?, problems: [String]) {
            report.withLock { report in
                if exitCode == 0 { report.unharmed += 1 } else { report.failed += 1 }
                report.problems += problems.map { "\(point): \($0)" }
            }
        }
    }
}

extension Tool.Result {
    /// Whether it ended well, or said what went wrong and what to do about it.
    var endedProperly: Bool {
        switch exitCode {
        case 0: true
        case 1: saysWhatToDo
        // A renewed token that could not be kept is a credential that is lost.
        case 77: text.contains("token_not_saved") && text.contains("Make the ledger writable")
        default: false
        }
    }

    private var saysWhatToDo: Bool {
        ["run again", "Check ", "check ", "free space", "choose another"].contains { text.contains($0) }
    }
}
