public import RecordingKit

/// What the host remembers between runs: the seam between the engine and a store.
///
/// A ledger is open for one process at a time. Its methods may be called concurrently; each is all or nothing.
/// Every method throws `TapedeckError` with code `ledger_failed`.
public protocol Ledger: MediaLedger {
    /// Notes that a run begins and returns its number, which is larger than that of every run before it.
    ///
    /// The note survives a power failure before this returns: without it, what the run writes would look like a stranger's.
    func beginRun(at time: Timestamp) async throws -> Int64

    /// Notes how a run ended, for each of its sources.
    ///
    /// - Parameters:
    ///   - run: the number that ``beginRun(at:)`` gave.
    ///   - time: when it ended.
    ///   - endings: how each source that was read ended; none when the run failed before it read any.
    ///   - inOrder: whether every sink is exactly where the ledger says.
    func finishRun(_ run: Int64, at time: Timestamp, endings: [SourceEnding], inOrder: Bool) async throws

    /// Whether the last run that began also ended, and in order; false before the first.
    func lastRunEndedInOrder() async throws -> Bool

    /// The latest time that the ledger has noted for a run; nil before the first. A clock that shows less is wrong.
    ///
    /// Runs that failed for all their sources because the clock was wrong do not count: nothing was read then.
    func lastRunTime() async throws -> Timestamp?

    /// The pass of a source that has not ended; nil when there is none.
    func openPass(of source: String) async throws -> Pass?

    /// What is known of one part of a source.
    func partState(_ part: UInt64, of source: String) async throws -> PartState

    /// For which ranges a source was read completely for all of `kinds`, and what is missing.
    ///
    /// - Parameters:
    ///   - source: the configured source.
    ///   - kinds: what must have been read for a range to count.
    ///   - earliest: how far back the platform can still be asked; nil when there is no limit.
    func coverage(
        of source: String,
        kinds: [RecordKind],
        reachableFrom earliest: Timestamp?
    ) async throws -> SourceCoverage

    /// The last runs of a source that have ended, the newest first.
    func recentRuns(of source: String, limit: Int) async throws -> [RunSummary]

    /// The parts of a source that were found, or are being read for the first time, ordered by label.
    ///
    /// Costs one look at each part.
    func parts(of source: String) async throws -> [KnownPart]

    /// How far each sink has come, by the sink's id, also those that are not used now.
    func sinkStates() async throws -> [String: SinkState]

    /// Notes a sink's state so that it survives a power failure before this returns: where it begins, before the first record is
    /// written to it; that it is left out of what is written next; that it has caught up.
    func setSinkState(_ state: SinkState, of sink: String) async throws

    /// What is known of these recordings; those that were never seen are missing from the result.
    func knownRecordings(_ ids: [String], of source: String) async throws -> [String: KnownRecording]

    /// The fingerprints of those of these events that are known.
    func knownEvents(_ ids: [EventKey], of source: String) async throws -> [EventKey: UInt64]

    /// Applies changes in one transaction.
    func commit(_ changes: LedgerChanges) async throws

    /// The tokens that were last saved for a source.
    func tokens(of source: String) async throws -> StoredTokens?

    /// Saves a source's tokens so that they survive a power failure before this returns.
    func saveTokens(_ tokens: StoredTokens, of source: String) async throws

    /// Takes the right to renew a source's tokens; nil while another holder, such as another process, has it.
    ///
    /// Whoever holds it reads the stored tokens again before renewing them.
    func lockTokens(of source: String) async throws -> (any TokenLock)?

    /// What is known of each source, ordered by its name, for people who ask how the archive stands.
    func sourceStatuses() async throws -> [SourceStatus]

    /// Closes the store and lets another process open it.
    func close() async
}

extension Ledger {
    /// Notes how a run ended, with every sink exactly where the ledger says.
    public func finishRun(_ run: Int64, at time: Timestamp, endings: [SourceEnding]) async throws {
        try await finishRun(run, at: time, endings: endings, inOrder: true)
    }
}

/// What names one access event within a source.
public struct EventKey: Sendable, Hashable {
    /// The recording's id.
    public let recordingID: String
    /// The event's id.
    public let eventID: String

    /// Names an event.
    public init(recordingID: String, eventID: String) {
        self.recordingID = recordingID
        self.eventID = eventID
    }
}
