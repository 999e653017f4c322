import RecordingHost
import RecordingKit
import SQLiteStore
import Testing

@Suite("The status of sources")
struct StatusTests {
    let folder: TemporaryFolder
    let ledger: SQLiteLedger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try folder.open()
    }

    func fullOutcome(_ source: String) throws -> SourceOutcome {
        var counts = SourceCounts()
        counts.recordings = 1
        counts.written = [.recordings: 2, .accessEvents: 3]
        counts.events = 4
        counts.details = 5
        counts.listingsComplete = 6
        counts.listingsIncomplete = 7
        counts.requests = 8
        counts.retries = 9
        counts.rateLimited = 10
        counts.waited = Duration(secondsComponent: 11, attosecondsComponent: 12)
        counts.auditReads = 13
        return SourceOutcome(
            source: source,
            connector: "webex",
            state: .credentialsRejected,
            counts: counts,
            failures: [ListingFailure(code: "b", reason: "first"), ListingFailure(code: "a", reason: "second")],
            retryAt: try time("2026-03-02T00:00:00Z")
        )
    }

    @Test("An outcome comes back whole, every count in its place and a duration to the attosecond")
    func outcome() async throws {
        let began = try time("2026-03-01T10:00:00.25Z")
        let run = try await ledger.beginRun(at: began)
        let full = try fullOutcome("clinic")
        try await ledger.finishRun(run, at: try time("2026-03-01T11:00:00Z"), endings: [ending(full)])
        let status = try #require(try await ledger.sourceStatuses().first)
        #expect(status.lastOutcome == full)
        #expect(status.lastRunAt?.description == began.description)
    }

    @Test("Every state comes back", arguments: SourceState.allCases)
    func states(_ state: SourceState) async throws {
        let now = try time("2026-03-01T10:00:00Z")
        let run = try await ledger.beginRun(at: now)
        let outcome = SourceOutcome(source: "s", connector: "c", state: state)
        try await ledger.finishRun(run, at: now, endings: [ending(outcome)])
        #expect(try await ledger.sourceStatuses().first?.lastOutcome == outcome)
    }

    @Test("The last finished run counts, for each source by itself, and a run that has not ended does not")
    func lastRun() async throws {
        let times = try (0..<4).map { try time("2026-03-01T1\($0):00:00Z") }
        let first = try await ledger.beginRun(at: times[0])
        let second = try await ledger.beginRun(at: times[1])
        let third = try await ledger.beginRun(at: times[2])
        func outcome(_ source: String, _ state: SourceState) -> SourceEnding {
            ending(SourceOutcome(source: source, connector: "webex", state: state))
        }
        try await ledger.finishRun(second, at: times[3], endings: [outcome("b", .complete), outcome("a", .failed)])
        try await ledger.finishRun(first, at: times[3], endings: [outcome("a", .complete), outcome("c", .tryLater)])
        let statuses = try await ledger.sourceStatuses()
        #expect(statuses.map(\.source) == ["a", "b", "c"])
        #expect(statuses.map { $0.lastOutcome?.state } == [.failed, .complete, .tryLater])
        #expect(statuses.map(\.lastRunAt) == [times[1], times[1], times[0]])
        #expect(third > second)
    }

    @Test("Audit reads add up by what they cost, over all runs")
    func auditReads() async throws {
        let now = try time("2026-03-01T10:00:00Z")
        var changes = LedgerChanges()
        changes.auditReads = [
            AuditRead(source: "clinic", endpoint: "GET /calls/{call}", sentAt: now, requestID: "q", cost: 2),
            AuditRead(source: "clinic", endpoint: "GET /calls/{call}", sentAt: now, requestID: nil, cost: 1),
            AuditRead(source: "other", endpoint: "GET /calls/{call}", sentAt: now, requestID: nil, cost: 5),
        ]
        try await ledger.commit(changes)
        try await ledger.commit(changes)
        #expect(try await ledger.sourceStatuses().map(\.auditReads) == [6, 10])
    }
}
