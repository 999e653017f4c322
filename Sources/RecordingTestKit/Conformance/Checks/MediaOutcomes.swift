import RecordingKit

extension ConformanceCheck {
    /// Reading everything but files leaves no trace on the platform.
    public static let metadataRunIsFree = ConformanceCheck(
        "metadata_run_is_free",
        "Nothing but asking for files leaves entries in the customer's audit trail, and each of those is declared."
    ) { bench in
        let fetches = bench.baseline.fetches
        let costly = Set(fetches.filter { !$0.phase.isMetadata && $0.request.auditCost > 0 }.map(\.request.description))
        var problems = fetches.filter { fetch in
            fetch.phase.isMetadata && (fetch.request.auditCost > 0 || costly.contains(fetch.request.description))
        }
        .map { "\(bench.name(of: $0.phase)) sends \($0.request), which leaves an entry in the audit trail." }
        let declared = bench.subject.descriptor.media?.auditCost ?? 0
        for reading in bench.baseline.readings where !reading.phase.isMetadata {
            let cost = bench.baseline.fetches(in: reading.phase).reduce(0) { $0 + $1.request.auditCost }
            if cost != declared {
                problems.append(
                    "Asking for one recording's files costs \(cost) entries where \(declared) are declared."
                )
            }
        }
        return .problems(problems.removingRepeats)
    }

    /// Files that cannot be had are an answer, and links are links.
    public static let mediaOutcomes = ConformanceCheck(
        "media_outcomes",
        "Links to files are whole, and a file that is gone or forbidden is an answer that is returned."
    ) { bench in
        guard bench.subject.descriptor.produces.contains(.media) else {
            return .skipped("The connector does not read media.")
        }
        let readings = bench.baseline.readings.filter { $0.media != nil }
        guard let first = readings.first else { return .skipped("The fixtures hold no media.") }
        var problems = readings.flatMap { reading in
            MediaProblems.of(reading).map { "\(bench.name(of: reading.phase)) \($0)" }
        }
        for (code, status) in [(TapedeckError.Code.notFound, 404), (.gone, 410), (.forbidden, 403)] {
            var failure = TapedeckError(code, "The file cannot be had.")
            failure.status = status
            let run = await bench.driver.run(
                first.phase,
                of: bench.baseline,
                Interference(failure: { [failure] in $0 == 0 ? failure : nil })
            )
            switch run.reading(first.phase)?.media {
            case .forbidden, .gone, .pending: break
            case .available: problems.append("After \(code), media are available.")
            case nil: problems.append("After \(code), media throws in place of answering.")
            }
        }
        return .problems(problems)
    }
}

private enum MediaProblems {
    static func of(_ reading: ConnectorRun.Reading) -> [String] {
        guard case .available(let links)? = reading.media else {
            return reading.media?.reason?.isEmpty == true ? ["gives no reason."] : []
        }
        var problems: [String] = []
        if links.isEmpty { problems.append("is available without a link.") }
        if Set(links.map(\.rendition)).count < links.count { problems.append("names a rendition twice.") }
        if links.contains(where: \.rendition.isEmpty) { problems.append("has a rendition without a name.") }
        if links.contains(where: { HTTPURL($0.url) == nil }) { problems.append("has a link that is no URL.") }
        return problems
    }
}
