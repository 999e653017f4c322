import RecordingKit

extension ConformanceCheck {
    /// The connector's description of itself contradicts nothing.
    public static let descriptionSound = ConformanceCheck(
        "description_sound",
        "The connector's description of itself is whole and contradicts nothing."
    ) { bench in
        let descriptor = bench.subject.descriptor
        // Only of a type that is compiled in does what it can do say what it means to do.
        let isCompiledIn = bench.subject.entry.origin.route == .compiledIn
        let settings = descriptor.settings.parse(bench.subject.settings).settings
        let source = isCompiledIn ? try? bench.subject.entry.makeSource(settings) : nil
        var problems = ConnectorConformance.problems(
            in: descriptor,
            reportsAccess: source.map { $0 is any AccessReporting },
            providesMedia: source.map { $0 is any MediaProviding }
        )
        if let failure = bench.baseline.setupFailure {
            let reason = (failure as? TapedeckError)?.reason ?? problem(of: failure)
            problems.append("No source can be made of the fixtures' settings: \(reason)")
        }
        return .problems(problems)
    }

    /// Everything that the connector asks for is in the fixtures.
    public static let requestsRecorded = ConformanceCheck(
        "requests_recorded",
        "Everything that the connector asks for is recorded, and reading it fails nowhere."
    ) { bench in
        let failures = bench.baseline.readings.compactMap { reading in
            reading.failure.map { "\(bench.name(of: reading.phase)) ended with \(account(of: $0))" }
        }
        return .problems(bench.baseline.unrecorded + failures)
    }
}
