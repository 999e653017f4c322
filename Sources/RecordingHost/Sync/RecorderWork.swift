import RecordingKit

/// What the recorder needs to know of the source that a record comes from.
struct RecordOrigin: Sendable {
    let source: String
    let connector: String
    let run: Int64
    /// The kinds of record that are wanted and that the connector has.
    let reads: Set<RecordKind>
    // Asked for each record, where looking into the set would hash a name each time.
    /// Whether recordings are wanted.
    let readsRecordings: Bool
    /// Whether counters are wanted.
    let readsSummaries: Bool
    /// Whether access events are read: they are wanted, and the connector can.
    let readsEvents: Bool
    /// Whether media are fetched.
    let readsMedia: Bool
    /// Whether the host itself may have left entries in the source's audit trails.
    let mayCauseReads: Bool

    init(source: String, connector: String, run: Int64, reads: Set<RecordKind>, mayCauseReads: Bool) {
        self.source = source
        self.connector = connector
        self.run = run
        self.reads = reads
        readsRecordings = reads.contains(.recordings)
        readsSummaries = reads.contains(.accessSummaries)
        readsEvents = reads.contains(.accessEvents)
        readsMedia = reads.contains(.media)
        self.mayCauseReads = mayCauseReads
    }
}

/// Something to be recorded: a page, the accesses of one recording, how a listing ended and whether it can be continued, or a note
/// that no record belongs to.
enum RecorderWork: Sendable {
    case page(RecordOrigin, listing: UInt64, rows: [ListedRecording], observedAt: Timestamp)
    case events(
        RecordOrigin,
        recordingID: String,
        events: [NumberedEvent],
        observedAt: Timestamp,
        completion: EventCompletion?
    )
    case listing(ListingOutcome, canContinue: Bool)
    /// What became of a recording's media, as far as it differs from what was written before, with the heads of manifests that say
    /// so.
    case media(RecordOrigin, MediaProgress, [String: ManifestHead], observedAt: Timestamp)
    /// Asked for its changes when its turn has come, so that they are true then.
    case note(@Sendable (inout LedgerChanges) -> Void)
}

/// An access event with its final id.
struct NumberedEvent: Sendable {
    let event: AccessEvent
    let id: String
    let isSynthetic: Bool
}

/// Says that a recording's access events were read to the end.
struct EventCompletion: Sendable {
    let revision: AccessRevision
    let newest: Timestamp?
    /// The open listing that remembers that the events are to be read; nil when none does.
    let rememberedBy: ListingKey?
}

/// What recording a piece of work came to.
struct RecorderResult: Sendable {
    /// Recordings that this run had not seen before.
    var seen = 0
    /// Records written.
    var counts = KindTable(repeating: 0)
    /// Records written, by kind; only kinds of which there are any.
    var written: [RecordKind: Int] {
        KnownKind.allCases.reduce(into: [:]) { if counts[$1] > 0 { $0[$1.recordKind] = counts[$1] } }
    }
    /// Recordings whose access events are to be read now.
    var details: [DetailTask] = []
    /// Recordings whose media are wanted and were not before.
    var mediaDemands = 0
    /// Recordings whose access events are due as well, and which another listing of this run has returned before.
    var awaited: [DetailTask] = []
}

/// A recording whose access events are to be read.
struct DetailTask: Sendable {
    let recording: Recording
    let revision: AccessRevision
    let since: Timestamp?
}
