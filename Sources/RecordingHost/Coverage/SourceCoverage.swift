public import RecordingKit

/// For which ranges of time a whole source was read completely, and where not and why.
public struct SourceCoverage: Sendable, Hashable {
    /// The ranges in which every part was read for every kind that was asked about, ascending; open at the start where the
    /// platform is not asked for ranges.
    public var complete: [CompleteRange]
    /// What is missing, by part and range; at most ``maximumGaps``.
    public var gaps: [CoverageGap]
    /// How many gaps there are.
    public var gapCount: Int
    /// How many parts the source has.
    public var parts: Int

    /// How many gaps are listed one by one.
    public static let maximumGaps = 1_000

    /// Covers nothing.
    public init() {
        complete = []
        gaps = []
        gapCount = 0
        parts = 0
    }

    /// Works out what a source's parts have in common.
    ///
    /// - Parameters:
    ///   - kinds: the kinds of record that a range must have been read for.
    ///   - foundAt: when the last run began that found all parts; nil when none has. Nothing after it is claimed, because a part
    ///     that is not known may hold something there.
    ///   - earliest: how far back the platform can still be asked; what failed before that and before everything that was read is
    ///     not missing: the archive begins later.
    ///   - ranged: the parts that are read by range.
    ///   - whole: the parts that are read as a whole.
    package init(
        kinds: [RecordKind],
        foundAt: Timestamp?,
        reachableFrom earliest: Timestamp?,
        ranged: [RangedPart],
        whole: WholeParts
    ) {
        self.init()
        parts = ranged.count + whole.count
        gaps = whole.gaps
        gapCount = whole.gapCount
        for part in ranged {
            // A run reads up to a whole second: the fraction after it is not missing, it is the next run's.
            let found = part.gaps(for: kinds, from: earliest, until: foundAt?.wholeSeconds)
            gapCount += found.count
            gaps += found.prefix(max(0, SourceCoverage.maximumGaps - gaps.count))
        }
        guard let foundAt else { return }
        if ranged.isEmpty {
            guard whole.isComplete else { return }
            complete = [CompleteRange(from: nil, to: min(foundAt, whole.completeAt ?? foundAt))]
        } else if whole.isComplete {
            let end = min(foundAt, whole.completeAt ?? foundAt)
            var common = [TimeWindow(from: .earliest, to: end)]
            for part in ranged {
                for kind in kinds { common = TimeWindow.intersection(common, part.coverage[kind]?.joined ?? []) }
            }
            complete = common.map { CompleteRange(from: $0.from, to: $0.to) }
        }
    }
}

/// Something that is missing in the archive.
public struct CoverageGap: Sendable, Hashable {
    /// The part, as people are shown it.
    public var label: String
    /// The range that is missing; nil where the platform is not asked for ranges.
    public var window: TimeWindow?
    /// What the last attempt failed with; nil when there was none.
    public var failure: ListingFailure?
    /// How many attempts in a row have failed.
    public var attempts: Int
    /// When the last attempt ended.
    public var triedAt: Timestamp?

    /// Describes a gap.
    public init(
        label: String,
        window: TimeWindow?,
        failure: ListingFailure? = nil,
        attempts: Int = 0,
        triedAt: Timestamp? = nil
    ) {
        self.label = label
        self.window = window
        self.failure = failure
        self.attempts = attempts
        self.triedAt = triedAt
    }
}

/// A part of a source that is read by range.
package struct RangedPart: Sendable {
    package var label: String
    package var coverage: [RecordKind: Coverage]
    /// The ranges whose last reading failed.
    package var failures: [CoverageGap]

    package init(label: String, coverage: [RecordKind: Coverage], failures: [CoverageGap]) {
        self.label = label
        self.coverage = coverage
        self.failures = failures
    }

    /// What is missing between what the part was first read for and `end`, and what failed before.
    func gaps(for kinds: [RecordKind], from earliest: Timestamp?, until end: Timestamp?) -> [CoverageGap] {
        let covered = kinds.map { coverage[$0]?.joined ?? [] }
        let common = covered.dropFirst().reduce(covered.first ?? []) { TimeWindow.intersection($0, $1) }
        let begin = common.first?.from ?? .latest
        let failures = failures.filter { ($0.window?.to ?? .latest) > min(begin, earliest ?? .earliest) }
        let starts = (common + failures.compactMap(\.window)).map(\.from)
        let ends = (common + failures.compactMap(\.window)).map(\.to) + [end].compactMap { $0 }
        guard let first = starts.min(), let last = ends.max() else { return [] }
        return TimeWindow(from: first, to: last).subtracting(common).flatMap { describe($0, failures) }
    }

    /// Cuts what is missing into what failed, each with its reason, and what was never tried.
    private func describe(_ missing: TimeWindow, _ failures: [CoverageGap]) -> [CoverageGap] {
        let failed = failures.compactMap { failure -> (window: TimeWindow, gap: CoverageGap)? in
            guard let window = failure.window?.intersection(missing) else { return nil }
            var gap = failure
            gap.window = window
            return (window, gap)
        }
        let untried = missing.subtracting(failed.map(\.window)).map {
            (window: $0, gap: CoverageGap(label: label, window: $0))
        }
        return (failed + untried).sorted { $0.window.from < $1.window.from }.map(\.gap)
    }
}

/// The parts of a source that are read as a whole, summed up.
package struct WholeParts: Sendable {
    package var count: Int
    /// When the oldest of their last complete readings began, settled parts left out; nil when there is none.
    package var completeAt: Timestamp?
    /// Whether each was read completely at some time.
    package var isComplete: Bool
    /// Those whose last reading failed.
    package var gaps: [CoverageGap]
    package var gapCount: Int

    package init(count: Int, completeAt: Timestamp?, isComplete: Bool, gaps: [CoverageGap], gapCount: Int) {
        self.count = count
        self.completeAt = completeAt
        self.isComplete = isComplete
        self.gaps = gaps
        self.gapCount = gapCount
    }
}
