import RecordingHost
import RecordingKit
import SQLiteStore
import Testing

@Suite("What is put into the ledger comes back")
struct RoundTripTests {
    let folder: TemporaryFolder
    let ledger: SQLiteLedger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try folder.open()
    }

    @Test("A recording's whole entry comes back, hashes above Int64.max and the digits of a fraction included")
    func recordings() async throws {
        var full = KnownRecording(
            listing: .max,
            content: 1 << 63,
            context: 0,
            summary: .max - 1,
            accessRevision: "7\u{0}/é",
            eventsThrough: try time("2026-03-01T10:00:00.1200000Z"),
            eventsWereRead: true,
            seenInRun: 9
        )
        var changes = LedgerChanges()
        changes.recordings = [
            RecordingChange(source: "clinic", id: "a'b\u{0}c", entry: full),
            RecordingChange(source: "clinic", id: "", entry: entry(5)),
            RecordingChange(source: "other", id: "a'b\u{0}c", entry: entry(7)),
        ]
        try await ledger.commit(changes)
        full.number = 0
        let known = try await ledger.knownRecordings(["a'b\u{0}c", "", "never"], of: "clinic")
        #expect(known == ["a'b\u{0}c": full, "": entry(5, number: 1)])
        #expect(known["a'b\u{0}c"]?.eventsThrough?.description == "2026-03-01T10:00:00.1200000Z")
        #expect(try await ledger.knownRecordings(["a'b\u{0}c"], of: "other") == ["a'b\u{0}c": entry(7, number: 0)])
        #expect(try await ledger.knownRecordings(["", "a"], of: "unheard of").isEmpty)
    }

    @Test("A changed recording replaces the whole entry and is counted once")
    func changedRecording() async throws {
        var before = entry(1)
        before.summary = 4
        before.accessRevision = "2"
        for entry in [before, entry(20)] {
            var changes = LedgerChanges()
            changes.recordings = [RecordingChange(source: "clinic", id: "r", entry: entry)]
            try await ledger.commit(changes)
        }
        #expect(try await ledger.knownRecordings(["r"], of: "clinic") == ["r": entry(20, number: 0)])
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [1])
    }

    @Test("Fingerprints of events come back by recording and event, and a changed one replaces the one before")
    func events() async throws {
        let first = EventKey(recordingID: "r", eventID: "1")
        let second = EventKey(recordingID: "r1", eventID: "")
        for fingerprint in [UInt64(1), .max] {
            var changes = LedgerChanges()
            changes.events = [
                EventChange(source: "clinic", key: first, fingerprint: fingerprint),
                EventChange(source: "clinic", key: second, fingerprint: 2),
            ]
            try await ledger.commit(changes)
        }
        let never = EventKey(recordingID: "r", eventID: "never")
        #expect(try await ledger.knownEvents([first, second, never], of: "clinic") == [first: .max, second: 2])
        #expect(try await ledger.knownEvents([first], of: "other").isEmpty)
        #expect(try await ledger.sourceStatuses().map(\.events) == [2])
    }

    @Test("A sink's position is replaced as a whole, and a sink without parts stays known")
    func sinkPositions() async throws {
        #expect(try await ledger.sinkStates().isEmpty)
        try await ledger.setSinkState(SinkState(position: SinkPosition()), of: "empty")
        let first = SinkState(
            position: SinkPosition(offsets: ["a": 0, "gone": 5], marks: ["gone": 1]),
            lacksSince: ["other": SinkPosition(offsets: ["x": 7, "y": 8], marks: ["y": .max])]
        )
        try await ledger.setSinkState(first, of: "jsonl:/out")
        #expect(try await ledger.sinkStates()["jsonl:/out"] == first)
        let second = SinkPosition(offsets: ["a": .max, "b": 2], marks: ["a": .max, "b": 0])
        var changes = LedgerChanges()
        changes.sinkPositions = ["jsonl:/out": second]
        try await ledger.commit(changes)
        #expect(
            try await ledger.sinkStates() == [
                "empty": SinkState(position: SinkPosition()),
                "jsonl:/out": SinkState(position: second, lacksSince: first.lacksSince),
            ]
        )
        for lacksSince in [[:], nil] as [[String: SinkPosition]?] {
            let state = SinkState(position: second, lacksSince: lacksSince)
            try await ledger.setSinkState(state, of: "jsonl:/out")
            #expect(try await ledger.sinkStates()["jsonl:/out"] == state)
        }
    }

    @Test("Tokens come back whole and are replaced whole")
    func tokens() async throws {
        #expect(try await ledger.tokens(of: "clinic") == nil)
        let full = StoredTokens(
            accessToken: Secret("access"),
            expiresAt: try time("2026-03-01T10:00:00.5Z"),
            refreshToken: Secret("refresh"),
            seed: "s1"
        )
        try await ledger.saveTokens(full, of: "clinic")
        #expect(try await ledger.tokens(of: "clinic") == full)
        let bare = StoredTokens(accessToken: Secret("next"), expiresAt: nil, refreshToken: nil, seed: "s2")
        try await ledger.saveTokens(bare, of: "clinic")
        #expect(try await ledger.tokens(of: "clinic") == bare)
        #expect(try await ledger.tokens(of: "other") == nil)
    }

    @Test("Run numbers grow, also in the next process")
    func runNumbers() async throws {
        let first = try await ledger.beginRun(at: try time("2026-03-01T10:00:00Z"))
        let second = try await ledger.beginRun(at: try time("2026-03-01T09:00:00Z"))
        await ledger.close()
        let third = try await folder.open().beginRun(at: try time("2026-03-01T08:00:00Z"))
        #expect(first > 0 && second > first && third > second)
    }

    @Test("A run ends once, and only when it began")
    func runEndsOnce() async throws {
        let now = try time("2026-03-01T10:00:00Z")
        let run = try await ledger.beginRun(at: now)
        let outcome = SourceOutcome(source: "clinic", connector: "webex", state: .complete)
        try await ledger.finishRun(run, at: now, endings: [ending(outcome)])
        #expect(
            await failure { try await ledger.finishRun(run, at: now, endings: [ending(outcome)]) }?.code
                == .ledgerFailed
        )
        #expect(await failure { try await ledger.finishRun(run + 1, at: now, endings: []) }?.code == .ledgerFailed)
    }

    @Test("A closed ledger says so")
    func closed() async throws {
        await ledger.close()
        let error = await failure { try await ledger.sinkStates() }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("closed") == true)
    }
}
