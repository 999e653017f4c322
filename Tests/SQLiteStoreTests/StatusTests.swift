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
            complete: [
                CompleteRange(from: nil, to: try time("2026-01-01T00:00:00Z")),
                CompleteRange(from: try time("2026-02-01T00:00:00.5Z"), to: try time("2026-03-01T00:00:00Z")),
            ],
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
        try await ledger.finishRun(run, at: try time("2026-03-01T11:00:00Z"), outcomes: [full])
        let status = try #require(try await ledger.sourceStatuses().first)
        #expect(status.lastOutcome == full)
        #expect(status.lastRunAt?.description == began.description)
    }

    @Test("Every state comes back", arguments: SourceState.allCases)
    func states(_ state: SourceState) async throws {
        let now = try time("2026-03-01T10:00:00Z")
        let run = try await ledger.beginRun(at: now)
        let outcome = SourceOutcome(source: "s", connector: "c", state: state)
        try await ledger.finishRun(run, at: now, outcomes: [outcome])
        #expect(try await ledger.sourceStatuses().first?.lastOutcome == outcome)
    }

    @Test("The last finished run counts, for each source by itself, and a run that has not ended does not")
    func lastRun() async throws {
        let times = try (0..<4).map { try time("2026-03-01T1\($0):00:00Z") }
        let first = try await ledger.beginRun(at: times[0])
        let second = try await ledger.beginRun(at: times[1])
        let third = try await ledger.beginRun(at: times[2])
        func outcome(_ source: String, _ state: SourceState) -> SourceOutcome {
            SourceOutcome(source: source, connector: "webex", state: state)
        }
        try await ledger.finishRun(second, at: times[3], outcomes: [outcome("b", .complete), outcome("a", .failed)])
        try await ledger.finishRun(first, at: times[3], outcomes: [outcome("a", .complete), outcome("c", .tryLater)])
        let statuses = try await ledger.sourceStatuses()
        #expect(statuses.map(\.source) == ["a", "b", "c"])
        #expect(statuses.map { $0.lastOutcome?.state } == [.failed, .complete, .tryLater])
        #expect(statuses.map(\.lastRunAt) == [times[1], times[1], times[0]])
        #expect(third > second)
    }

    @Test("Listings whose last reading was incomplete are told, and one that was read again is not")
    func listings() async throws {
        let window = TimeWindow(from: try time("2026-01-01T00:00:00Z"), to: try time("2026-02-01T00:00:00Z"))
        func outcome(_ listing: UInt64, _ window: TimeWindow?, _ failure: ListingFailure?) throws -> ListingOutcome {
            ListingOutcome(
                source: "clinic",
                listing: listing,
                label: "site \(listing)",
                window: window,
                run: 3,
                finishedAt: try time("2026-03-01T10:00:00.5Z"),
                recordings: 17,
                failure: failure
            )
        }
        let reason = ListingFailure(code: "paging_cycle", reason: "a page came twice")
        var changes = LedgerChanges()
        changes.listings = [
            try outcome(.max, nil, reason), try outcome(1, window, reason), try outcome(2, window, reason),
            try outcome(3, window, nil),
        ]
        try await ledger.commit(changes)
        changes.listings = [try outcome(2, window, nil)]
        try await ledger.commit(changes)
        let status = try #require(try await ledger.sourceStatuses().first)
        #expect(status.incompleteListings == [try outcome(.max, nil, reason), try outcome(1, window, reason)])
        #expect(status.lastOutcome == nil && status.lastRunAt == nil)
    }

    @Test(
        "A finished run replaces what earlier runs could not read of the ranges that it went over",
        arguments: zip(
            [SourceState.complete, .incomplete, .stopped, .tryLater],
            [[1], [1, 4], [1, 2, 3, 4], [1, 2, 3, 4]] as [Set<UInt64>]
        )
    )
    func replacedListings(state: SourceState, left: Set<UInt64>) async throws {
        let reason = ListingFailure(code: "not_json", reason: "a web page came")
        let now = try time("2026-03-01T10:00:00Z")
        func outcome(
            _ listing: UInt64,
            _ days: ClosedRange<Int>?,
            run: Int64,
            _ failure: ListingFailure?
        ) throws
            -> ListingOutcome
        {
            let window = try days.map { days in
                TimeWindow(
                    from: try time("2026-01-\(days.lowerBound)T00:00:00Z"),
                    to: try time("2026-01-\(days.upperBound)T00:00:00Z")
                )
            }
            return ListingOutcome(
                source: "acme",
                listing: listing,
                label: "site \(listing)",
                window: window,
                run: run,
                finishedAt: now,
                recordings: 0,
                failure: failure
            )
        }
        let first = try await ledger.beginRun(at: now)
        var changes = LedgerChanges()
        changes.listings = [
            try outcome(1, 10...15, run: first, reason), try outcome(2, 14...20, run: first, reason),
            try outcome(3, 20...30, run: first, reason), try outcome(4, nil, run: first, reason),
        ]
        try await ledger.commit(changes)
        let second = try await ledger.beginRun(at: now)
        changes.listings = [try outcome(5, 15...21, run: second, nil), try outcome(6, 21...31, run: second, nil)]
        try await ledger.commit(changes)
        let outcomes = [SourceOutcome(source: "acme", connector: "webex", state: state)]
        try await ledger.finishRun(second, at: now, outcomes: outcomes)
        let status = try #require(try await ledger.sourceStatuses().first)
        #expect(Set(status.incompleteListings.map(\.listing)) == left)
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
