import RecordingKit

extension BatchPlanner {
    /// Adds access events of one recording, and perhaps the note that these were the last.
    mutating func add(
        _ numbered: [NumberedEvent],
        of recordingID: String,
        _ completion: EventCompletion?,
        _ known: inout [EventKey: UInt64],
        _ bench: inout Bench
    ) {
        let source = bench.origin.source
        let own = ownReads.isEmpty ? [] : ownReads[RecordingKey(source: source, id: recordingID)] ?? []
        let verdicts = own.isEmpty ? [] : SelfInducement(reads: own).verdicts(numbered.map(\.event))
        for (index, item) in numbered.enumerated() {
            let isSelfInduced = own.isEmpty ? false : verdicts[index]
            let encoded = bench.encoder.encode(
                item.event,
                id: item.id,
                isSynthetic: item.isSynthetic,
                isSelfInduced: isSelfInduced
            )
            let key = EventKey(recordingID: recordingID, eventID: item.id)
            guard known.updateValue(encoded.content, forKey: key) != encoded.content else { continue }
            changes.events.append(EventChange(source: source, key: key, fingerprint: encoded.content))
            write(
                .accessEvent(item.event, id: item.id, isSynthetic: item.isSynthetic, isSelfInduced: isSelfInduced),
                .accessEvents,
                &bench
            )
        }
        if let listing = completion?.rememberedBy {
            changes.finishedDetails.append(DetailKey(listing: listing, recordingID: recordingID))
        }
        if let completion { complete(recordingID, completion, &bench) }
    }

    private func complete(_ recordingID: String, _ completion: EventCompletion, _ bench: inout Bench) {
        guard let place = bench.recordings.knownPlace(of: recordingID), var entry = bench.recordings[place].entry
        else { return }
        entry.eventsWereRead = true
        entry.accessRevision = completion.revision.text
        // A time in the future would keep everything before it from being asked for again.
        let newest = completion.newest.map { min($0, bench.observedAt) }
        entry.eventsThrough = [entry.eventsThrough, newest].compactMap { $0 }.max()
        bench.recordings[place].entry = entry
        bench.recordings[place].isChanged = true
    }
}
