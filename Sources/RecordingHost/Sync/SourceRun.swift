import RecordingKit

/// Reads one source: finds its listings, reads as many at once as its limits allow, and sums up how it ended.
struct SourceRun: Sendable {
    let reader: ListingReader
    let window: TimeWindow
    /// The range that the run was narrowed to, wherever the platform's horizon is.
    let asked: TimeWindow
    let rules: WindowRules
    let concurrency: Int
    /// The first run of the pass that this run is part of.
    let firstRunOfPass: Int64
    /// Whether a part that is not found is gone; false when the run was asked for some time only.
    let asksForAllTime: Bool

    /// After this many parts in a row that failed because the platform does not answer, the rest is not tried.
    private static let outagesThatEndTheSource = 8
    /// After this many parts that were all refused, the rest is not tried.
    private static let refusalsThatEndTheSource = 8
    /// How many parts that need no reading are noted together.
    private static let skippedPartsAtOnce = 500

    private struct Tally {
        var underWay = 0
        var outages = 0
        var ending: (any Error)?
        /// A refusal (403) that ends the source unless something can be read after all.
        var refusal: (any Error)?
        var refusals = 0
        var failures: [ListingFailure] = []
        var foundAllParts = false
        /// Whether the ledger could not be told how a part ended, so that a part that it did not hear of is not gone.
        var hasLostNotes = false
        var wasStopped = false
        var hasCompleted = false
        var skipped: [SkippedPart] = []
        /// The ranges that this run reads or has read, of the parts that have ranges.
        var claimed: [UInt64: [TimeWindow]] = [:]
    }

    private typealias Group = TaskGroup<ListingReader.Result>

    private var source: String { reader.origin.source }
    private var kinds: [RecordKind] { RecordKind.all.filter(reader.origin.reads.contains) }

    /// Reads the source to its end; never throws.
    func run() async -> SourceEnding {
        var tally = Tally()
        await withTaskGroup(of: ListingReader.Result.self) { group in
            do {
                var isWhole = true
                var hasParts = false
                try await reader.source.listings(in: window, api: reader.api) { listing in
                    isWhole = isWhole && listing.failure == nil
                    hasParts = true
                    try await begin(listing, &tally, &group)
                }
                // That a narrow range has no part does not show that the source has none.
                tally.foundAllParts = isWhole && (hasParts || asksForAllTime)
            } catch {
                note(error, &tally)
                if tally.ending != nil { group.cancelAll() }
            }
            while let result = await group.next() {
                // What ends the source was noted; the parts that were cut off by it still have to be counted.
                try? await settle(result, &tally, &group)
            }
        }
        await noteSkipped(&tally)
        return ending(tally)
    }

    /// Begins what is to be done for a listing that was found.
    private func begin(_ listing: Listing, _ tally: inout Tally, _ group: inout Group) async throws {
        let part = ContentHash.hash(listing.key)
        var plan = ListingPlanner.Plan(steps: [.read(listing)])
        if listing.failure == nil {
            let planner = ListingPlanner(
                firstRunOfPass: firstRunOfPass,
                kinds: kinds,
                rules: rules,
                now: reader.clock.now,
                asked: asked
            )
            let state = try await reader.recorder.partState(part, of: source)
            plan = planner.plan(listing, state, claimed: tally.claimed[part] ?? [])
        }
        if !plan.reads {
            tally.skipped.append(
                SkippedPart(
                    source: source,
                    part: part,
                    label: listing.label,
                    hasRanges: listing.window != nil,
                    run: reader.origin.run,
                    isSettled: plan.isSettled
                )
            )
            if tally.skipped.count >= SourceRun.skippedPartsAtOnce { await noteSkipped(&tally) }
        }
        for step in plan.steps {
            if case .drop(let name) = step {
                try await reader.recorder.note { $0.droppedListings.append(name) }
                continue
            }
            while tally.underWay >= limit(tally), let result = await group.next() {
                try await settle(result, &tally, &group)
            }
            try Task.checkCancellation()
            switch step {
            case .read(let listing):
                if let window = listing.window { tally.claimed[part, default: []].append(window) }
                group.addTask { await reader.read(listing) }
            case .resume(let open):
                if let window = open.name.window { tally.claimed[part, default: []].append(window) }
                group.addTask { await reader.resume(open) }
            case .drop: continue
            }
            tally.underWay += 1
        }
    }

    private func noteSkipped(_ tally: inout Tally) async {
        let skipped = tally.skipped
        tally.skipped = []
        do {
            try await reader.recorder.note { [skipped] in $0.skippedParts += skipped }
        } catch {
            tally.hasLostNotes = true
            note(error, &tally)
        }
    }

    /// How many parts may be under way: after a refusal no other is begun until it is known what it means.
    private func limit(_ tally: Tally) -> Int { tally.refusal == nil ? concurrency : 1 }

