import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@Suite("The sink in memory")
struct MemorySinkTests {
    private func batch(_ ids: String...) -> RecordBatch {
        var batch = RecordBatch()
        for id in ids {
            let record = OutputRecord(
                source: "s",
                connector: "c",
                observedAt: Timestamp(secondsSince1970: 0),
                payload: .recording(Recording(id: id))
            )
            batch.append(record, json: "{}".utf8)
        }
        return batch
    }

    @Test("only what was committed counts, and recovering cuts off the rest")
    func positions() async throws {
        let sink = MemorySink()
        #expect(try await sink.recover(to: nil) == SinkPosition(offsets: ["records": 0]))
        try await sink.write(batch("a", "b"))
        #expect(await sink.recordings.isEmpty)
        let position = try await sink.commit()
        try await sink.write(batch("c"))
        #expect(await sink.recordings.map(\.id) == ["a", "b"])
        #expect(try await sink.recover(to: position) == position)
        _ = try await sink.commit()
        #expect(await sink.recordings.map(\.id) == ["a", "b"])
    }

    @Test("a position beyond its records, and records without a position, are refused")
    func refusals() async throws {
        let sink = MemorySink()
        await #expect(throws: TapedeckError(.sinkFailed, "")) {
            try await sink.recover(to: SinkPosition(offsets: ["records": 1]))
        }
        try await sink.write(batch("a"))
        await #expect(throws: TapedeckError(.sinkFailed, "")) { try await sink.recover(to: nil) }
    }

    @Test("failures are thrown as long as they are set")
    func failures() async throws {
        let sink = MemorySink()
        await sink.fail(writes: TapedeckError(.sinkFailed, "full"), commits: TapedeckError(.sinkFailed, "full"))
        await #expect(throws: TapedeckError(.sinkFailed, "")) { try await sink.write(batch("a")) }
        await #expect(throws: TapedeckError(.sinkFailed, "")) { try await sink.commit() }
        await sink.fail()
        try await sink.write(batch("a"))
        _ = try await sink.commit()
        #expect(await sink.recordings.map(\.id) == ["a"])
        #expect(await sink.commits == 1)
    }
}
