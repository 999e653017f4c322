import RecordingKit

/// Reads one source: finds its listings, reads as many at once as its limits allow, and sums up how it ended.
struct SourceRun: Sendable {
    let reader: ListingReader
    let window: TimeWindow
    let rules: WindowRules
    let concurrency: Int

    /// After this many parts in a row that failed because the platform does not answer, the rest is not tried.
    private static let outagesThatEndTheSource = 8
    /// After this many parts that were all refused, the rest is not tried.
    private static let refusalsThatEndTheSource = 8

    private struct Tally {
        var underWay = 0
        var outages = 0
        var ending: (any Error)?
        /// A refusal (403) that ends the source unless something can be read after all.
        var refusal: (any Error)?
        var refusals = 0
        var failures: [ListingFailure] = []
        var coverage = CompleteRanges()
        var wasStopped = false
        var hasCompleted = false
    }

    private var source: String { reader.origin.source }

    /// Reads the source to its end; never throws.
    func run() async -> SourceOutcome {
        var tally = Tally()
        await withTaskGroup(of: ListingReader.Result.self) { group in
            do {
                try await reader.source.listings(in: window, api: reader.api) { listing in
                    while tally.underWay >= limit(tally), let result = await group.next() {
                        try await settle(result, &tally, &group)
                    }
                    try Task.checkCancellation()
                    group.addTask { await reader.read(listing) }
                    tally.underWay += 1
                }
            } catch {
                tally.coverage.discoveryFailed()
                note(error, &tally)
                if tally.ending != nil { group.cancelAll() }
            }
            while let result = await group.next() {
                // What ends the source was noted; the parts that were cut off by it still have to be counted.
                try? await settle(result, &tally, &group)
            }
        }
        return outcome(tally)
    }

    /// How many parts may be under way: after a refusal no other is begun until it is known what it means.
    private func limit(_ tally: Tally) -> Int { tally.refusal == nil ? concurrency : 1 }

    /// Whether anything was read: a page, or a part that turned out to be empty.
    private func hasSucceeded(_ tally: Tally) -> Bool { reader.monitor.hasSucceeded || tally.hasCompleted }

    /// Thrown out of discovery when a listing has ended the source.
    private struct SourceEnded: Error {}

    private func settle(
        _ result: ListingReader.Result,
        _ tally: inout Tally,
        _ group: inout TaskGroup<ListingReader.Result>
    ) async throws {
        tally.underWay -= 1
        tally.coverage.add(result.listing.window.map(covered), isComplete: result.failure == nil)
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
        let outcome = ListingOutcome(
            source: source,
            listing: ContentHash.hash(result.listing.key),
            label: result.listing.label,
            window: result.listing.window,
            run: reader.origin.run,
            finishedAt: reader.clock.now.toMilliseconds,
            recordings: result.recordings,
            failure: result.failure.map(StopReason.describe)
        )
        do {
            _ = try await reader.recorder.record(.listing(outcome))
        } catch {
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
        guard let earliest = rules.earliestStart(at: reader.clock.now) else { return window }
        return TimeWindow(from: max(window.from, earliest), to: window.to)
    }

    private func outcome(_ tally: Tally) -> SourceOutcome {
        var tally = tally
        tally.ending = tally.ending ?? tally.refusal
        let state = state(tally)
        reader.monitor.ended(state)
        var failures = tally.failures
        if let ending = tally.ending {
            let first = StopReason.describe(ending)
            failures = [first] + failures.filter { $0 != first }
        }
        return SourceOutcome(
            source: source,
            connector: reader.origin.connector,
            state: state,
            complete: tally.coverage.ranges(of: rules.isFilteredByTime ? window : nil, endingAt: window.to),
            counts: reader.monitor.counts,
            failures: failures,
            retryAt: (tally.ending as? TapedeckError)?.retryAt
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
