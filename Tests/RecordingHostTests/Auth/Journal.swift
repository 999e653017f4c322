import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization

/// Notes what happened in which order, across a transport, a ledger and sinks.
final class Journal: Sendable {
    private let noted = Mutex<[String]>([])

    var entries: [String] { noted.withLock { $0 } }

    func note(_ entry: String) { noted.withLock { $0.append(entry) } }
}

/// A transport that notes each request before it is sent.
struct JournalTransport: HTTPTransport {
    let base: ScriptedTransport
    let journal: Journal

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let credential = request.headers["Authorization"].map { " with \($0)" } ?? ""
        journal.note("send \(request.method) \(request.url.path)\(credential)")
        return try await base.send(request)
    }
}

/// A ledger that notes what it keeps.
struct JournalLedger: Ledger {
    let base: MemoryLedger
    let journal: Journal

    func saveTokens(_ tokens: StoredTokens, of source: String) async throws {
        try await base.saveTokens(tokens, of: source)
        journal.note("save \(tokens.accessToken.revealed)")
    }

    func commit(_ changes: LedgerChanges) async throws {
        try await base.commit(changes)
        journal.note("ledger")
    }

    func mediaRevisions(_ recordings: [String], of source: String) async throws -> [String: UInt64] {
        await base.mediaRevisions(recordings, of: source)
    }
    func mediaTasks(
        of source: String,
        after number: Int64,
        at now: Timestamp,
        limit: Int
    ) async throws -> [MediaTask] {
        await base.mediaTasks(of: source, after: number, at: now, limit: limit)
    }
    func setMediaJournal(_ journal: MediaJournal?, of rendition: String, _ key: MediaTaskKey) async throws {
        await base.setMediaJournal(journal, of: rendition, key)
    }
    func storedMedia(of source: String?, after number: Int64, limit: Int) async throws -> [StoredMedium] {
        await base.storedMedia(of: source, after: number, limit: limit)
    }
    func manifestHead(in folder: String) async throws -> ManifestHead? { await base.manifestHead(in: folder) }
    func noteAnswer(to read: AuditRead, requestID: String?, platformTime: Timestamp?) async throws {
        await base.noteAnswer(to: read, requestID: requestID, platformTime: platformTime)
    }
    func storedInParts(readBy run: Int64, of source: String) async throws -> [(task: MediaTask, number: Int)] {
        await base.storedInParts(readBy: run, of: source)
    }
    func mediaStanding(of source: String) async throws -> MediaStanding { await base.mediaStanding(of: source) }
    func auditReads(of recordings: [String], in source: String) async throws -> [String: [AuditRead]] {
        await base.auditReads(of: recordings, in: source)
    }
    func beginRun(at time: Timestamp) async throws -> Int64 { await base.beginRun(at: time) }
    func finishRun(_ run: Int64, at time: Timestamp, endings: [SourceEnding], inOrder: Bool) async throws {
        await base.finishRun(run, at: time, endings: endings, inOrder: inOrder)
    }
    func lastRunEndedInOrder() async throws -> Bool { await base.lastRunEndedInOrder() }
    func lastRunTime() async throws -> Timestamp? { await base.lastRunTime() }
    func openPass(of source: String) async throws -> Pass? { await base.openPass(of: source) }
    func partState(_ part: UInt64, of source: String) async throws -> PartState {
        await base.partState(part, of: source)
    }
    func coverage(
        of source: String,
        kinds: [RecordKind],
        reachableFrom earliest: Timestamp?
    ) async throws -> SourceCoverage {
        await base.coverage(of: source, kinds: kinds, reachableFrom: earliest)
    }
    func sinkStates() async throws -> [String: SinkState] { await base.sinkStates() }
    func setSinkState(_ state: SinkState, of sink: String) async throws {
        await base.setSinkState(state, of: sink)
    }
    func knownRecordings(_ ids: [String], of source: String) async throws -> [String: KnownRecording] {
        await base.knownRecordings(ids, of: source)
    }
    func knownEvents(_ ids: [EventKey], of source: String) async throws -> [EventKey: UInt64] {
        await base.knownEvents(ids, of: source)
    }
    func tokens(of source: String) async throws -> StoredTokens? { await base.tokens(of: source) }
    func lockTokens(of source: String) async throws -> (any TokenLock)? { await base.lockTokens(of: source) }
    func recentRuns(of source: String, limit: Int) async throws -> [RunSummary] {
        await base.recentRuns(of: source, limit: limit)
    }
    func parts(of source: String) async throws -> [KnownPart] { await base.parts(of: source) }
    func sourceStatuses() async throws -> [SourceStatus] { await base.sourceStatuses() }
    func close() async {}
}
