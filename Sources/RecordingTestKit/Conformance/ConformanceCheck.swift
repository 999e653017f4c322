import RecordingKit

/// One promise that every connector gives, and how it is put to the test.
public struct ConformanceCheck: Sendable {
    /// The name in reports, in `snake_case`.
    public let id: String
    /// What is promised, in one sentence.
    public let title: String
    let evaluate: @Sendable (ConformanceBench) async -> ConformanceReport.Outcome

    init(
        _ id: String,
        _ title: String,
        evaluate: @escaping @Sendable (ConformanceBench) async -> ConformanceReport.Outcome
    ) {
        self.id = id
        self.title = title
        self.evaluate = evaluate
    }

    /// All checks, in the order in which they are run.
    public static let all: [ConformanceCheck] = [
        .descriptionSound, .requestsRecorded, .followsEveryPage, .pagesHandedOver, .rawBytesKept, .unknownFieldsSurvive,
        .unknownStatusesSurvive, .emptyIsNotDeletion, .idsStableAndUnique, .sameInputSameOutput, .listingsResume,
        .windowRulesKept, .noCredentialSeen, .noCredentialEchoed, .labelsWithoutPersonalData, .metadataRunIsFree,
        .failuresLeftToTheHost, .cancellation, .malformedAnswers, .mediaOutcomes,
    ]
}

/// What the checks of one connector share: the connector, and what came of reading it undisturbed.
struct ConformanceBench: Sendable {
    let subject: ConformanceSubject
    let driver: ConnectorDriver
    let baseline: ConnectorRun
    /// What came of reading it undisturbed once more.
    let again: ConnectorRun
    /// The fields that differ between the two, so that other checks do not look at them.
    let unstableFields: Set<String>

    init(_ subject: ConformanceSubject) async {
        self.subject = subject
        driver = ConnectorDriver(subject: subject)
        baseline = await driver.run()
        again = await driver.run()
        unstableFields = zip(baseline.readings, again.readings).reduce(into: []) { names, pair in
            for (left, right) in zip(pair.0.fields, pair.1.fields) { names.formUnion(left.differences(from: right)) }
        }
    }

    /// What a check ends with when the connector cannot be read at all; nil when it was read.
    var obstacle: ConformanceReport.Outcome? {
        if baseline.setupFailure != nil { return .skipped("No source could be made of the settings.") }
        return baseline.recordings.isEmpty ? .skipped("No recording was read.") : nil
    }

    /// The listing's label, or another name for what a phase reads.
    func name(of phase: ReadingPhase) -> String {
        switch phase {
        case .check, .listings: phase.name
        case .recordings(let index):
            "recordings of listing \(index + 1) (\(baseline.listings.indices.contains(index) ? baseline.listings[index].label : ""))"
        case .accessEvents(let index): "accessEvents of recording \(index + 1)"
        case .media(let index): "media of recording \(index + 1)"
        }
    }

    /// The first and the last fetch of every kind: those at which a connector is disturbed.
    ///
    /// - Returns: each with its phase and its index within that phase.
    func samples(_ isWanted: (Fetch) -> Bool = { _ in true }) -> [(phase: ReadingPhase, index: Int, fetch: Fetch)] {
        struct Kind: Hashable {
            let phase: String
            let endpoint: String
            let isFirst: Bool
        }
        var positions: [ReadingPhase: Int] = [:]
        var seen: Set<Kind> = []
        var samples: [(phase: ReadingPhase, index: Int, fetch: Fetch)] = []
        for fetch in baseline.fetches {
            let index = positions[fetch.phase, default: 0]
            positions[fetch.phase] = index + 1
            let kind = Kind(phase: fetch.phase.name, endpoint: fetch.request.description, isFirst: fetch.page == 1)
            if isWanted(fetch), seen.insert(kind).inserted { samples.append((fetch.phase, index, fetch)) }
        }
        return samples
    }
}

extension ConformanceReport.Outcome {
    /// How many sentences of one check are shown.
    private static let mostSentences = 6

    /// Failed when there is any sentence, else passed.
    static func problems(_ sentences: [String]) -> Self {
        guard !sentences.isEmpty else { return .passed }
        let more = sentences.count - mostSentences
        return .failed(
            more > 0 ? sentences.prefix(mostSentences) + ["\(more) more of this kind."] : sentences
        )
    }
}
