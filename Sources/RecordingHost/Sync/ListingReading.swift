import RecordingKit

/// One reading of one listing: hands its pages and the accesses of its recordings to the recorder, and keeps its place.
struct ListingReading: Sendable {
    private let reader: ListingReader
    private let listing: Listing
    private let part: UInt64
    private let beganAt: Timestamp
    private let progress: ListingProgress

    init(_ reader: ListingReader, _ listing: Listing, continuing open: OpenListing?) {
        self.reader = reader
        self.listing = listing
        part = ContentHash.hash(listing.key)
        beganAt = open?.beganAt ?? reader.clock.now.toMilliseconds
        progress = ListingProgress(continuing: open)
    }

    private var name: ListingKey { ListingKey(source: reader.origin.source, part: part, window: listing.window) }

    /// How the reading ended.
    func result(_ failure: (any Error)?, canContinue: Bool) -> ListingReader.Result {
        ListingReader.Result(
            listing: listing,
            beganAt: beganAt,
            recordings: progress.recordings,
            failure: failure,
            canContinue: canContinue
        )
    }

    /// Notes, durably, that everything before `place` was taken over.
    func advance(to place: PagePlace) async throws {
        var place = place
        place.kinds = RecordKind.all.filter(reader.origin.reads.contains)
        try await reader.recorder.note { [place] changes in
            // Asked here and not before, so that what is remembered reaches the ledger before the note that it was read.
            let open = OpenListing(
                name: name,
                listing: listing,
                place: place.text,
                beganAt: beganAt,
                recordings: progress.recordings,
                details: progress.remember()
            )
            changes.openListings.append(open)
        }
    }

    /// Hands a page over.
    ///
    /// - Returns: the recordings whose access events are to be read by this reading, which has to end each in the registry, and
    ///   those whose access events another one reads, or could not read.
    func record(_ rows: [ListedRecording]) async throws -> (details: [DetailTask], awaited: [DetailTask]) {
        if rows.indices.contains(where: { rows[$0].recording.id.isEmpty }) {
            throw TapedeckError(.connectorFailed, "The connector handed over a recording without an id.")
        }
        let result = try await recordPage(rows)
        progress.take(rows.count, result.details + result.awaited)
        reader.monitor.tookPage { counts in
            counts.recordings += result.seen
            counts.written.merge(result.written, uniquingKeysWith: +)
        }
        return (result.details, result.awaited)
    }

    private func recordPage(_ rows: [ListedRecording]) async throws -> RecorderResult {
        // Begun before it is known which of them are read here: whoever sees one second must find the first.
        let ids = reader.origin.readsEvents ? Set(rows.map(\.recording.id)) : []
        reader.details.begin(ids)
        do {
            var result = try await reader.recorder.record(
                .page(reader.origin, listing: part, rows: rows, observedAt: reader.clock.now.toMilliseconds)
            )
            if result.mediaDemands > 0 { reader.bell.ring() }
            // What is remembered from before the cut is being read already.
            result.details.removeAll { progress.isRemembered($0.recording.id) }
            reader.details.release(ids.subtracting(result.details.map(\.recording.id)))
            result.awaited.removeAll {
                progress.isRemembered($0.recording.id) || !reader.details.isOpen($0.recording.id)
            }
            return result
        } catch {
            reader.details.release(ids)
            throw error
        }
    }

    /// Waits until another reading has read who accessed one recording; returns why that failed, or nil.
    func awaitDetails(_ task: DetailTask) async -> (any Error)? {
        let id = task.recording.id
        if let failure = await reader.details.outcome(of: id) { return failure }
        do {
            try await finish(id)
            return nil
        } catch {
            return error
        }
    }

    /// Notes that a recording's access events were read, also where the listing's note remembers that they are to be.
    private func finish(_ id: String) async throws {
        progress.finish(id)
        guard progress.isRemembered(id) else { return }
        try await reader.recorder.note { $0.finishedDetails.append(DetailKey(listing: name, recordingID: id)) }
        progress.forget(id)
    }

    /// Reads who accessed one recording; returns why that failed, or nil.
    func readDetails(_ task: DetailTask) async -> (any Error)? {
        let failure = await readEvents(of: task)
        reader.details.end(task.recording.id, failure: failure)
        return failure
    }

    private func readEvents(of task: DetailTask) async -> (any Error)? {
        guard let source = reader.source as? any AccessReporting else { return nil }
        var held: [NumberedEvent] = []
        do {
            var numbering = EventNumbering()
            var newest: Timestamp?
            var count = 0
            try await source.accessEvents(of: task.recording, since: task.since, api: reader.api) { events in
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
            let isRemembered = progress.isRemembered(task.recording.id)
            let completion = EventCompletion(
                revision: task.revision,
                newest: newest,
                rememberedBy: isRemembered ? name : nil
            )
            try await record(held, of: task.recording, completion: completion)
            // While that was recorded the listing may have been noted anew, with this recording among those to be read.
            if isRemembered {
                progress.finish(task.recording.id)
                progress.forget(task.recording.id)
            } else {
                try await finish(task.recording.id)
            }
            reader.monitor.tookPage { counts in
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
        let result = try await reader.recorder.record(
            .events(
                reader.origin,
                recordingID: recording.id,
                events: events,
                observedAt: reader.clock.now.toMilliseconds,
                completion: completion
            )
        )
        reader.monitor.count { $0.written.merge(result.written, uniquingKeysWith: +) }
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
