public import RecordingHost
public import RecordingKit

/// A ledger that forgets everything with the process, and shows tests what it was told.
public actor MemoryLedger: Ledger {
    private var known: [String: [String: KnownRecording]] = [:]
    private var events: [String: [EventKey: UInt64]] = [:]
    private var listings: [String: [UInt64: ListingOutcome]] = [:]
    private var savedTokens: [String: StoredTokens] = [:]
    private var positions: [String: SinkPosition] = [:]
    private var begun: [Int64: Timestamp] = [:]
    private var lastOutcomes: [String: (outcome: SourceOutcome, run: Int64)] = [:]
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

    /// How each listing of a source ended last, ordered by label.
    public func listings(of source: String) -> [ListingOutcome] {
        (listings[source] ?? [:]).values.sorted { ($0.label, $0.listing) < ($1.label, $1.listing) }
    }

    /// Notes a run; the first has the number 1.
    public func beginRun(at time: Timestamp) -> Int64 {
        let run = Int64(begun.count + 1)
        begun[run] = time
        return run
    }

    /// Notes how a run ended.
    public func finishRun(_ run: Int64, at time: Timestamp, outcomes: [SourceOutcome]) {
        for outcome in outcomes { lastOutcomes[outcome.source] = (outcome, run) }
    }

    /// How far each sink has come.
    public func sinkPositions() -> [String: SinkPosition] { positions }

    /// Notes where a sink begins.
    public func adoptSink(_ id: String, at position: SinkPosition) { positions[id] = position }

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
        for outcome in changes.listings { listings[outcome.source, default: [:]][outcome.listing] = outcome }
        positions.merge(changes.sinkPositions) { $1 }
    }

    /// The tokens that were last saved for a source.
    public func tokens(of source: String) -> StoredTokens? { savedTokens[source] }

    /// Keeps a source's tokens, unless saving is set to fail.
    public func saveTokens(_ tokens: StoredTokens, of source: String) throws {
        if let tokenFailure { throw tokenFailure }
        savedTokens[source] = tokens
    }

    /// What is known of each source, ordered by name.
    public func sourceStatuses() -> [SourceStatus] {
        Set(known.keys).union(listings.keys).union(lastOutcomes.keys).sorted().map { source in
            SourceStatus(
                source: source,
                lastOutcome: lastOutcomes[source]?.outcome,
                lastRunAt: lastOutcomes[source].flatMap { begun[$0.run] },
                recordings: known[source]?.count ?? 0,
                events: events[source]?.count ?? 0,
                incompleteListings: listings(of: source).filter { $0.failure != nil },
                auditReads: commits.flatMap(\.auditReads).filter { $0.source == source }.reduce(0) { $0 + $1.cost }
            )
        }
    }

    /// Does nothing: the next run may use the same value.
    public func close() {}
}
