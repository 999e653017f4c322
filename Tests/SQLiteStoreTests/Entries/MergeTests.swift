import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("Entries that wait for their tables")
struct MergeTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// So few that nearly every commit finds some waiting and some in their tables.
    private let narrow = EntryLimits(entries: 25, bytes: 1 << 20, step: 4)

    @Test(
        "Whatever waits and wherever it lies, the ledger knows what was committed last, counts it once and numbers it once",
        arguments: [false, true],
        [1, 2, 3] as [UInt64]
    )
    func anyOrder(collides: Bool, seed: UInt64) async throws {
        let hash: EntryHash = collides ? .colliding : .standard
        var random = SeededGenerator(seed: seed)
        var ledger = try folder.open(narrow, hash)
        var known: [String: [String: KnownRecording]] = ["a": [:], "b": [:]]
        var fingerprints: [String: [EventKey: UInt64]] = ["a": [:], "b": [:]]
        for round in 0..<60 {
            var changes = LedgerChanges()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                let source = Bool.random(using: &random) ? "a" : "b"
                let id = "r\(Int.random(in: 0..<60, using: &random))"
                var entry = randomEntry(&random)
                let number = known[source]?[id]?.number
                entry.number = Bool.random(using: &random) ? number : nil
                changes.recordings.append(RecordingChange(source: source, id: id, entry: entry))
                entry.number = number ?? known[source]?.count
                known[source]?[id] = entry
                let key = EventKey(recordingID: id, eventID: "\(Int.random(in: 0..<3, using: &random))")
                let fingerprint = random.next()
                changes.events.append(EventChange(source: source, key: key, fingerprint: fingerprint))
                fingerprints[source]?[key] = fingerprint
            }
            try await ledger.commit(changes)
            if round % 17 == 16 {
                await ledger.close()
                ledger = try folder.open(narrow, hash)
            }
            for source in ["a", "b"] {
                let ids = (0..<64).map { "r\($0)" }
                let found = try await ledger.knownRecordings(ids, of: source)
                let different = ids.filter { found[$0] != known[source]?[$0] }
                #expect(different == [], "\(round)")
                #expect(
                    found.mapValues(\.eventsThrough?.description)
                        == known[source]?.mapValues(\.eventsThrough?.description)
                )
                let keys = ids.flatMap { id in (0..<3).map { EventKey(recordingID: id, eventID: "\($0)") } }
                #expect(try await ledger.knownEvents(keys, of: source) == fingerprints[source], "\(round)")
            }
        }
        let statuses = try await ledger.sourceStatuses()
        #expect(statuses.map(\.recordings) == ["a", "b"].map { known[$0]?.count ?? 0 })
        #expect(statuses.map(\.events) == ["a", "b"].map { fingerprints[$0]?.count ?? 0 })
        await ledger.close()
    }

    @Test("Entries go to their tables when there are as many as the limit, and with the end of the run")
    func limit() async throws {
        let ledger = try folder.open(EntryLimits(entries: 10, bytes: 1 << 20, step: 4))
        let run = try await ledger.beginRun(at: try time("2026-03-01T10:00:00Z"))
        try await ledger.commit(recordings((0..<9).map { ("r\($0)", entry(1)) }))
        try await ledger.commit(recordings([("r9", entry(2))]))
        #expect(try folder.integer("SELECT count(*) FROM recordings") == 0)
        #expect(try folder.integer("SELECT count(*) FROM pending") == 2)
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [10])
        try await ledger.commit(recordings([("r10", entry(3))]))
        #expect(try folder.integer("SELECT count(*) FROM recordings") == 10)
        #expect(try folder.integer("SELECT count(*) FROM pending") == 1)
        try await ledger.finishRun(run, at: try time("2026-03-01T11:00:00Z"), endings: [])
        #expect(try folder.integer("SELECT count(*) FROM recordings") == 11)
        #expect(try folder.integer("SELECT count(*) FROM pending") == 0)
        #expect(try await ledger.knownRecordings(["r9", "r10"], of: "clinic").count == 2)
        await ledger.close()
    }

    @Test("Entries go to their tables when they have as many bytes as the limit")
    func bytes() async throws {
        let ledger = try folder.open(EntryLimits(entries: 1_000, bytes: 300, step: 4))
        try await ledger.commit(recordings([("r0", entry(1)), (String(repeating: "x", count: 300), entry(1))]))
        try await ledger.commit(recordings([("r1", entry(2))]))
        #expect(try folder.integer("SELECT count(*) FROM recordings") == 2)
        await ledger.close()
    }

    @Test(
        "A kill between the steps of a merge loses nothing, counts nothing twice and changes no number",
        arguments: 0..<7
    )
    func killedMerge(steps: Int) async throws {
        let all = (0..<12).map { ("r\($0)", entry(UInt64($0))) }
        let ledger = try folder.open(EntryLimits(entries: 20, bytes: 1 << 20, step: 4))
        try await ledger.commit(recordings(all))
        try await ledger.commit(events((0..<12).map { ("e\($0)", UInt64($0)) }))
        // The row that comes first in the step where the merge is cut.
        let order = all.map { Int64(bitPattern: EntryHash.standard.recording(Array($0.0.utf8)[...], of: 1)) }
            .sorted()
        if steps < 3 {
            try await ledger.execute(
                """
                CREATE TRIGGER cut BEFORE INSERT ON recordings WHEN new.key = \(order[steps * 4 + 1])
                BEGIN SELECT RAISE(ABORT, 'killed'); END
                """
            )
        } else if steps < 6 {
            try await ledger.execute(
                """
                CREATE TRIGGER cut BEFORE INSERT ON events WHEN (SELECT count(*) FROM events) = \((steps - 3) * 4 + 1)
                BEGIN SELECT RAISE(ABORT, 'killed'); END
                """
            )
        } else {
            try await ledger.execute(
                "CREATE TRIGGER cut BEFORE DELETE ON pending BEGIN SELECT RAISE(ABORT, 'killed'); END"
            )
        }
        #expect(await failure { try await ledger.commit(recordings([("r12", entry(12))])) }?.code == .ledgerFailed)
        #expect(try folder.integer("SELECT count(*) FROM recordings") == min(steps, 3) * 4)
        #expect(try folder.integer("SELECT count(*) FROM pending") == 2)
        // The ledger that could not merge goes on knowing everything.
        #expect(try await ledger.knownRecordings(all.map(\.0), of: "clinic").count == 12)
        try await ledger.execute("DROP TRIGGER cut")
        try folder.copyLedger(to: "copy.db")
        await ledger.close()

        let copy = try folder.open("copy.db")
        #expect(try folder.integer("SELECT count(*) FROM pending", "copy.db") == 0)
        let known = try await copy.knownRecordings(all.map(\.0), of: "clinic")
        for (number, (id, entry)) in all.enumerated() {
            var entry = entry
            entry.number = number
            #expect(known[id] == entry)
        }
        let keys = (0..<12).map { EventKey(recordingID: "r", eventID: "e\($0)") }
        #expect(try await copy.knownEvents(keys, of: "clinic").count == 12)
        #expect(try await copy.sourceStatuses().map(\.recordings) == [12])
        #expect(try await copy.sourceStatuses().map(\.events) == [12])
        try await copy.commit(recordings([("r3", entry(30)), ("new", entry(40))]))
        let after = try await copy.knownRecordings(["r3", "new"], of: "clinic")
        #expect(after == ["r3": entry(30, number: 3), "new": entry(40, number: 12)])
        await copy.close()
    }

    @Test("A number that the ledger never gave is not taken over")
    func inventedNumber() async throws {
        let ledger = try folder.open()
        try await ledger.commit(recordings([("a", entry(1, number: 7)), ("b", entry(2, number: -1)), ("c", entry(3))]))
        let known = try await ledger.knownRecordings(["a", "b", "c"], of: "clinic")
        #expect(known.mapValues(\.number) == ["a": 0, "b": 1, "c": 2])
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [3])
        await ledger.close()
    }

    @Test("A recording that comes twice in one commit is one")
    func twiceInOneCommit() async throws {
        let ledger = try folder.open()
        var changes = recordings([("a", entry(1)), ("b", entry(2)), ("a", entry(3))])
        changes.events = events([("e", 1), ("e", 2)]).events
        try await ledger.commit(changes)
        #expect(
            try await ledger.knownRecordings(["a", "b"], of: "clinic")
                == ["a": entry(3, number: 0), "b": entry(2, number: 1)]
        )
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [2])
        #expect(try await ledger.sourceStatuses().map(\.events) == [1])
        await ledger.close()
    }

    @Test("A commit that fails gives its numbers back")
    func failedCommit() async throws {
        let ledger = try folder.open()
        try await ledger.commit(recordings([("a", entry(1))]))
        try await ledger.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON passes BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        var changes = recordings([("b", entry(2)), ("a", entry(9))])
        changes.passes = [Pass(source: "clinic", firstRun: 1, beganAt: try time("2026-03-01T10:00:00Z"), request: 1)]
        #expect(await failure { try await ledger.commit(changes) } != nil)
        #expect(try await ledger.knownRecordings(["a", "b"], of: "clinic") == ["a": entry(1, number: 0)])
        try await ledger.commit(recordings([("c", entry(3))]))
        #expect(try await ledger.knownRecordings(["c"], of: "clinic") == ["c": entry(3, number: 1)])
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [2])
        await ledger.close()
    }

    @Test("A reader sees what waits, also while the run goes on, and what went to the tables")
    func reader() async throws {
        let writer = try folder.open(EntryLimits(entries: 4, bytes: 1 << 20, step: 2))
        let reader = try SQLiteLedger.openForReading(path: folder.path("tapedeck.db"))
        for number in 0..<12 {
            try await writer.commit(recordings([("r\(number)", entry(UInt64(number)))]))
            try await writer.commit(events([("e\(number)", UInt64(number))]))
            let ids = (0...number).map { "r\($0)" }
            let known = try await reader.knownRecordings(ids, of: "clinic")
            #expect(known.count == number + 1)
            #expect(known["r\(number)"] == entry(UInt64(number), number: number))
            let keys = (0...number).map { EventKey(recordingID: "r", eventID: "e\($0)") }
            #expect(try await reader.knownEvents(keys, of: "clinic").count == number + 1)
        }
        await writer.close()
        #expect(try folder.integer("SELECT count(*) FROM pending") > 0)
        let late = try SQLiteLedger.openForReading(path: folder.path("tapedeck.db"))
        #expect(try await late.knownRecordings((0..<12).map { "r\($0)" }, of: "clinic").count == 12)
        #expect(try folder.integer("SELECT count(*) FROM pending") > 0)
        await late.close()
        await reader.close()
    }

    @Test("Who only renews tokens cannot commit records beside a run")
    func tokens() async throws {
        let run = try folder.open()
        let other = try SQLiteLedger.openForTokens(path: folder.path("tapedeck.db"), holder: holder)
        #expect(await failure { try await other.commit(recordings([("r", entry(1))])) }?.code == .ledgerFailed)
        #expect(try await run.knownRecordings(["r"], of: "clinic").isEmpty)
        await other.close()
        await run.close()
    }

    @Test("A row that cannot be read is refused with the way out, and the file is left as it is")
    func damagedRow() async throws {
        let ledger = try folder.open()
        try await ledger.commit(recordings([("r", entry(1))]))
        try await ledger.execute("UPDATE pending SET entries = zeroblob(40)")
        await ledger.close()
        let before = try folder.bytes("tapedeck.db")
        let error = await failure { try folder.open() }
        #expect(error?.code == .ledgerFailed)
        #expect(error?.reason.contains("tapedeck.db") == true && error?.reason.contains("tapedeck repair") == true)
        #expect(try folder.bytes("tapedeck.db") == before)
    }

    @Test("A table of version 3 comes over with every row, and what is known of it is found by its key")
    func migration() async throws {
        let old = LedgerSchema(
            applicationID: LedgerSchema.current.applicationID,
            migrations: Array(LedgerSchema.current.migrations.prefix(3))
        )
        await (try SQLiteLedger.open(path: folder.path("tapedeck.db"), holder: holder, schema: old)).close()
        do {
            let connection = try SQLiteConnection(path: folder.path("tapedeck.db"), readOnly: false)
            try connection.execute(
                """
                INSERT INTO sources (name, recordings, events, next_number) VALUES ('clinic', 500, 500, 500), ('other', 1, 0, 1);
                WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x < 499)
                INSERT INTO recordings (source, id, listing, content, context, summary, access_revision, events_through,
                    events_were_read, seen_in_run, number)
                SELECT 1, 'é' || char(0) || x, x, x + 1, x + 2, nullif(x, 7), 'v' || x, '2026-03-01T10:00:00.120Z', x % 2, 3, x FROM n;
                INSERT INTO recordings (source, id, listing, content, context, events_were_read, seen_in_run, number)
                VALUES (2, '', -1, -2, 0, 0, 3, 0);
                INSERT INTO events (source, recording, event, fingerprint) SELECT source, id, 'e' || id, content FROM recordings
                """
            )
        }
        let ledger = try folder.open()
        let ids = (0..<500).map { "é\u{0}\($0)" }
        let known = try await ledger.knownRecordings(ids, of: "clinic")
        #expect(known.count == 500)
        for (number, id) in ids.enumerated() {
            var expected = entry(UInt64(number), number: number)
            expected.summary = number == 7 ? nil : UInt64(number)
            expected.accessRevision = "v\(number)"
            expected.eventsThrough = try time("2026-03-01T10:00:00.120Z")
            expected.eventsWereRead = number % 2 == 1
            #expect(known[id] == expected)
            #expect(known[id]?.eventsThrough?.description == "2026-03-01T10:00:00.120Z")
        }
        let other = KnownRecording(listing: .max, content: .max - 1, context: 0, seenInRun: 3, number: 0)
        #expect(try await ledger.knownRecordings([""], of: "other") == ["": other])
        let keys = ids.map { EventKey(recordingID: $0, eventID: "e" + $0) }
        #expect(try await ledger.knownEvents(keys, of: "clinic").count == 500)
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [500, 1])
        await ledger.close()
    }
}
