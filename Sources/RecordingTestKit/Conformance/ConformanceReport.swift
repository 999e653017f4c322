import RecordingKit

/// How a connector did in the checks that it was put to.
public struct ConformanceReport: Sendable {
    /// How one check ended.
    public enum Outcome: Sendable, Hashable {
        /// Nothing is wrong.
        case passed
        /// What is wrong, one sentence each; never empty.
        case failed([String])
        /// Why there was nothing to check.
        case skipped(String)
    }

    /// One check and how it ended.
    public struct Result: Sendable {
        /// The check's id.
        public let id: String
        /// What the check is about, in one sentence.
        public let title: String
        /// How it ended.
        public let outcome: Outcome
    }

    /// The connector's id.
    public let connector: String
    /// How many recordings it read when nothing disturbed it.
    public let recordings: Int
    /// How many access events it read when nothing disturbed it.
    public let accessEvents: Int
    /// One result for each check, in order.
    public let results: [Result]

    /// The checks that failed.
    public var failures: [Result] {
        results.filter {
            if case .failed = $0.outcome { true } else { false }
        }
    }

    /// Whether no check failed.
    public var isPassed: Bool { failures.isEmpty }

    /// How the check with this id ended; nil when it was not run.
    public subscript(id: String) -> Outcome? { results.first { $0.id == id }?.outcome }

    /// One line for each sentence of a failed check, with its id; empty when none failed.
    public var problems: [String] {
        results.flatMap { result in
            guard case .failed(let sentences) = result.outcome else { return [String]() }
            return sentences.map { "\(result.id): \($0)" }
        }
    }
}

extension ConformanceSubject {
    /// Puts the connector to the checks, one after another.
    ///
    /// Every run is answered anew, on a clock that jumps over every wait.
    ///
    /// - Parameters:
    ///   - checks: default all.
    ///   - onResult: told of each result as soon as it is there.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func examine(
        _ checks: [ConformanceCheck] = ConformanceCheck.all,
        onResult: (ConformanceReport.Result) -> Void = { _ in }
    ) async throws -> ConformanceReport {
        let bench = await ConformanceBench(self)
        var results: [ConformanceReport.Result] = []
        for check in checks {
            let outcome = await check.evaluate(bench)
            try Task.checkCancellation()
            let result = ConformanceReport.Result(id: check.id, title: check.title, outcome: outcome)
            onResult(result)
            results.append(result)
        }
        return ConformanceReport(
            connector: descriptor.id,
            recordings: bench.baseline.recordings.count,
            accessEvents: bench.baseline.events.count,
            results: results
        )
    }
}
