import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct RecorderTests {
    private static let now = Timestamp(secondsSince1970: 1_800_000_000)
    private let origin = RecordOrigin(
        source: "clinic",
        connector: "kismet",
        run: 1,
        reads: [.recordings, .accessSummaries],
        mayCauseReads: false
    )

    private func page(_ ids: String...) -> RecorderWork {
        let rows = ids.map { ListedRecording(Recording(id: $0)) }
        return .page(origin, listing: 1, rows: rows, observedAt: Self.now)
    }

    private func recorder(
        _ ledger: any Ledger,
        _ sinks: [any Sink]
    ) -> Recorder {
        Recorder(ledger: ledger, sinks: sinks, includesRaw: true)
    }

    @Test("Each batch is written to and committed by every sink before the ledger knows of it") func order()
        async throws
    {
        let journal = Journal()
        let ledger = JournalLedger(base: MemoryLedger(), journal: journal)
        let recorder = recorder(ledger, [JournalSink("one", journal), JournalSink("two", journal)])
        _ = try await recorder.record(page("a"))
        _ = try await recorder.record(page("b"))
        let once = ["write one", "commit one", "write two", "commit two", "ledger"]
        #expect(journal.entries == once + once)
        #expect(await ledger.base.sinkStates().keys.sorted() == ["one", "two"])
    }

    @Test("Work that changes nothing touches neither sink nor ledger") func nothing() async throws {
        let journal = Journal()
        let recorder = recorder(JournalLedger(base: MemoryLedger(), journal: journal), [JournalSink("one", journal)])
        _ = try await recorder.record(page("a"))
        let before = journal.entries
        let result = try await recorder.record(page("a"))
        #expect(result.seen == 0)
        #expect(journal.entries == before)
    }

    @Test("Work that arrives during a commit is committed together") func sharedCommits() async throws {
        let sink = HeldSink()
        let ledger = MemoryLedger()
        let recorder = recorder(ledger, [sink])
        try await withThrowingTaskGroup(of: RecorderResult.self) { group in
            group.addTask { try await recorder.record(page("first")) }
            await sink.arrival()
            for number in 0..<50 { group.addTask { try await recorder.record(page("r\(number)")) } }
            for _ in 0..<500 { await Task.yield() }
            await sink.open()
            var seen = 0
            for try await result in group { seen += result.seen }
            #expect(seen == 51)
        }
        let commits = await ledger.commits
        #expect(commits.count < 10)
        #expect(commits.flatMap(\.recordings).count == 51)
        #expect(await ledger.recordings(of: "clinic").count == 51)
    }

    @Test("A sink that fails fails all later work, and the ledger never hears of it", arguments: [true, false])
    func sinkFailure(isWrite: Bool) async throws {
        let sink = MemorySink()
        let ledger = MemoryLedger()
        let recorder = recorder(ledger, [sink])
        _ = try await recorder.record(page("a"))
        let full = TapedeckError(.sinkFailed, "The disk is full.")
        await sink.fail(writes: isWrite ? full : nil, commits: isWrite ? nil : full)
        #expect(await code { _ = try await recorder.record(page("b")) } == .sinkFailed)
        await sink.fail()
        #expect(await code { _ = try await recorder.record(page("c")) } == .sinkFailed)
        #expect(await recorder.failure?.code == .sinkFailed)
        #expect(await ledger.recordings(of: "clinic").keys.sorted() == ["a"])
        #expect(await ledger.sinkStates()["memory"]?.position.offsets == ["records": 1])
    }

    @Test("A ledger that fails fails all later work") func ledgerFailure() async throws {
        let ledger = MemoryLedger()
        let recorder = recorder(ledger, [MemorySink()])
        await ledger.fail(commits: TapedeckError(.ledgerFailed, "The disk is full."))
        #expect(await code { _ = try await recorder.record(page("a")) } == .ledgerFailed)
        await ledger.fail()
        #expect(await code { _ = try await recorder.record(page("b")) } == .ledgerFailed)
        #expect(await ledger.commits.isEmpty)
    }

    @Test("Cancellation does not reach a commit") func cancellation() async throws {
        let sink = HeldSink()
        let ledger = MemoryLedger()
        let recorder = recorder(ledger, [sink])
        let codes = await withTaskGroup(of: TapedeckError.Code?.self) { group in
            group.addTask { await code { _ = try await recorder.record(page("a")) } }
            await sink.arrival()
            group.cancelAll()
            await sink.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes == [nil])
        #expect(await ledger.recordings(of: "clinic").keys.sorted() == ["a"])
    }
}

/// A sink that notes what is asked of it.
private struct JournalSink: Sink {
    let id: String
    let locations: [String] = []
    private let journal: Journal

    init(_ id: String, _ journal: Journal) {
        self.id = id
        self.journal = journal
    }

    func recover(to position: SinkPosition?) async throws -> SinkPosition { SinkPosition() }
    func write(_ batch: RecordBatch) async throws { journal.note("write \(id)") }
    func commit() async throws -> SinkPosition {
        journal.note("commit \(id)")
        return SinkPosition()
    }
    func close() async {}
}
