import RecordingHost
import RecordingKit

/// What a ledger in memory knows of one source beside its recordings: passes, parts, listings under way.
struct SourceBook {
    struct Part {
        var label: String
        var hasRanges: Bool
        var seenInRun: Int64
        var isSettled = false
        var completeAt: Timestamp?
        var completeRun: Int64 = 0
        var completeKinds: [RecordKind] = []
        var recordings = 0
        /// Why its last reading failed, for a part without ranges.
        var failure: CoverageGap?
    }

    var pass: Pass?
    var foundAt: Timestamp?
    /// The parts that the source has.
    var parts: [UInt64: Part] = [:]
    /// For which ranges parts were read; kept for parts that the source does not have any more, should they come back.
    var coverage: [UInt64: [RecordKind: Coverage]] = [:]
    var failedRanges: [UInt64: [CoverageGap]] = [:]
    var openListings: [UInt64: [OpenListing]] = [:]

    func state(of part: UInt64) -> PartState {
        PartState(
            coverage: coverage[part] ?? [:],
            completeAt: parts[part]?.completeAt,
            completeRun: parts[part]?.completeRun ?? 0,
            completeKinds: parts[part]?.completeKinds ?? [],
            recordings: parts[part]?.recordings ?? 0,
            openListings: openListings[part] ?? []
        )
    }

    mutating func finish(_ run: Int64, _ beganAt: Timestamp, _ ending: SourceEnding) {
        if ending.foundAllParts { foundAt = beganAt }
        if ending.retiresOthers {
            for (part, known) in parts where known.seenInRun < run {
                parts[part] = nil
                failedRanges[part] = nil
            }
            openListings = openListings.filter { parts[$0.key] != nil }
        }
        if let oldest = ending.forgetsListingsBefore {
            openListings = openListings.mapValues { $0.filter { $0.beganAt >= oldest } }
        }
        if ending.endsPass { pass = nil }
    }

    mutating func note(_ outcome: ListingOutcome) {
        var part =
            parts[outcome.part]
            ?? Part(label: outcome.label, hasRanges: outcome.window != nil, seenInRun: outcome.run)
        part.label = outcome.label
        part.hasRanges = outcome.window != nil
        part.seenInRun = outcome.run
        part.isSettled = false
        if outcome.window == nil {
            note(outcome, of: &part)
        } else {
            part.failure = nil
            noteRange(outcome)
        }
        parts[outcome.part] = part
    }

    private mutating func noteRange(_ outcome: ListingOutcome) {
        guard let ended = outcome.failure == nil ? outcome.covered : outcome.window else { return }
        let known = failedRanges[outcome.part] ?? []
        let touched = known.filter { $0.window?.intersection(ended) != nil }
        var gaps = known.filter { !touched.contains($0) }
        for gap in touched {
            gaps += (gap.window?.subtracting([ended]) ?? []).map { gap.moved(to: $0) }
        }
        if outcome.failure != nil {
            if !ended.isEmpty { gaps.append(gap(outcome, after: touched.map(\.attempts).max() ?? 0)) }
        } else {
            let range = CoveredRange(
                window: ended,
                readAt: outcome.readAt,
                run: outcome.run,
                recordings: outcome.recordings
            )
            for kind in outcome.kinds {
                coverage[outcome.part, default: [:]][kind, default: Coverage()].add(
                    range,
                    joiningReadBefore: outcome.firstRunOfPass,
                    settlesAfter: outcome.settlesAfter
                )
            }
        }
        failedRanges[outcome.part] = gaps.sorted { ($0.window?.from ?? .earliest) < ($1.window?.from ?? .earliest) }
    }

    private func note(_ outcome: ListingOutcome, of part: inout Part) {
        guard outcome.failure == nil else {
            part.failure = gap(outcome, after: part.failure?.attempts ?? 0)
            return
        }
        part.failure = nil
        part.completeAt = outcome.readAt
        part.completeRun = outcome.run
        part.completeKinds = outcome.kinds
        part.recordings = outcome.recordings
    }

    private func gap(_ outcome: ListingOutcome, after attempts: Int) -> CoverageGap {
        CoverageGap(
            label: outcome.label,
            window: outcome.window,
            failure: outcome.failure,
            attempts: attempts + 1,
            triedAt: outcome.finishedAt
        )
    }

    mutating func note(_ part: SkippedPart) {
        var known = parts[part.part] ?? Part(label: part.label, hasRanges: part.hasRanges, seenInRun: part.run)
        known.seenInRun = part.run
        known.isSettled = part.isSettled
        parts[part.part] = known
    }

    mutating func note(_ open: OpenListing) {
        var listings = openListings[open.name.part] ?? []
        var open = open
        if let index = listings.firstIndex(where: { $0.name == open.name }) {
            let added = Set(open.details.map(\.recordingID))
            open.details = listings[index].details.filter { !added.contains($0.recordingID) } + open.details
            open.listing = listings[index].listing
            open.beganAt = listings[index].beganAt
            listings[index] = open
        } else {
            listings.append(open)
        }
        openListings[open.name.part] = listings
    }

    mutating func forget(_ detail: DetailKey) {
        let part = detail.listing.part
        guard let index = openListings[part]?.firstIndex(where: { $0.name == detail.listing }) else { return }
        openListings[part]?[index].details.removeAll { $0.recordingID == detail.recordingID }
    }

    mutating func forget(_ name: ListingKey) { openListings[name.part]?.removeAll { $0.name == name } }

    func coverage(_ kinds: [RecordKind], reachableFrom earliest: Timestamp?) -> SourceCoverage {
        let whole = parts.values.filter { !$0.hasRanges }
        let failed = whole.compactMap(\.failure).sorted { $0.label < $1.label }
        return SourceCoverage(
            kinds: kinds,
            foundAt: foundAt,
            reachableFrom: earliest,
            ranged: parts.filter(\.value.hasRanges).sorted { $0.value.label < $1.value.label }.map { key, part in
                RangedPart(
                    label: part.label,
                    coverage: coverage[key] ?? [:],
                    failures: (failedRanges[key] ?? []).map { $0.labelled(part.label) }
                )
            },
            whole: WholeParts(
                count: whole.count,
                completeAt: whole.filter { !$0.isSettled }.compactMap(\.completeAt).min(),
                isComplete: whole.allSatisfy { part in kinds.allSatisfy(part.completeKinds.contains) },
                gaps: Array(failed.prefix(SourceCoverage.maximumGaps)),
                gapCount: failed.count
            )
        )
    }
}

extension CoverageGap {
    fileprivate func moved(to window: TimeWindow) -> CoverageGap {
        var gap = self
        gap.window = window
        return gap
    }

    fileprivate func labelled(_ label: String) -> CoverageGap {
        var gap = self
        gap.label = label
        return gap
    }
}
