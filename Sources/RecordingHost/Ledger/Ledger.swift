public import RecordingKit

/// What the host remembers between runs: the seam between the engine and a store.
///
/// A ledger is open for one process at a time. Its methods may be called concurrently; each is all or nothing.
/// Every method throws `TapedeckError` with code `ledger_failed`.
public protocol Ledger: Sendable {
    /// Notes that a run begins and returns its number, which is larger than that of every run before it.
    func beginRun(at time: Timestamp) async throws -> Int64

    /// Notes how a run ended, for each of its sources.
    func finishRun(_ run: Int64, at time: Timestamp, outcomes: [SourceOutcome]) async throws

    /// How far each sink has come, by the sink's id.
    func sinkPositions() async throws -> [String: SinkPosition]

    /// Notes where a sink begins, durably, before the first record is written to it.
    func adoptSink(_ id: String, at position: SinkPosition) async throws

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

    /// What is known of each source, ordered by its name, for people who ask how the archive stands.
    func sourceStatuses() async throws -> [SourceStatus]

    /// Closes the store and lets another process open it.
    func close() async
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
