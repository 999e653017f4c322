import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The ledger in memory")
struct MemoryLedgerTests {
    private let now = Timestamp(secondsSince1970: 1_000)

    private var changes: LedgerChanges {
        var changes = LedgerChanges()
        changes.recordings = [
            RecordingChange(source: "s", id: "r", entry: KnownRecording(listing: 1, content: 2, context: 3))
        ]
        changes.events = [EventChange(source: "s", key: EventKey(recordingID: "r", eventID: "e"), fingerprint: 4)]
        changes.listings = [
            ListingOutcome(
                source: "s",
                part: 1,
                label: "part",
                window: nil,
                covered: nil,
                kinds: [.recordings],
                run: 1,
                readAt: now,
                firstRunOfPass: 1,
                finishedAt: now,
                recordings: 1,
                failure: ListingFailure(code: "not_found", reason: "gone")
            )
        ]
        changes.auditReads = [AuditRead(source: "s", endpoint: "GET /a", sentAt: now, requestID: nil, cost: 2)]
        changes.sinkPositions = ["memory": SinkPosition(offsets: ["records": 7])]
        return changes
    }

    @Test("what was committed is known, to its own source alone")
    func commit() async throws {
        let ledger = MemoryLedger()
        try await ledger.commit(changes)
        let key = EventKey(recordingID: "r", eventID: "e")
        #expect(await ledger.knownRecordings(["r", "x"], of: "s").keys.sorted() == ["r"])
        #expect(await ledger.knownRecordings(["r"], of: "t").isEmpty)
        #expect(await ledger.knownEvents([key], of: "s") == [key: 4])
        #expect(await ledger.knownEvents([key], of: "t").isEmpty)
        #expect(await ledger.sinkStates()["memory"]?.position.offsets == ["records": 7])
        #expect(await ledger.listings(of: "s").map(\.label) == ["part"])
    }

    @Test("a commit that fails changes nothing")
    func failedCommit() async throws {
        let ledger = MemoryLedger()
        await ledger.fail(commits: TapedeckError(.ledgerFailed, "full"))
        await #expect(throws: TapedeckError(.ledgerFailed, "")) { try await ledger.commit(changes) }
        #expect(await ledger.recordings(of: "s").isEmpty)
        #expect(await ledger.commits.isEmpty)
    }

    @Test("statuses add up what the runs of a source did")
    func statuses() async throws {
        let ledger = MemoryLedger()
        let run = await ledger.beginRun(at: now)
        try await ledger.commit(changes)
        try await ledger.finishRun(
            run,
            at: now,
            endings: [
                SourceEnding(
                    outcome: SourceOutcome(source: "s", connector: "c", state: .incomplete),
                    foundAllParts: true,
                    retiresOthers: true,
                    endsPass: true
                )
            ]
        )
        let status = try #require(await ledger.sourceStatuses().first)
        #expect(status.source == "s" && status.recordings == 1 && status.events == 1 && status.auditReads == 2)
        #expect(status.lastRunAt == now && status.lastOutcome?.state == .incomplete)
        #expect(await ledger.coverage(of: "s", kinds: [.recordings], reachableFrom: nil).gaps.map(\.label) == ["part"])
        #expect(await ledger.beginRun(at: now) > run)
    }

    @Test("tokens are kept by source, unless saving fails")
    func tokens() async throws {
        let ledger = MemoryLedger()
        let tokens = StoredTokens(accessToken: Secret("a"), expiresAt: nil, refreshToken: nil, seed: "x")
        try await ledger.saveTokens(tokens, of: "s")
        #expect(await ledger.tokens(of: "s") == tokens)
        #expect(await ledger.tokens(of: "t") == nil)
        await ledger.fail(tokenSaves: TapedeckError(.tokenNotSaved, "full"))
        await #expect(throws: TapedeckError(.tokenNotSaved, "")) { try await ledger.saveTokens(tokens, of: "t") }
        #expect(await ledger.tokens(of: "t") == nil)
    }
}
