import RecordingKit

extension BatchPlanner {
    /// Adds one row of a listing.
    mutating func add(_ row: ListedRecording, _ listing: UInt64, _ bench: inout Bench) {
        let place = bench.recordings.place(of: row.recording.id)
        let known = bench.recordings[place].entry
        var entry = known ?? KnownRecording(listing: listing, content: 0, context: 0)
        let isFirstSight = isFirstSight(known, bench.origin)
        if entry.number == nil { entry.seenInRun = bench.origin.run }
        writeRecording(row.recording, listing, isNew: known == nil, &entry, &bench)
        writeSummary(row.summary, &entry, &bench)
        if isFirstSight { bench.result.seen += 1 }
        if bench.origin.readsEvents, needsEvents(row.accessRevision, entry) {
            let task = DetailTask(
                recording: row.recording,
                revision: row.accessRevision,
                since: entry.eventsWereRead ? entry.eventsThrough : nil
            )
            if isFirstSight { bench.result.details.append(task) } else { bench.result.awaited.append(task) }
        }
        if bench.origin.readsMedia { demandMedia(row.recording, &bench) }
        guard entry != known else { return }
        bench.recordings[place].entry = entry
        bench.recordings[place].isChanged = true
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
        _ listing: UInt64,
        isNew: Bool,
        _ entry: inout KnownRecording,
        _ bench: inout Bench
    ) {
        // What is not written is not known as written either: it is due when recordings are read the next time.
        guard bench.origin.readsRecordings else { return }
        let encoded = bench.encoder.encode(recording, observedAt: bench.observedAt)
        let isChanged =
            encoded.content != entry.content
            || (listing == entry.listing && encoded.context != entry.context)
        // A ledger that was made from files does not know which listing wrote the recording: one with the same context counts as it.
        if entry.listing == 0, !isChanged, encoded.context == entry.context { entry.listing = listing }
        guard isNew || isChanged else { return }
        entry.listing = listing
        entry.content = encoded.content
        entry.context = encoded.context
        write(.recording(recording), .recordings, &bench)
    }

    private mutating func writeSummary(
        _ summary: AccessSummary?,
        _ entry: inout KnownRecording,
        _ bench: inout Bench
    ) {
        guard let summary, bench.origin.readsSummaries else { return }
        let encoded = bench.encoder.encode(summary, asOf: bench.observedAt)
        guard entry.summary != encoded.content else { return }
        entry.summary = encoded.content
        write(.accessSummary(summary), .accessSummaries, &bench)
    }

    private func needsEvents(_ revision: AccessRevision, _ entry: KnownRecording) -> Bool {
        guard entry.eventsWereRead, let text = revision.text else { return true }
        return entry.accessRevision != text
    }

    private mutating func demandMedia(_ recording: Recording, _ bench: inout Bench) {
        let key = RecordingKey(source: bench.origin.source, id: recording.id)
        let revision = MediaSnapshot.revision(of: recording)
        guard media[key] != revision else { return }
        media[key] = revision
        let name = MediaTaskKey(source: key.source, recordingID: key.id)
        changes.mediaDemands.append(MediaDemand(key: name, recording: recording, revision: revision))
        bench.result.mediaDemands += 1
    }
}
