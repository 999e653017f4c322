import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("Sinks that come and go")
struct SinkStateTests {
    private let bench = PagedBench(["one": ["a"]])
    private let second = MemorySink(id: "memory:second")
    private let third = MemorySink(id: "memory:third")

    private func ids(_ sink: MemorySink) async -> [String] { await sink.recordings.map(\.id).sorted() }

    private func grow(_ ids: String...) { bench.platform.change("one", to: ids) }

    @Test("A run that is refused because a new sink cannot be filled changes nothing for the sinks that it left out")
    func refusedRun() async throws {
        _ = try await bench.sync(sinks: [bench.sink, second])
        await #expect(throws: TapedeckError(.configurationInvalid, "")) { try await bench.sync(sinks: [third]) }
        grow("a", "b")
        _ = try await bench.sync(sinks: [bench.sink, second])
        #expect(await ids(bench.sink) == ["a", "b"])
        #expect(await ids(second) == ["a", "b"])
    }

    @Test("A sink that was left out cannot take the place of the one that has what it lacks")
    func swapped() async throws {
        _ = try await bench.sync(sinks: [bench.sink, second])
        grow("a", "b")
        _ = try await bench.sync(sinks: [second])
        for _ in 0..<2 {
            await #expect(throws: TapedeckError(.configurationInvalid, "")) {
                try await bench.sync(sinks: [bench.sink])
            }
        }
        grow("a", "b", "c")
        _ = try await bench.sync(sinks: [bench.sink, second])
        #expect(await ids(bench.sink) == ["a", "b", "c"])
        #expect(await ids(second) == ["a", "b", "c"])
    }

    @Test("Sinks that take turns are each filled from one that has everything")
    func turns() async throws {
        let sinks = [bench.sink, second, third]
        _ = try await bench.sync(sinks: sinks)
        grow("a", "b")
        _ = try await bench.sync(sinks: [third])
        grow("a", "b", "c")
        _ = try await bench.sync(sinks: [second, third])
        grow("a", "b", "c", "d")
        _ = try await bench.sync(sinks: [second])
        grow("a", "b", "c", "d", "e")
        _ = try await bench.sync(sinks: sinks)
        for sink in sinks {
            #expect(await ids(sink) == ["a", "b", "c", "d", "e"])
            #expect(await sink.records.count == 10)
        }
    }

    @Test("A run that ends while a sink is being filled is made good by the next, without a record twice")
    func cutWhileFilling() async throws {
        _ = try await bench.sync()
        grow("a", "b")
        _ = try await bench.sync()
        let failing = FailingSink(base: second, writes: 1)
        await #expect(throws: TapedeckError(.sinkFailed, "")) { try await bench.sync(sinks: [bench.sink, failing]) }
        #expect(await second.records.count > 0)
        _ = try await bench.sync(sinks: [bench.sink, second])
        #expect(await ids(second) == ["a", "b"])
        #expect(await second.records.count == 4)
    }

    @Test("A run that is cancelled while a sink is being filled ends with a report, and the next one is not refused")
    func cancelledWhileFilling() async throws {
        _ = try await bench.sync()
        grow("a", "b")
        _ = try await bench.sync()
        let pausing = PausingSink(base: second)
        let report = try await withThrowingTaskGroup(of: SyncReport.self) { group in
            group.addTask { try await bench.sync(sinks: [bench.sink, pausing]) }
            await pausing.isReached()
            group.cancelAll()
            return try await group.next()
        }
        #expect(report?.wasStopped == true)
        #expect(report?.failure == nil)
        #expect(report?.outcomes.map(\.state) == [.stopped])
        #expect(try await bench.sync(sinks: [bench.sink, second]).outcomes.map(\.state) == [.complete])
        #expect(await ids(second) == ["a", "b"])
        #expect(await second.records.count == 4)
    }

    @Test("A run whose sink failed claims no range, and forgets no part")
    func failedSink() async throws {
        await bench.sink.fail(commits: TapedeckError(.sinkFailed, "The disk is full."))
        let report = try await bench.sync()
        #expect(report.failure?.code == .sinkFailed)
        #expect(report.outcomes.first?.complete == [])
        await bench.sink.fail()
        bench.clock.advance(by: .seconds(3_600))
        _ = try await bench.sync()
        let covered = try #require(try await coverage().complete.first)
        await bench.sink.fail(commits: TapedeckError(.sinkFailed, "The disk is full."))
        grow("a", "b")
        bench.clock.advance(by: .seconds(3_600))
        let later = try await bench.sync()
        #expect(later.outcomes.first?.complete.map(\.to) == [covered.to])
        #expect(try await coverage().parts == 1)
    }

    private func coverage() async throws -> SourceCoverage {
        await bench.ledger.coverage(of: "clinic", kinds: [.recordings, .accessEvents], reachableFrom: nil)
    }
}

/// A sink that takes some batches and then no more.
private actor FailingSink: Sink {
    let base: MemorySink
    nonisolated let id: String
    private var writes: Int

    init(base: MemorySink, writes: Int) {
        self.base = base
        id = base.id
        self.writes = writes
    }

    nonisolated var locations: [String] { [] }
    func recover(to position: SinkPosition?) async throws -> SinkPosition { try await base.recover(to: position) }
    func write(_ batch: RecordBatch) async throws {
        guard writes > 0 else { throw TapedeckError(.sinkFailed, "The disk is full.") }
        writes -= 1
        try await base.write(batch)
    }
    func commit() async throws -> SinkPosition { try await base.commit() }
    func close() async {}
}

/// A sink that takes its first batch only when the run is cancelled.
private actor PausingSink: Sink {
    let base: MemorySink
    nonisolated let id: String
    private let reached = AsyncStream.makeStream(of: Void.self)

    init(base: MemorySink) {
        self.base = base
        id = base.id
    }

    nonisolated var locations: [String] { [] }

    /// Returns once the first write has begun.
    nonisolated func isReached() async { for await _ in reached.stream {} }

    func recover(to position: SinkPosition?) async throws -> SinkPosition { try await base.recover(to: position) }
    func write(_ batch: RecordBatch) async throws {
        reached.continuation.finish()
        // Ends with the run's cancellation alone.
        let never = AsyncStream<Never> { _ in }
        for await _ in never {}
        try await base.write(batch)
    }
    func commit() async throws -> SinkPosition { try await base.commit() }
    func close() async {}
}
