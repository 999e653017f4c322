import RecordingKit

/// Reads one listing to its end: pages, and for each page the access events of the recordings that changed.
struct ListingReader: Sendable {
    let source: any RecordingSource
    let sender: RequestSender
    let origin: RecordOrigin
    let recorder: Recorder
    let monitor: SourceMonitor
    let clock: any HostClock
    /// Told when recordings were found whose media are wanted.
    let bell = MediaBell()
    /// Shared by all listings of the source in this run.
    let details = DetailRegistry()
    /// How many requests the source may have under way.
    let concurrency: Int

    /// How many recordings of one listing may wait for their access events before the next page is asked for: about two pages,
    /// so that memory does not grow with the listing and requests do not run dry between pages.
    private static let detailsUnderWay = 150

    /// How many recordings' access events are read at once: while some are being recorded, others can be asked for.
    private var detailReaders: Int { min(2 * concurrency, Self.detailsUnderWay) }

    /// How reading a listing ended.
    struct Result: Sendable {
        let listing: Listing
        /// When the reading began, also when that was in an earlier run.
        let beganAt: Timestamp
        let recordings: Int
        /// Why it is incomplete, the first of several reasons; nil when it is complete.
        let failure: (any Error)?
        /// Whether the next run should go on where this one was cut.
        let canContinue: Bool
    }

    /// The client for requests that belong to no listing.
    var api: APIClient { APIClient(executor: HostExecutor(sender: sender)) }

    /// Reads the listing from its start; never throws, because a part that fails must not end the others.
    func read(_ listing: Listing) async -> Result {
        await read(listing, continuing: nil)
    }

    /// Goes on where an earlier reading was cut; never throws.
    ///
    /// When the platform does not know the place any more, the listing is read from its start: what comes again is known and is
    /// not written twice.
    func resume(_ open: OpenListing) async -> Result {
        guard PagePlace(open.place) != nil else { return await startOver(open) }
        let result = await read(open.listing, continuing: open)
        return result.failure is DeadPlace ? await startOver(open) : result
    }

    /// Counts a failure of the page that a continued reading begins with, so that a page that fails for ever is not asked for as
    /// long as the place may be used.
    private func countFailure(_ failure: any Error, of open: OpenListing) async {
        guard let error = failure as? TapedeckError else { return }
        switch error.code {
        case .serverError, .timeout, .truncatedResponse, .responseTooLarge: break
        default: return
        }
        var open = open
        open.details = []
        open.failedResumptions += 1
        // What was not counted is tried once more than it should be.
        try? await recorder.note { [open] in $0.openListings.append(open) }
    }

    private func startOver(_ open: OpenListing) async -> Result {
        do {
            try await recorder.note { $0.droppedListings.append(open.name) }
        } catch {
            return Result(
                listing: open.listing,
                beganAt: open.beganAt,
                recordings: 0,
                failure: error,
                canContinue: false
            )
        }
        return await read(open.listing, continuing: nil)
    }

    private func read(_ listing: Listing, continuing open: OpenListing?) async -> Result {
        let reading = ListingReading(self, listing, continuing: open)
        if let failure = listing.failure { return reading.result(failure, canContinue: false) }
        let journey = PageJourney(resumingAt: open.flatMap { PagePlace($0.place) }) {
            try await reading.advance(to: $0)
        }
        let api = APIClient(executor: HostExecutor(sender: sender, journey: journey))
        var pageFailure: (any Error)?
        let queue = DetailQueue(capacity: Self.detailsUnderWay)
        let failure: (any Error)? = await withTaskGroup(of: (any Error)?.self) { group in
            var failure: (any Error)?
            var readers = 0
            func read(_ tasks: [DetailTask]) {
                queue.put(tasks)
                for _ in 0..<min(tasks.count, detailReaders - readers) {
                    group.addTask { await readDetails(in: queue, of: reading) }
                    readers += 1
                }
            }
            let remembered = (open?.details ?? []).map(DetailTask.init)
            details.begin(remembered.map(\.recording.id))
            read(remembered)
            do {
                try await source.recordings(in: listing, api: api) { rows in
                    let (tasks, awaited) = try await reading.record(rows)
                    journey.handOver()
                    do {
                        try await queue.makeRoom(for: tasks.count + awaited.count)
                    } catch {
                        for task in tasks { details.end(task.recording.id, failure: error) }
                        throw error
                    }
                    read(tasks)
                    queue.noteReadElsewhere(awaited.count)
                    for task in awaited {
                        group.addTask {
                            let failure = await reading.awaitDetails(task)
                            queue.finish(failure)
                            return failure
                        }
                    }
                }
            } catch {
                let error = journey.isAtResumedPlace && DeadPlace.isMeant(by: error) ? DeadPlace() : error
                pageFailure = error
                failure = error is DeadPlace ? error : queue.failure ?? error
                if StopReason.endsSource(error, hasSucceeded: monitor.hasSucceeded) {
                    failure = error
                    group.cancelAll()
                }
            }
            queue.close()
            for await ended in group {
                // What ends the source explains the run better than what merely failed first.
                guard let ended, StopReason.endsSource(ended, hasSucceeded: true) else { continue }
                failure = ended
                group.cancelAll()
            }
            failure = failure ?? queue.failure
            for task in queue.removeRemaining() {
                details.end(task.recording.id, failure: failure ?? CancellationError())
            }
            return failure
        }
        if let open, let pageFailure, journey.isAtResumedPlace { await countFailure(pageFailure, of: open) }
        let cut = pageFailure ?? failure.flatMap { ListingReader.cutsDetails($0) ? $0 : nil }
        // What a connector finds wrong when it has seen everything is not found by the last page alone.
        let isJudgement = pageFailure is TapedeckError && journey.isAtEnd
        return reading.result(failure, canContinue: !isJudgement && cut.map(ListingReader.canContinue(after:)) ?? false)
    }

    /// Reads one recording's access events after another, until there are no more or one fails in a way that ends the source.
    private func readDetails(in queue: DetailQueue, of reading: ListingReading) async -> (any Error)? {
        while let task = await queue.next() {
            let failure = await reading.readDetails(task)
            queue.finish(failure)
            if let failure, StopReason.endsSource(failure, hasSucceeded: true) { return failure }
        }
        return nil
    }

    /// Whether access events were still to be read when this ended the reading, though all pages had come.
    private static func cutsDetails(_ failure: any Error) -> Bool {
        failure is CancellationError || StopReason.endsSource(failure, hasSucceeded: true)
    }

    /// Whether the place at which pages stopped is worth keeping: not when the platform's paging itself was wrong.
    private static func canContinue(after failure: any Error) -> Bool {
        guard let error = failure as? TapedeckError else { return failure is CancellationError }
        switch error.code {
        case .pagingCycle, .pagingLimit, .pagingBroken, .countMismatch, .foreignOrigin, .connectorFailed: return false
        default: return true
        }
    }
}

/// The platform does not know the place any more at which an earlier reading was cut.
private struct DeadPlace: Error {
    /// Whether an answer to the first page of a continued reading says so.
    static func isMeant(by error: any Error) -> Bool {
        guard let error = error as? TapedeckError else { return false }
        switch error.code {
        case .notFound, .gone, .forbidden, .unexpectedStatus, .malformedResponse, .notJSON, .pagingBroken, .pagingCycle,
            .foreignOrigin:
            return true
        default: return false
        }
    }
}
