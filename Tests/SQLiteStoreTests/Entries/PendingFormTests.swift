import RecordingHost
import Testing

@testable import SQLiteStore

@Suite("The form of entries that wait")
struct PendingFormTests {
    /// The row of a commit with these changes.
    private func row(_ changes: LedgerChanges) async throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let ledger = try folder.open()
        try await ledger.commit(changes)
        let connection = try SQLiteConnection(path: folder.path("tapedeck.db"), readOnly: true)
        let select = try connection.statement("SELECT entries FROM pending")
        defer { select.reset() }
        let row = try select.step() ? select.blob(0) : []
        select.reset()
        await ledger.close()
        return row
    }

    /// A row with its hash made right, so that what lies behind the hash is tried.
    private func sealed(_ entries: some Collection<UInt8>) -> [UInt8] {
        var row: [UInt8] = []
        PendingRow.make(Array(entries)[...], in: &row)
        return row
    }

    private func isRefused(_ row: [UInt8]) -> Bool {
        var entries = PendingEntries()
        do throws(DamagedEntries) {
            try entries.add(row: row, .standard)
            _ = entries.sorted()
            return false
        } catch {
            return entries.isEmpty && entries.bytes.isEmpty
        }
    }

    private func sample() async throws -> [UInt8] {
        var random = SeededGenerator(seed: 3)
        var changes = recordings((0..<20).map { ("recording-\($0)", randomEntry(&random)) })
        changes.events = events([("e1", 1), ("", .max)]).events
        return try await row(changes)
    }

    @Test("Any bit that is changed and any byte that is missing is found")
    func damage() async throws {
        let row = try await sample()
        #expect(!isRefused(row))
        for place in row.indices {
            var damaged = row
            damaged[place] ^= 1 << UInt8(place % 8)
            #expect(isRefused(damaged), "\(place)")
            #expect(isRefused(Array(row.prefix(place))), "\(place)")
        }
    }

    @Test("A row that is cut within an entry is refused even with the right hash")
    func cut() async throws {
        let row = try await sample()
        let entries = row[1..<(row.count - 8)]
        let whole = Set((0...entries.count).filter { !isRefused(sealed(entries.prefix($0))) })
        // Nothing at all, and each end of one of the 22 entries.
        #expect(whole.count == 23)
        #expect(whole.isSuperset(of: [0, entries.count]))
    }

    @Test("Random bytes and random changes with the right hash end in entries or in a refusal")
    func random() async throws {
        var random = SeededGenerator(seed: 11)
        let row = try await sample()
        var refused = 0
        for round in 0..<4_000 {
            var bytes = Array(row[1..<(row.count - 8)])
            if round % 2 == 0 {
                for _ in 0...(round % 5) {
                    bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: .min ... .max, using: &random)
                }
            } else {
                bytes = (0..<(round % 60)).map { _ in
                    Bool.random(using: &random)
                        ? .random(in: 0...3, using: &random) : .random(in: .min ... .max, using: &random)
                }
            }
            if isRefused(sealed(bytes)) { refused += 1 }
            _ = isRefused(bytes)
        }
        #expect(refused > 1_000 && refused < 3_990)
    }

    @Test("A commit that is taken back leaves what waited before, with replaced entries as they were")
    func rollBack() throws {
        var entries = PendingEntries()
        func add(_ id: String, _ fingerprint: UInt64) throws {
            var name: [UInt8] = []
            _ = EntryForm.name(id, source: 1, to: &name)
            try entries.add(name[...], UInt64(id.utf8.count)) { EntryForm.append(bits: fingerprint, to: &$0) }
        }
        func known(_ id: String) throws -> UInt64? {
            var name: [UInt8] = []
            _ = EntryForm.name(id, source: 1, to: &name)
            return try entries.place(of: name[...], UInt64(id.utf8.count)).map { try entries.fingerprint(at: $0) }
        }
        entries.begin(adding: 2)
        try add("a", 1)
        try add("b", 2)
        entries.keep()
        let size = entries.bytes.count
        for _ in 0..<3 {
            entries.begin(adding: 2_000)
            try add("a", 3)
            try add("c", 4)
            try add("c", 5)
            try add("b", 6)
            for number in 0..<1_990 { try add("d\(number)", 7) }
            #expect(try known("a") == 3 && known("b") == 6 && known("c") == 5 && known("d1989") == 7)
            entries.rollBack()
            #expect(try known("a") == 1 && known("b") == 2 && known("c") == nil && known("d5") == nil)
            #expect(entries.bytes.count == size && entries.count == 2)
        }
    }

    @Test("A key that was put into an empty table is never said to be absent, and others nearly always are")
    func filter() {
        var random = SeededGenerator(seed: 5)
        var absent = AbsentKeys(beganEmpty: true)
        let known = [0, 1, .max] + (0..<100_000).map { _ in random.next() }
        #expect(known.allSatisfy { absent.contains($0) })
        for key in known { absent.remove(key) }
        #expect(known.allSatisfy { !absent.contains($0) })
        let others = (0..<10_000).map { _ in random.next() }
        #expect(others.count { absent.contains($0) } > 9_900)
        // Asking in vain tells a filter nothing.
        for key in known { absent.insert(key) }
        #expect(known.allSatisfy { !absent.contains($0) })
    }

    @Test("Of a table that held rows only keys are absent that were asked for in vain and not put in since")
    func asked() {
        var random = SeededGenerator(seed: 6)
        var absent = AbsentKeys(beganEmpty: false)
        let keys = [0] + (0..<3_000).map { _ in random.next() }
        #expect(keys.allSatisfy { !absent.contains($0) })
        for key in keys { absent.insert(key) }
        #expect(keys.count { absent.contains($0) } > 2_000)
        for key in keys { absent.remove(key) }
        #expect(keys.allSatisfy { !absent.contains($0) })
    }
}