    /// Whether anything was read: a page, or a part that turned out to be empty.
    private func hasSucceeded(_ tally: Tally) -> Bool { reader.monitor.hasSucceeded || tally.hasCompleted }

    /// Thrown out of discovery when a listing has ended the source.
    private struct SourceEnded: Error {}

    private func settle(_ result: ListingReader.Result, _ tally: inout Tally, _ group: inout Group) async throws {
        tally.underWay -= 1
        reader.monitor.count { counts in
            if result.failure == nil { counts.listingsComplete += 1 } else { counts.listingsIncomplete += 1 }
        }
        if let failure = result.failure {
            note(failure, &tally)
        } else {
            tally.outages = 0
            tally.hasCompleted = true
        }
        if hasSucceeded(tally) { tally.refusal = nil }
        try await remember(result, &tally)
        if tally.ending != nil {
            group.cancelAll()
            throw SourceEnded()
        }
    }

    private func remember(_ result: ListingReader.Result, _ tally: inout Tally) async throws {
        let window = result.listing.window
        let outcome = ListingOutcome(
            source: source,
            part: ContentHash.hash(result.listing.key),
            label: result.listing.label,
            window: window,
            covered: result.failure == nil ? window.map(covered) : window,
            kinds: kinds,
            run: reader.origin.run,
            readAt: result.beganAt,
            firstRunOfPass: firstRunOfPass,
            finishedAt: reader.clock.now.toMilliseconds,
            recordings: result.recordings,
            failure: result.failure.map(StopReason.describe),
            settlesAfter: rules.settlesAfter
        )
        do {
            _ = try await reader.recorder.record(.listing(outcome, canContinue: result.canContinue))
        } catch {
            tally.hasLostNotes = true
            note(error, &tally)
        }
    }

    private func note(_ error: any Error, _ tally: inout Tally) {
        if error is SourceEnded { return }
        if error is CancellationError {
            tally.wasStopped = true
            return
        }
        let failure = StopReason.describe(error)
        if tally.failures.count < 20, !tally.failures.contains(failure) { tally.failures.append(failure) }
        if let error = error as? TapedeckError, StopReason.isOutage(error) {
            tally.outages += 1
            if tally.outages >= SourceRun.outagesThatEndTheSource { tally.ending = tally.ending ?? error }
        }
        guard StopReason.endsSource(error, hasSucceeded: hasSucceeded(tally)) else { return }
        // One part may be closed to the account while the others are open, so a refusal alone decides nothing.
        let isRefusal = !StopReason.endsSource(error, hasSucceeded: true)
        tally.refusals += isRefusal ? 1 : 0
        if !isRefusal || tally.refusals >= SourceRun.refusalsThatEndTheSource {
            tally.ending = tally.ending ?? error
        } else {
            tally.refusal = tally.refusal ?? error
        }
    }

    /// What a listing's answer covers: its start was raised to the horizon when it was sent, so what is older now is not claimed.
    private func covered(_ window: TimeWindow) -> TimeWindow {
        guard let earliest = rules.earliestComplete(at: reader.clock.now) else { return window }
        return TimeWindow(from: max(window.from, earliest), to: window.to)
    }

    private func ending(_ tally: Tally) -> SourceEnding {
        var tally = tally
        tally.ending = tally.ending ?? tally.refusal
        let state = state(tally)
        reader.monitor.ended(state)
        var failures = tally.failures
        if let ending = tally.ending {
            let first = StopReason.describe(ending)
            failures = [first] + failures.filter { $0 != first }
        }
        let outcome = SourceOutcome(
            source: source,
            connector: reader.origin.connector,
            state: state,
            counts: reader.monitor.counts,
            failures: failures,
            retryAt: (tally.ending as? TapedeckError)?.retryAt
        )
        // A wrong clock says nothing about the time until which all parts were found.
        let isMistimed = (tally.ending as? TapedeckError)?.code == .clockWrong
        let foundAllParts = tally.foundAllParts && !tally.hasLostNotes && !isMistimed
        let endsPass = tally.ending == nil && (state == .complete || state == .incomplete)
        let oldest = reader.clock.now.advanced(by: .zero - ListingPlanner.longestResumption)
        return SourceEnding(
            outcome: outcome,
            foundAllParts: foundAllParts,
            retiresOthers: foundAllParts && asksForAllTime,
            endsPass: endsPass,
            forgetsListingsBefore: endsPass ? oldest : nil
        )
    }

    private func state(_ tally: Tally) -> SourceState {
        switch (tally.ending as? TapedeckError)?.code {
        case .unauthorized?, .forbidden?, .tokenNotSaved?: return .credentialsRejected
        case .waitTooLong?: return .tryLater
        default: break
        }
        if tally.wasStopped, tally.ending == nil { return .stopped }
        if tally.failures.isEmpty { return .complete }
        return hasSucceeded(tally) ? .incomplete : .failed
    }
}
