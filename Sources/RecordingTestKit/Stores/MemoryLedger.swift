public import RecordingHost
public import RecordingKit

/// A ledger that forgets everything with the process, and shows tests what it was told.
public actor MemoryLedger: Ledger {
    private var known: [String: [String: KnownRecording]] = [:]
    private var events: [String: [EventKey: UInt64]] = [:]
    private var books: [String: SourceBook] = [:]
    private var savedTokens: [String: StoredTokens] = [:]
    private var sinks: [String: SinkState] = [:]
    private var begun: [Int64: Timestamp] = [:]
    private var ended: [Int64: Timestamp] = [:]
    private var mistimed: Set<Int64> = []
    private var endedInOrder = false
    private var lastOutcomes: [String: (outcome: SourceOutcome, run: Int64)] = [:]
    private var lockedTokens: Set<String> = []
    private var media = MediaBook()
    private var answers: [AuditRead: (requestID: String?, platformTime: Timestamp?)] = [:]
    private var commitFailure: TapedeckError?
    private var tokenFailure: TapedeckError?

    /// Every commit, in order.
    public private(set) var commits: [LedgerChanges] = []

    /// Makes an empty ledger.
    public init() {}

    /// Makes commits fail with `commits` and saving tokens with `tokenSaves`, from now on; nil lets them work again.
    public func fail(commits: TapedeckError? = nil, tokenSaves: TapedeckError? = nil) {
        commitFailure = commits
        tokenFailure = tokenSaves
    }

    /// The entries of a source, by recording.
    public func recordings(of source: String) -> [String: KnownRecording] { known[source] ?? [:] }

    /// How each listing of a source ended last, ordered by label and range.
    public func listings(of source: String) -> [ListingOutcome] {
        commits.flatMap(\.listings).filter { $0.source == source }
            .reduce(into: [ListingKey: ListingOutcome]()) { last, outcome in
                last[ListingKey(source: source, part: outcome.part, window: outcome.window)] = outcome
            }
            .values.sorted { ($0.label, $0.part) < ($1.label, $1.part) }
    }

    /// The listings of a source that are under way.
    public func openListings(of source: String) -> [OpenListing] {
        (books[source]?.openListings ?? [:]).values.flatMap { $0 }
    }

    /// Notes a run; the first has the number 1.
    public func beginRun(at time: Timestamp) -> Int64 {
        let run = Int64(begun.count + 1)
        begun[run] = time
        endedInOrder = false
        return run
    }

    /// Notes how a run ended.
    public func finishRun(_ run: Int64, at time: Timestamp, endings: [SourceEnding], inOrder: Bool) {
        endedInOrder = inOrder
        ended[run] = time
        if !endings.isEmpty, endings.allSatisfy(\.isMistimed) { mistimed.insert(run) }
        for ending in endings {
            lastOutcomes[ending.outcome.source] = (ending.outcome, run)
            books[ending.outcome.source, default: SourceBook()].finish(run, begun[run] ?? time, ending)
        }
    }

    /// Whether the last run that began also ended, and in order.
    public func lastRunEndedInOrder() -> Bool { endedInOrder }

    /// The latest time that was noted for a run.
    public func lastRunTime() -> Timestamp? {
        (Array(begun) + Array(ended)).filter { !mistimed.contains($0.key) }.map(\.value).max()
    }

    /// The pass of a source that has not ended.
    public func openPass(of source: String) -> Pass? { books[source]?.pass }

    /// What is known of one part of a source.
    public func partState(_ part: UInt64, of source: String) -> PartState {
        books[source]?.state(of: part) ?? PartState()
    }

    /// For which ranges a source was read completely.
    public func coverage(
        of source: String,
        kinds: [RecordKind],
        reachableFrom earliest: Timestamp?
    ) -> SourceCoverage {
        books[source]?.coverage(kinds, reachableFrom: earliest) ?? SourceCoverage()
    }

    /// The last run of a source; this ledger remembers no more.
    public func recentRuns(of source: String, limit: Int) -> [RunSummary] {
        guard limit > 0, let last = lastOutcomes[source], let time = begun[last.run] else { return [] }
        return [RunSummary(run: last.run, beganAt: time, endedAt: nil, outcome: last.outcome)]
    }

    /// The parts of a source that were found.
    public func parts(of source: String) -> [KnownPart] {
        guard let book = books[source] else { return [] }
        return Set(book.parts.keys).union(book.openListings.filter { !$0.value.isEmpty }.keys).map { part in
            let state = book.state(of: part)
            let open = state.openListings.first
            return KnownPart(
                part: part,
                label: book.parts[part]?.label ?? open?.listing.label ?? "",
                hasRanges: book.parts[part]?.hasRanges ?? (open?.name.window != nil),
                state: state
            )
        }
        .sorted { ($0.label, $0.part) < ($1.label, $1.part) }
    }

    /// How far each sink has come.
    public func sinkStates() -> [String: SinkState] { sinks }

    /// Notes a sink's state.
    public func setSinkState(_ state: SinkState, of sink: String) { sinks[sink] = state }

    /// What is known of these recordings.
    public func knownRecordings(_ ids: [String], of source: String) -> [String: KnownRecording] {
        let wanted = Set(ids)
        return (known[source] ?? [:]).filter { wanted.contains($0.key) }
    }

    /// The fingerprints of those of these events that are known.
    public func knownEvents(_ ids: [EventKey], of source: String) -> [EventKey: UInt64] {
        let wanted = Set(ids)
        return (events[source] ?? [:]).filter { wanted.contains($0.key) }
    }

    /// Applies changes, or none of them when commits are set to fail.
    public func commit(_ changes: LedgerChanges) throws {
        if let commitFailure { throw commitFailure }
        commits.append(changes)
        for change in changes.recordings { known[change.source, default: [:]][change.id] = change.entry }
        for change in changes.events { events[change.source, default: [:]][change.key] = change.fingerprint }
        for pass in changes.passes { books[pass.source, default: SourceBook()].pass = pass }
        for outcome in changes.listings { books[outcome.source, default: SourceBook()].note(outcome) }
        for part in changes.skippedParts { books[part.source, default: SourceBook()].note(part) }
        for open in changes.openListings { books[open.name.source, default: SourceBook()].note(open) }
        for detail in changes.finishedDetails { books[detail.listing.source]?.forget(detail) }
        for name in changes.droppedListings { books[name.source]?.forget(name) }
        for demand in changes.mediaDemands { media.note(demand) }
        for progress in changes.mediaProgress { media.note(progress) }
        for (sink, position) in changes.sinkPositions {
            sinks[sink, default: SinkState(position: position)].position = position
        }
    }

    /// The revisions under which these recordings are known as tasks.
    public func mediaRevisions(_ recordings: [String], of source: String) -> [String: UInt64] {
        recordings.reduce(into: [:]) {
            $0[$1] = media.entries[MediaTaskKey(source: source, recordingID: $1)]?.demand.revision
        }
    }

    /// Tasks that are to be tried, in order.
    public func mediaTasks(of source: String, after number: Int64, at now: Timestamp, limit: Int) -> [MediaTask] {
        media.tasks(of: source, after: number, at: now, limit: limit)
    }

    /// Notes how far fetching a file has come.
    public func setMediaJournal(_ journal: MediaJournal?, of rendition: String, _ key: MediaTaskKey) {
        media.entries[key]?.files[rendition, default: MediaFile(rendition: rendition)].journal = journal
    }

    /// Files that are stored.
    public func storedMedia(of source: String?, after number: Int64, limit: Int) -> [StoredMedium] {
        media.stored(of: source, after: number, limit: limit)
    }

    /// None: this ledger gives recordings no numbers.
    public func storedInParts(readBy run: Int64, of source: String) -> [(task: MediaTask, number: Int)] { [] }

    /// How far the manifest in a folder had come.
    public func manifestHead(in folder: String) -> ManifestHead? {
        commits.last { $0.manifestHeads[folder] != nil }?.manifestHeads[folder]
    }

    /// A source's media in numbers.
    public func mediaStanding(of source: String) -> MediaStanding { media.standing(of: source) }

    /// Notes what the answer to a request says.
    public func noteAnswer(to read: AuditRead, requestID: String?, platformTime: Timestamp?) {
        answers[read] = (requestID, platformTime)
    }

    /// The reads of these recordings that the host has caused.
    public func auditReads(of recordings: [String], in source: String) -> [String: [AuditRead]] {
        let wanted = Set(recordings)
        return commits.flatMap(\.auditReads).filter { $0.source == source }.reduce(into: [:]) { reads, read in
            guard let id = read.recordingID, wanted.contains(id) else { return }
            var read = read
            if let answer = answers[read] { (read.requestID, read.platformTime) = answer }
            reads[id, default: []].append(read)
        }
    }

    /// The tokens that were last saved for a source.
    public func tokens(of source: String) -> StoredTokens? { savedTokens[source] }

    /// Keeps a source's tokens, unless saving is set to fail.
    public func saveTokens(_ tokens: StoredTokens, of source: String) throws {
        if let tokenFailure { throw tokenFailure }
        savedTokens[source] = tokens
    }

    /// Takes the right to renew a source's tokens; nil until whoever has it gives it back.
    public func lockTokens(of source: String) -> (any TokenLock)? {
        lockedTokens.insert(source).inserted ? MemoryTokenLock(ledger: self, source: source) : nil
    }

    fileprivate func unlockTokens(of source: String) { lockedTokens.remove(source) }

    /// What is known of each source, ordered by name.
    public func sourceStatuses() -> [SourceStatus] {
        Set(known.keys).union(books.keys).union(lastOutcomes.keys).sorted().map { source in
            SourceStatus(
                source: source,
                lastOutcome: lastOutcomes[source]?.outcome,
                lastRunAt: lastOutcomes[source].flatMap { begun[$0.run] },
                recordings: known[source]?.count ?? 0,
                events: events[source]?.count ?? 0,
                auditReads: commits.flatMap(\.auditReads).filter { $0.source == source }.reduce(0) { $0 + $1.cost }
            )
        }
    }

    /// Does nothing: the next run may use the same value.
    public func close() {}
}

private struct MemoryTokenLock: TokenLock {
    let ledger: MemoryLedger
    let source: String

    func release() async { await ledger.unlockTokens(of: source) }
}
