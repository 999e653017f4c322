import RecordingHost
import RecordingKit
import Testing

@testable import SQLiteStore

@Suite("A repair of a ledger in which entries wait")
struct PendingRepairTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Leaves a ledger with five recordings and two events, some in their tables and some waiting in the place of what is there.
    private func makeOld() async throws {
        let ledger = try folder.open(EntryLimits(entries: 5, bytes: 1 << 20, step: 2))
        var first = recordings((0..<4).map { ("r\($0)", entry(UInt64($0))) })
        first.events = events([("e0", 1)]).events
        try await ledger.commit(first)
        var late = entry(21)
        late.eventsThrough = try time("2040-03-01T10:00:00Z")
        late.eventsWereRead = true
        var second = recordings([("r1", late), ("r4", entry(4))])
        second.events = events([("e0", 9), ("e1", 2)]).events
        try await ledger.commit(second)
        await ledger.close()
        #expect(try folder.integer("SELECT count(*) FROM recordings") == 4)
        #expect(try folder.integer("SELECT count(*) FROM pending") == 1)
    }

    private func recording(_ id: String, _ seed: UInt64) -> ExaminedRecord {
        ExaminedRecord(
            source: "clinic",
            kind: .recordings,
            recordingID: id,
            eventID: nil,
            content: seed + 1,
            context: seed + 2
        )
    }

    private func event(_ id: String, _ fingerprint: UInt64) -> ExaminedRecord {
        ExaminedRecord(
            source: "clinic",
            kind: .accessEvents,
            recordingID: "r",
            eventID: id,
            content: fingerprint,
            context: 0
        )
    }

    /// What the files hold when nothing is amiss.
    private var files: [ExaminedRecord] {
        [
            recording("r0", 0), recording("r1", 1), recording("r1", 21), recording("r2", 2), recording("r3", 3),
            recording("r4", 4), event("e0", 1), event("e0", 9), event("e1", 2),
        ]
    }

    @Test("compares with what waits, and changes nothing of the old file", arguments: [true, false])
    func comparison(isDryRun: Bool) async throws {
        try await makeOld()
        let before = try folder.bytes("tapedeck.db")
        let repair = try SQLiteLedgerRepair(path: folder.path("tapedeck.db"), holder: holder, isDryRun: isDryRun)
        #expect(try await repair.examine() == .sound)
        _ = try await repair.begin()
        #expect(try await repair.take(files) == files.map { _ in false })
        #expect(try await repair.take([files[2], files[7]]) == [true, true])
        #expect(try await repair.comparison().isEmpty)
        let claims = try await repair.futureClaims(at: try time("2026-03-01T10:00:00Z"))
        #expect(claims == ["recordings' newest events: 1"])

        _ = try await repair.begin()
        _ = try await repair.take([
            recording("r0", 0), recording("r1", 1), recording("r2", 2), recording("r3", 3), recording("r9", 9),
            event("e0", 1),
        ])
        let comparison = try await repair.comparison()
        #expect(comparison.lost == ["clinic": 2])
        #expect(comparison.examplesOfLost == ["recordings clinic/r4", "access_events clinic/r/e1"])
        #expect(comparison.different == ["clinic": 2])
        #expect(comparison.unknown == ["clinic": 1])
        await repair.close()
        #expect(try folder.bytes("tapedeck.db") == before)
    }

    @Test("carries over what waits, and numbers every recording once")
    func replacement() async throws {
        try await makeOld()
        let repair = try SQLiteLedgerRepair(path: folder.path("tapedeck.db"), holder: holder)
        _ = try await repair.examine()
        _ = try await repair.begin()
        _ = try await repair.take(files)
        let plan = LedgerReplacement(sinks: [:], keepsCoverage: true, forgottenSources: [], forgetsFrom: nil)
        _ = try await repair.replace(with: plan, suffix: ".old")
        await repair.close()
        #expect(try folder.integer("SELECT count(*) FROM pending", "tapedeck.db.old") == 1)
        let ledger = try folder.open()
        let ids = (0..<5).map { "r\($0)" }
        var known = try await ledger.knownRecordings(ids, of: "clinic")
        #expect(Set(known.values.compactMap(\.number)) == Set(0..<5))
        for id in ids { known[id]?.number = nil }
        var late = entry(21)
        late.eventsThrough = try time("2040-03-01T10:00:00Z")
        late.eventsWereRead = true
        #expect(known == ["r0": entry(0), "r1": late, "r2": entry(2), "r3": entry(3), "r4": entry(4)])
        let keys = ["e0", "e1"].map { EventKey(recordingID: "r", eventID: $0) }
        #expect(try await ledger.knownEvents(keys, of: "clinic") == [keys[0]: 9, keys[1]: 2])
        #expect(try await ledger.sourceStatuses().map(\.recordings) == [5])
        #expect(try await ledger.sourceStatuses().map(\.events) == [2])
        try await ledger.commit(recordings([("new", entry(7))]))
        #expect(try await ledger.knownRecordings(["new"], of: "clinic") == ["new": entry(7, number: 5)])
        await ledger.close()
    }

    @Test("takes a row that cannot be read for damage, and saves the rest")
    func damagedRow() async throws {
        try await makeOld()
        do {
            let connection = try SQLiteConnection(path: folder.path("tapedeck.db"), readOnly: false)
            try connection.execute("UPDATE pending SET entries = zeroblob(50)")
        }
        let repair = try SQLiteLedgerRepair(path: folder.path("tapedeck.db"), holder: holder)
        guard case .damaged = try await repair.examine() else {
            Issue.record("it counts as sound")
            return
        }
        #expect(try await repair.begin().isEmpty)
        _ = try await repair.take(files)
        #expect(try await repair.comparison().isEmpty)
        let plan = LedgerReplacement(sinks: [:], keepsCoverage: false, forgottenSources: [], forgetsFrom: nil)
        _ = try await repair.replace(with: plan, suffix: ".old")
        await repair.close()
        let ledger = try folder.open()
        #expect(try await ledger.knownRecordings(["r0", "r4"], of: "clinic").count == 2)
        await ledger.close()
    }
}
