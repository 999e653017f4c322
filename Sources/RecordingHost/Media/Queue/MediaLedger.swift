public import RecordingKit

/// What the host remembers of media between runs; part of the ``Ledger``.
///
/// Every method throws `TapedeckError` with code `ledger_failed`.
public protocol MediaLedger: Sendable {
    /// The revisions under which these recordings are known as tasks; those that are none are missing from the result.
    func mediaRevisions(_ recordings: [String], of source: String) async throws -> [String: UInt64]

    /// Tasks that are to be tried at `now`, with numbers above `number`, in order, at most `limit`.
    func mediaTasks(of source: String, after number: Int64, at now: Timestamp, limit: Int) async throws -> [MediaTask]

    /// Notes how far fetching a file has come; nil forgets it. It survives a power failure before this returns when the file is
    /// complete.
    func setMediaJournal(_ journal: MediaJournal?, of rendition: String, _ key: MediaTaskKey) async throws

    /// Files that are stored, of all sources or of one, with task numbers above `number`, in order, at most `limit`.
    func storedMedia(of source: String?, after number: Int64, limit: Int) async throws -> [StoredMedium]

    /// Recordings with stored files that were listed by a part which `run` has read to its end, with their numbers; parts that are
    /// read by range are left out, because a range does not show what is gone.
    func storedInParts(readBy run: Int64, of source: String) async throws -> [(task: MediaTask, number: Int)]

    /// How far the manifest in a folder had come at the last commit that named it; nil when none did.
    func manifestHead(in folder: String) async throws -> ManifestHead?

    /// A source's media in numbers; costs one look at each task.
    func mediaStanding(of source: String) async throws -> MediaStanding

    /// Notes what the answer says to a request that left an entry in an audit trail: the platform's own id of the request, and what
    /// time it is there.
    func noteAnswer(to read: AuditRead, requestID: String?, platformTime: Timestamp?) async throws

    /// The reads of these recordings that the host has caused, by recording.
    func auditReads(of recordings: [String], in source: String) async throws -> [String: [AuditRead]]
}
