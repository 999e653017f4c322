import RecordingHost
import RecordingKit

/// What a ledger in memory knows of one source beside its recordings: passes, parts, listings under way.
struct SourceBook {
    struct Part {
        var label = ""
        var hasRanges = false
        var seenInRun: Int64 = 0
        var isSettled = false
        var state = PartState()
        var failures: [CoverageGap] = []
    }

    var pass: Pass?
    var foundAt: Timestamp?
    var parts: [UInt64: Part] = [:]

    mutating func finish(_ run: Int64, _ beganAt: Timestamp, _ ending: SourceEnding) {
        if ending.foundAllParts { foundAt = beganAt }
        if ending.retiresOthers { parts = parts.filter { $0.value.seenInRun >= run } }
        if ending.endsPass { pass = nil }
    }

    mutating func note(_ outcome: ListingOutcome) {
        var part = parts[outcome.part] ?? Part()
        part.label = outcome.label
        part.hasRanges = outcome.window != nil
        part.seenInRun = outcome.run
        part.isSettled = false
        let ended = outcome.failure == nil ? outcome.covered : outcome.window
        let touched = part.failures.filter { gap in
            guard let window = gap.window, let ended else { return gap.window == nil }
            return window.intersection(ended) != nil
        }
        part.failures.removeAll { touched.contains($0) }
        for gap in touched {
            for rest in ended.flatMap({ gap.window?.subtracting([$0]) }) ?? [] {
                part.failures.append(gap.moved(to: rest))
            }
        }
        if let failure = outcome.failure {
            part.failures.append(
                CoverageGap(
                    label: outcome.label,
                    window: outcome.window,
                    failure: failure,
                    attempts: (touched.map(\.attempts).max() ?? 0) + 1,
                    triedAt: outcome.finishedAt
                )
            )
        } else if let covered = outcome.covered {
            let range = CoveredRange(
                window: covered,
                readAt: outcome.readAt,
                run: outcome.run,
                recordings: outcome.recordings
            )
            for kind in outcome.kinds {
                part.state.coverage[kind, default: Coverage()].add(range, joiningReadBefore: outcome.firstRunOfPass)
            }
        } else {
            part.state.completeAt = outcome.readAt
            part.state.completeRun = outcome.run
            part.state.completeKinds = outcome.kinds
            part.state.recordings = outcome.recordings
        }
        parts[outcome.part] = part
    }

    mutating func note(_ part: SkippedPart) {
        parts[part.part]?.seenInRun = part.run
        parts[part.part]?.isSettled = part.isSettled
    }

    mutating func note(_ open: OpenListing) {
        var part = parts[open.name.part] ?? Part(label: open.listing.label, hasRanges: open.name.window != nil)
        var open = open
        if let index = part.state.openListings.firstIndex(where: { $0.name == open.name }) {
            open.details = part.state.openListings[index].details + open.details
            part.state.openListings[index] = open
        } else {
            part.state.openListings.append(open)
        }
        parts[open.name.part] = part
    }

    mutating func forget(_ detail: DetailKey) {
        guard
            let index = parts[detail.listing.part]?.state.openListings.firstIndex(where: { $0.name == detail.listing })
        else { return }
        parts[detail.listing.part]?.state.openListings[index].details.removeAll {
            $0.recordingID == detail.recordingID
        }
    }

    mutating func forget(_ name: ListingKey) {
        parts[name.part]?.state.openListings.removeAll { $0.name == name }
    }

    func coverage(_ kinds: [RecordKind], reachableFrom earliest: Timestamp?) -> SourceCoverage {
        let whole = parts.values.filter { !$0.hasRanges }
        let failed = whole.flatMap(\.failures).sorted { $0.label < $1.label }
        return SourceCoverage(
            kinds: kinds,
            foundAt: foundAt,
            reachableFrom: earliest,
            ranged: parts.values.filter(\.hasRanges).sorted { $0.label < $1.label }.map {
                RangedPart(label: $0.label, coverage: $0.state.coverage, failures: $0.failures)
            },
            whole: WholeParts(
                count: whole.count,
                completeAt: whole.filter { !$0.isSettled }.compactMap(\.state.completeAt).min(),
                isComplete: whole.allSatisfy { part in
                    part.state.completeAt != nil && kinds.allSatisfy(part.state.completeKinds.contains)
                },
                gaps: failed,
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
}
