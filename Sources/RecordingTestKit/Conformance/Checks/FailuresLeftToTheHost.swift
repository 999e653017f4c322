import RecordingHost
import RecordingKit

extension ConformanceCheck {
    /// Failures of requests are let through.
    public static let failuresLeftToTheHost = ConformanceCheck(
        "failures_left_to_the_host",
        "A request that fails is neither repeated nor passed over: its failure comes out as it went in."
    ) { bench in
        var problems: [String] = []
        for (code, status) in [(TapedeckError.Code.unauthorized, 401), (.rateLimited, 429), (.serverError, 503)] {
            var failure = TapedeckError(code, "The request was made to fail.")
            failure.status = status
            for sample in bench.samples() {
                let run = await bench.driver.run(
                    sample.phase,
                    of: bench.baseline,
                    Interference(failure: { [failure] in $0 == sample.index ? failure : nil })
                )
                let name = "When page \(sample.fetch.page) of \(sample.fetch.request) fails with \(code),"
                guard let reading = run.reading(sample.phase) else { continue }
                if !reading.carries(failure, listings: run.listings) {
                    problems.append(
                        "\(name) \(sample.phase.name) \(reading.failure.map { "throws \(problem(of: $0))" } ?? "returns")."
                    )
                }
                if run.fetches.indices.contains(sample.index),
                    run.fetches[(sample.index + 1)...].contains(where: { $0.asks(forTheSameAs: sample.fetch) })
                {
                    problems.append("\(name) \(sample.phase.name) sends it again.")
                }
            }
        }
        return .problems(problems)
    }

    /// A run that is stopped stops.
    public static let cancellation = ConformanceCheck(
        "cancellation",
        "Cancelling ends a method at once with an error, and so does what taking a page over throws."
    ) { bench in
        var problems: [String] = []
        for sample in bench.samples() {
            let run = await bench.driver.run(
                sample.phase,
                of: bench.baseline,
                Interference(cancelledFetch: sample.index)
            )
            guard let reading = run.reading(sample.phase) else { continue }
            let name = "Cancelled at page \(sample.fetch.page) of \(sample.fetch.request), \(sample.phase.name)"
            if reading.failure == nil { problems.append("\(name) returns as if all were read.") }
            if run.fetches.count > sample.index + 1 { problems.append("\(name) goes on asking.") }
        }
        for reading in bench.baseline.readings where reading.hasHandedOver(bench.baseline) {
            let run = await bench.driver.run(reading.phase, of: bench.baseline, Interference(refusal: Refusal()))
            if !(run.reading(reading.phase)?.failure is Refusal) {
                problems.append("\(bench.name(of: reading.phase)) keeps back what taking a page over throws.")
            }
        }
        return .problems(problems.removingRepeats)
    }
}

/// What taking a page over throws.
private struct Refusal: Error {}

extension Fetch {
    /// Whether it is the same page of the same request.
    fileprivate func asks(forTheSameAs other: Fetch) -> Bool {
        phase == other.phase && page == other.page && request.texts == other.request.texts
    }
}

extension ConnectorRun.Reading {
    /// Whether a failure came out: thrown, or as the reason of a part that cannot be read.
    fileprivate func carries(_ failure: TapedeckError, listings: [Listing]) -> Bool {
        if let thrown = self.failure { return (thrown as? TapedeckError)?.code == failure.code }
        return phase == .listings && listings.contains { $0.failure?.code == failure.code }
    }

    /// Whether it handed anything over.
    fileprivate func hasHandedOver(_ run: ConnectorRun) -> Bool {
        phase == .listings ? !run.listings.isEmpty : !recordings.isEmpty || !events.isEmpty
    }
}
