import RecordingKit

/// Reads one listing to its end: pages, and for each page the access events of the recordings that changed.
struct ListingReader: Sendable {
    let source: any RecordingSource
    let api: APIClient
    let origin: RecordOrigin
    let recorder: Recorder
    let monitor: SourceMonitor
    let clock: any HostClock

    /// How many recordings of one listing may wait for their access events before the next page is asked for: about two pages,
    /// so that memory does not grow with the listing and requests do not run dry between pages.
    private static let detailsUnderWay = 150

    /// How reading a listing ended.
    struct Result: Sendable {
        let listing: Listing
        let recordings: Int
        /// Why it is incomplete, the first of several reasons; nil when it is complete.
        let failure: (any Error)?
    }

    /// Reads the listing; never throws, because a part that fails must not end the others.
    func read(_ listing: Listing) async -> Result {
        var recordings = 0
        if let failure = listing.failure { return Result(listing: listing, recordings: 0, failure: failure) }
        let failure: (any Error)? = await withTaskGroup(of: (any Error)?.self) { details in
            var failure: (any Error)?
            var underWay = 0
            do {
                try await source.recordings(in: listing, api: api) { rows in
                    recordings += rows.count
                    let tasks = try await record(rows, of: listing)
                    while underWay > 0, underWay + tasks.count > ListingReader.detailsUnderWay {
                        let ended = await details.next() ?? nil
                        underWay -= 1
                        failure = failure ?? ended
                        try endIfHopeless(ended)
                    }
                    for task in tasks { details.addTask { await readDetails(task) } }
                    underWay += tasks.count
                }
            } catch {
                if StopReason.endsSource(error, hasSucceeded: monitor.hasSucceeded) {
                    failure = error
                    details.cancelAll()
                }
                failure = failure ?? error
            }
            for await detailFailure in details {
                // What ends the source explains the run better than what merely failed first.
                if let detailFailure, StopReason.endsSource(detailFailure, hasSucceeded: true) {
                    failure = detailFailure
                    details.cancelAll()
                }
                failure = failure ?? detailFailure
            }
            return failure
        }
        return Result(listing: listing, recordings: recordings, failure: failure)
    }

    private func endIfHopeless(_ failure: (any Error)?) throws {
        if let failure, StopReason.endsSource(failure, hasSucceeded: true) { throw failure }
    }

    private func record(_ rows: [ListedRecording], of listing: Listing) async throws -> [DetailTask] {
        if rows.contains(where: { $0.recording.id.isEmpty }) {
            throw TapedeckError(.connectorFailed, "The connector handed over a recording without an id.")
        }
        let result = try await recorder.record(
            .page(origin, listing: ContentHash.hash(listing.key), rows: rows, observedAt: clock.now.toMilliseconds)
        )
        monitor.tookPage { counts in
            counts.recordings += result.seen
            counts.written.merge(result.written, uniquingKeysWith: +)
        }
        return result.details
    }

    /// Reads who accessed one recording; returns why that failed, or nil.
    private func readDetails(_ task: DetailTask) async -> (any Error)? {
        guard let source = source as? any AccessReporting else { return nil }
        var held: [NumberedEvent] = []
        do {
            var numbering = EventNumbering()
            var newest: Timestamp?
            var count = 0
            try await source.accessEvents(of: task.recording, since: task.since, api: api) { events in
                // A page is written when the next one has come, so that the last goes together with the note that it is the last.
                if !held.isEmpty { try await record(held, of: task.recording, completion: nil) }
                held = try events.map { event in
                    let (id, isSynthetic) = try numbering.id(of: event)
                    newest = [newest, event.occurredAt].compactMap { $0 }.max()
                    return NumberedEvent(event: event, id: id, isSynthetic: isSynthetic)
                }
                count += events.count
            }
            try Task.checkCancellation()
            let completion = EventCompletion(revision: task.revision, newest: newest)
            try await record(held, of: task.recording, completion: completion)
            monitor.tookPage { counts in
                counts.details += 1
                counts.events += count
            }
            return nil
        } catch {
            // What came before the failure is kept; without the note that it is all, the rest is asked for again.
            do {
                if !held.isEmpty { try await record(held, of: task.recording, completion: nil) }
                return error
            } catch let worse {
                return worse
            }
        }
    }

    private func record(
        _ events: [NumberedEvent],
        of recording: Recording,
        completion: EventCompletion?
    ) async throws {
        let result = try await recorder.record(
            .events(
                origin,
                recordingID: recording.id,
                events: events,
                observedAt: clock.now.toMilliseconds,
                completion: completion
            )
        )
        monitor.count { $0.written.merge(result.written, uniquingKeysWith: +) }
    }
}

extension Timestamp {
    /// The same instant cut down to milliseconds and written with three digits, as the host writes its own times.
    var toMilliseconds: Timestamp {
        Timestamp(
            secondsSince1970: seconds,
            nanoseconds: Int64(nanoseconds) / 1_000_000 * 1_000_000,
            fractionDigits: 3
        )
    }
}
