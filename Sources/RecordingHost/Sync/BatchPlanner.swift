import RecordingKit

/// Decides, for work that is committed together, what is written and what the ledger remembers: no I/O.
///
/// Knows what the ledger knew before the batch, and what the batch itself has changed since.
struct BatchPlanner {
    /// What is to be written.
    private(set) var batch = RecordBatch()
    /// What the ledger is to remember.
    private(set) var changes = LedgerChanges()

    private var recordings: [RecordingKey: KnownRecording]
    private var changedRecordings: Set<RecordingKey> = []
    private var events: [String: [EventKey: UInt64]]
    private var media: [RecordingKey: UInt64]
    private let ownReads: [RecordingKey: [AuditRead]]
    private let includesRaw: Bool
    /// What this run has seen.
    private(set) var sighted: SightedRecordings
    private var encoders: [String: RecordEncoder] = [:]

    struct RecordingKey: Hashable {
        let source: String
        let id: String
    }

    /// - Parameters:
    ///   - recordings: what the ledger knows of the recordings that the work is about.
    ///   - events: what it knows of the events, by source.
    ///   - media: under which revision their media are wanted already.
    ///   - ownReads: the entries that the host has left in the recordings' audit trails.
    ///   - includesRaw: whether records carry the platform's own object.
    ///   - sighted: what this run has seen before.
    init(
        recordings: [RecordingKey: KnownRecording],
        events: [String: [EventKey: UInt64]],
        media: [RecordingKey: UInt64] = [:],
        ownReads: [RecordingKey: [AuditRead]] = [:],
        includesRaw: Bool,
        sighted: consuming SightedRecordings = SightedRecordings()
    ) {
        self.sighted = sighted
        self.recordings = recordings
        self.events = events
        self.media = media
        self.ownReads = ownReads
        self.includesRaw = includesRaw
    }

    /// Adds one piece of work and says what it comes to.
    mutating func add(_ work: RecorderWork) -> RecorderResult {
        switch work {
        case .page(let origin, let listing, let rows, let observedAt):
            var result = RecorderResult()
            for row in rows { add(row, origin, listing, observedAt, &result) }
            return result
        case .events(let origin, let recordingID, let events, let observedAt, let completion):
            return add(events, of: recordingID, origin, observedAt, completion)
        case .listing(let outcome, let canContinue):
            changes.listings.append(outcome)
            if outcome.failure == nil || !canContinue {
                changes.droppedListings.append(
                    ListingKey(source: outcome.source, part: outcome.part, window: outcome.window)
                )
            }
            return RecorderResult()
        case .media(let origin, let progress, let heads, let observedAt):
            changes.manifestHeads.merge(heads) { $0.number > $1.number ? $0 : $1 }
            return add(progress, origin, observedAt)
        }
    }

    /// What the ledger is to remember, with the last state of every recording that changed.
    mutating func finish() -> LedgerChanges {
        changes.recordings = changedRecordings.compactMap { key in
            recordings[key].map { RecordingChange(source: key.source, id: key.id, entry: $0) }
        }
        return changes
    }

    private mutating func add(
        _ row: ListedRecording,
        _ origin: RecordOrigin,
        _ listing: UInt64,
        _ observedAt: Timestamp,
        _ result: inout RecorderResult
    ) {
        let key = RecordingKey(source: origin.source, id: row.recording.id)
        let known = recordings[key]
        var entry = known ?? KnownRecording(listing: listing, content: 0, context: 0)
        let isFirstSight = isFirstSight(known, origin)
        if entry.number == nil { entry.seenInRun = origin.run }
        writeRecording(row.recording, origin, listing, observedAt, isNew: known == nil, &entry, &result)
        writeSummary(row.summary, origin, observedAt, &entry, &result)
        if isFirstSight { result.seen += 1 }
        if origin.readsEvents, needsEvents(row.accessRevision, entry) {
            let task = DetailTask(
                recording: row.recording,
                revision: row.accessRevision,
                since: entry.eventsWereRead ? entry.eventsThrough : nil
            )
            if isFirstSight { result.details.append(task) } else { result.awaited.append(task) }
        }
        if origin.readsMedia { demandMedia(row.recording, key, &result) }
        guard entry != known else { return }
        recordings[key] = entry
        changedRecordings.insert(key)
    }

    private mutating func isFirstSight(_ known: KnownRecording?, _ origin: RecordOrigin) -> Bool {
        guard let known, known.seenInRun != origin.run else { return known == nil }
        guard let number = known.number else { return true }
        return sighted.insert(number, of: origin.source)
    }

