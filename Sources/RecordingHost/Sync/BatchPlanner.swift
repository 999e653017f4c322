import RecordingKit

/// Decides, for work that is committed together, what is written and what the ledger remembers: no I/O.
///
/// Knows what the ledger knew before the batch, and what the batch itself has changed since.
struct BatchPlanner {
    /// What is to be written.
    private(set) var batch: RecordBatch
    /// What the ledger is to remember.
    var changes = LedgerChanges()

    /// By source.
    private var recordings: [String: RecordingSlots]
    /// By source.
    private var events: [String: [EventKey: UInt64]]
    var media: [RecordingKey: UInt64]
    let ownReads: [RecordingKey: [AuditRead]]
    private let includesRaw: Bool
    /// What this run has seen.
    var sighted: SightedRecordings
    /// By source.
    private var encoders: [String: RecordEncoder] = [:]

    struct RecordingKey: Hashable {
        let source: String
        let id: String
    }

    /// What one piece of work is done with; kept apart while it is, so that nothing is looked up by the source's name for each record.
    struct Bench {
        let origin: RecordOrigin
        let observedAt: Timestamp
        var recordings: RecordingSlots
        var encoder: RecordEncoder
        var result = RecorderResult()
    }

    /// - Parameters:
    ///   - recordings: by source, what the ledger knows of the recordings that the work is about.
    ///   - events: what it knows of the events, by source.
    ///   - media: under which revision their media are wanted already.
    ///   - ownReads: the entries that the host has left in the recordings' audit trails.
    ///   - includesRaw: whether records carry the platform's own object.
    ///   - keepsRecords: whether a sink looks at the records themselves. Default yes.
    ///   - sighted: what this run has seen before.
    init(
        recordings: [String: RecordingSlots] = [:],
        events: [String: [EventKey: UInt64]] = [:],
        media: [RecordingKey: UInt64] = [:],
        ownReads: [RecordingKey: [AuditRead]] = [:],
        includesRaw: Bool,
        keepsRecords: Bool = true,
        sighted: consuming SightedRecordings = SightedRecordings()
    ) {
        self.sighted = sighted
        self.recordings = recordings
        self.events = events
        self.media = media
        self.ownReads = ownReads
        self.includesRaw = includesRaw
        batch = RecordBatch(keepsRecords: keepsRecords)
    }

    /// Adds one piece of work and says what it comes to.
    mutating func add(_ work: RecorderWork) -> RecorderResult {
        switch work {
        case .page(let origin, let listing, let rows, let observedAt):
            return at(origin, observedAt) { planner, bench in
                for index in rows.indices { planner.add(rows[index], listing, &bench) }
            }
        case .events(let origin, let recordingID, let events, let observedAt, let completion):
            var known = self.events.removeValue(forKey: origin.source) ?? [:]
            defer { self.events[origin.source] = known }
            return at(origin, observedAt) { planner, bench in
                planner.add(events, of: recordingID, completion, &known, &bench)
            }
        case .listing(let outcome, let canContinue):
            changes.listings.append(outcome)
            if outcome.failure == nil || !canContinue {
                changes.droppedListings.append(
                    ListingKey(source: outcome.source, part: outcome.part, window: outcome.window)
                )
            }
            return RecorderResult()
        case .note(let change):
            change(&changes)
            return RecorderResult()
        case .media(let origin, let progress, let heads, let observedAt):
            changes.manifestHeads.merge(heads) { $0.number > $1.number ? $0 : $1 }
            changes.mediaProgress.append(progress)
            return at(origin, observedAt) { planner, bench in
                for medium in progress.media {
                    _ = bench.encoder.encode(medium)
                    planner.write(.medium(medium), .media, &bench)
                }
            }
        }
    }

    /// What the ledger is to remember, with the last state of every recording that changed.
    mutating func finish() -> LedgerChanges {
        changes.recordings = recordings.flatMap { source, recordings in
            recordings.slots.compactMap { slot in
                guard slot.isChanged, let entry = slot.entry else { return nil }
                return RecordingChange(source: source, id: slot.id, entry: entry)
            }
        }
        return changes
    }

    /// Takes over the record that the bench's encoder has written last.
    mutating func write(_ payload: @autoclosure () -> OutputRecord.Payload, _ kind: KnownKind, _ bench: inout Bench) {
        bench.result.counts[kind] += 1
        batch.append(to: kind, bench.encoder.json) {
            OutputRecord(
                source: bench.origin.source,
                connector: bench.origin.connector,
                observedAt: bench.observedAt,
                payload: includesRaw ? payload() : payload().withoutRaw
            )
        }
    }

    private mutating func at(
        _ origin: RecordOrigin,
        _ observedAt: Timestamp,
        _ body: (inout BatchPlanner, inout Bench) -> Void
    ) -> RecorderResult {
        let used = encoders.removeValue(forKey: origin.source)
        var bench = Bench(
            origin: origin,
            observedAt: observedAt,
            recordings: recordings.removeValue(forKey: origin.source) ?? RecordingSlots(),
            encoder: used
                ?? RecordEncoder(source: origin.source, connector: origin.connector, includesRaw: includesRaw)
        )
        body(&self, &bench)
        recordings[origin.source] = bench.recordings
        encoders[origin.source] = bench.encoder
        return bench.result
    }
}
