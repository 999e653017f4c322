import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("All or nothing")
struct TransactionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func changes(_ ids: Range<Int>, source: String = "clinic") -> LedgerChanges {
        var changes = LedgerChanges()
        for id in ids {
            changes.recordings.append(RecordingChange(source: source, id: "recording-\(id)", entry: entry(UInt64(id))))
        }
        changes.sinkPositions = ["s": SinkPosition(offsets: ["a": Int64(ids.upperBound)])]
        return changes
    }

    @Test("A full disk in the middle of a commit leaves what was there before, and names the reason")
    func fullDisk() async throws {
        let ledger = try folder.open()
        try await ledger.commit(changes(0..<10))
        try await ledger.execute("PRAGMA max_page_count = 40")
        let error = await failure { try await ledger.commit(changes(10..<20_000, source: "new")) }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("SQLITE_FULL") == true && error?.reason.contains("disk is full") == true)
        #expect(try await ledger.sinkStates() == ["s": SinkState(position: SinkPosition(offsets: ["a": 10]))])
        #expect(try await ledger.sourceStatuses().map(\.source) == ["clinic"])
        #expect(try await ledger.knownRecordings(["recording-10"], of: "new").isEmpty)

        try await ledger.execute("PRAGMA max_page_count = 4000")
        try await ledger.commit(changes(10..<20, source: "new"))
        #expect(try await ledger.knownRecordings(["recording-10"], of: "new").count == 1)
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [10, 10])
    }

    @Test("A statement that fails last undoes the statements before it")
    func failingStatement() async throws {
        let ledger = try folder.open()
        try await ledger.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON sink_offsets BEGIN SELECT RAISE(ABORT, 'secret value'); END"
        )
        let error = await failure { try await ledger.commit(changes(0..<10)) }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("SQLITE_CONSTRAINT") == true)
        #expect(error?.reason.contains("secret") == false)
        #expect(try await ledger.sourceStatuses().isEmpty)
        #expect(try await ledger.knownRecordings(["recording-1"], of: "clinic").isEmpty)
    }

    @Test("Tokens, the adoption of a sink and the beginning of a run are flushed before they return")
    func durability() async throws {
        let ledger = try folder.open()
        // 2 is FULL and 1 is NORMAL.
        #expect(try await ledger.synchronous() == 1)
        #expect(try await ledger.transactDurably { try $0.integer("PRAGMA synchronous") } == 2)
        #expect(try await ledger.synchronous() == 1)
        #expect(await failure { try await ledger.transactDurably { _ in throw TapedeckError(.stopped, "") } } != nil)
        #expect(try await ledger.synchronous() == 1)
        try await ledger.execute(
            """
            CREATE TABLE seen (what TEXT, mode INTEGER);
            CREATE TRIGGER tokens_saved AFTER INSERT ON tokens
                BEGIN INSERT INTO seen SELECT 'tokens', synchronous FROM pragma_synchronous; END;
            CREATE TRIGGER sink_adopted AFTER INSERT ON sinks
                BEGIN INSERT INTO seen SELECT 'sink', synchronous FROM pragma_synchronous; END;
            CREATE TRIGGER run_begun AFTER INSERT ON runs
                BEGIN INSERT INTO seen SELECT 'run', synchronous FROM pragma_synchronous; END;
            """
        )
        let tokens = StoredTokens(accessToken: Secret("a"), expiresAt: nil, refreshToken: nil, seed: "s")
        try await ledger.saveTokens(tokens, of: "clinic")
        try await ledger.setSinkState(SinkState(position: SinkPosition()), of: "s")
        _ = try await ledger.beginRun(at: try time("2026-03-01T10:00:00Z"))
        #expect(try await ledger.mode(of: "tokens") == 2)
        #expect(try await ledger.mode(of: "sink") == 2)
        #expect(try await ledger.mode(of: "run") == 2)
    }

    @Test("A hundred thousand recordings go in, come back, and are counted")
    func manyRecordings() async throws {
        let ledger = try folder.open()
        for start in stride(from: 0, to: 100_000, by: 1_000) {
            try await ledger.commit(changes(start..<(start + 1_000)))
        }
        for start in stride(from: 0, to: 100_000, by: 1_000) {
            let ids = (start..<(start + 1_000)).map { "recording-\($0)" }
            let known = try await ledger.knownRecordings(ids + ["recording-x"], of: "clinic")
            #expect(known.count == 1_000)
            #expect(known["recording-\(start)"] == entry(UInt64(start), number: start))
        }
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [100_000])
    }

    @Test("Calls from many tasks at once are each done once")
    func concurrentCalls() async throws {
        let ledger = try folder.open()
        let runs = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<50 {
                group.addTask {
                    var changes = LedgerChanges()
                    changes.recordings = [RecordingChange(source: "s", id: "\(number)", entry: entry(1))]
                    try await ledger.commit(changes)
                    return try await ledger.beginRun(at: Timestamp(secondsSince1970: Int64(number)))
                }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(runs.count == 50)
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [50])
    }
}

extension SQLiteLedger {
    func execute(_ sql: String) throws { try perform { try $0.execute(sql) } }

    func synchronous() throws -> Int64 { try perform { try $0.integer("PRAGMA synchronous") } }

    func mode(of what: String) throws -> Int64 {
        try perform { try $0.integer("SELECT mode FROM seen WHERE what = '\(what)'") }
    }
}