    /// Writes a recording that is new or has changed.
    ///
    /// The same recording can come from several listings, with another context each: which of them comes first is chance, so a
    /// context that differs counts as a change only when it comes from the listing that wrote the recording last.
    private mutating func writeRecording(
        _ recording: Recording,
        _ origin: RecordOrigin,
        _ listing: UInt64,
        _ observedAt: Timestamp,
        isNew: Bool,
        _ entry: inout KnownRecording,
        _ result: inout RecorderResult
    ) {
        // What is not written is not known as written either: it is due when recordings are read the next time.
        guard origin.reads.contains(.recordings) else { return }
        let encoded = encode(origin) { $0.encode(recording, observedAt: observedAt) }
        let isChanged =
            encoded.content != entry.content
            || (listing == entry.listing && encoded.context != entry.context)
        // A ledger that was made from files does not know which listing wrote the recording: one with the same context counts as it.
        if entry.listing == 0, !isChanged, encoded.context == entry.context { entry.listing = listing }
        guard isNew || isChanged else { return }
        entry.listing = listing
        entry.content = encoded.content
        entry.context = encoded.context
        write(.recording(recording), encoded, origin, observedAt, &result)
    }

    private mutating func demandMedia(_ recording: Recording, _ key: RecordingKey, _ result: inout RecorderResult) {
        let revision = MediaSnapshot.revision(of: recording)
        guard media[key] != revision else { return }
        media[key] = revision
        let name = MediaTaskKey(source: key.source, recordingID: key.id)
        changes.mediaDemands.append(MediaDemand(key: name, recording: recording, revision: revision))
        result.mediaDemands += 1
    }

    private mutating func add(
        _ progress: MediaProgress,
        _ origin: RecordOrigin,
        _ observedAt: Timestamp
    ) -> RecorderResult {
        var result = RecorderResult()
        changes.mediaProgress.append(progress)
        for medium in progress.media {
            write(.medium(medium), encode(origin) { $0.encode(medium) }, origin, observedAt, &result)
        }
        return result
    }

    private mutating func writeSummary(
        _ summary: AccessSummary?,
        _ origin: RecordOrigin,
        _ observedAt: Timestamp,
        _ entry: inout KnownRecording,
        _ result: inout RecorderResult
    ) {
        guard let summary, origin.reads.contains(.accessSummaries) else { return }
        let encoded = encode(origin) { $0.encode(summary, asOf: observedAt) }
        guard entry.summary != encoded.content else { return }
        entry.summary = encoded.content
        write(.accessSummary(summary), encoded, origin, observedAt, &result)
    }

    private func needsEvents(_ revision: AccessRevision, _ entry: KnownRecording) -> Bool {
        guard entry.eventsWereRead, let text = revision.text else { return true }
        return entry.accessRevision != text
    }

    private mutating func add(
        _ numbered: [NumberedEvent],
        of recordingID: String,
        _ origin: RecordOrigin,
        _ observedAt: Timestamp,
        _ completion: EventCompletion?
    ) -> RecorderResult {
        var result = RecorderResult()
        let own = ownReads[RecordingKey(source: origin.source, id: recordingID)] ?? []
        let verdicts = own.isEmpty ? [] : SelfInducement(reads: own).verdicts(numbered.map(\.event))
        for (index, item) in numbered.enumerated() {
            let isSelfInduced = own.isEmpty ? false : verdicts[index]
            let key = EventKey(recordingID: recordingID, eventID: item.id)
            let encoded = encode(origin) {
                $0.encode(
                    item.event,
                    id: item.id,
                    isSynthetic: item.isSynthetic,
                    isSelfInduced: isSelfInduced
                )
            }
            guard events[origin.source]?[key] != encoded.content else { continue }
            events[origin.source, default: [:]][key] = encoded.content
            changes.events.append(EventChange(source: origin.source, key: key, fingerprint: encoded.content))
            let payload = OutputRecord.Payload.accessEvent(
                item.event,
                id: item.id,
                isSynthetic: item.isSynthetic,
                isSelfInduced: isSelfInduced
            )
            write(payload, encoded, origin, observedAt, &result)
        }
        let key = RecordingKey(source: origin.source, id: recordingID)
        if let listing = completion?.rememberedBy {
            changes.finishedDetails.append(DetailKey(listing: listing, recordingID: recordingID))
        }
        if let completion, var entry = recordings[key] {
            entry.eventsWereRead = true
            entry.accessRevision = completion.revision.text
            // A time in the future would keep everything before it from being asked for again.
            let newest = completion.newest.map { min($0, observedAt) }
            entry.eventsThrough = [entry.eventsThrough, newest].compactMap { $0 }.max()
            recordings[key] = entry
            changedRecordings.insert(key)
        }
        return result
    }

    private mutating func encode(
        _ origin: RecordOrigin,
        _ body: (inout RecordEncoder) -> RecordEncoder.Encoded
    ) -> RecordEncoder.Encoded {
        let fresh = RecordEncoder(source: origin.source, connector: origin.connector, includesRaw: includesRaw)
        return body(&encoders[origin.source, default: fresh])
    }

    private mutating func write(
        _ payload: OutputRecord.Payload,
        _ encoded: RecordEncoder.Encoded,
        _ origin: RecordOrigin,
        _ observedAt: Timestamp,
        _ result: inout RecorderResult
    ) {
        let record = OutputRecord(
            source: origin.source,
            connector: origin.connector,
            observedAt: observedAt,
            payload: includesRaw ? payload : payload.withoutRaw
        )
        batch.append(record, json: encoded.json)
        result.written[record.kind, default: 0] += 1
    }
}
