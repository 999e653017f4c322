import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import FileSinks

@Suite("Reading JSON Lines files back")
struct ReplayTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func sink() -> JSONLinesSink { JSONLinesSink(directory: folder.path("out")) }

    /// Every line by kind, and the sizes of the batches.
    func replay(
        _ position: SinkPosition,
        from start: SinkPosition? = nil
    ) async throws -> (lines: [String], batches: [Int]) {
        var lines: [String] = []
        var batches: [Int] = []
        try await sink().replay(from: start, through: position) { batch in
            #expect(batch.kinds.count == 1)
            for kind in batch.kinds {
                lines += String(decoding: batch.lines(of: kind), as: UTF8.self).split(separator: "\n").map(String.init)
            }
            batches.append(batch.records.count)
        }
        return (lines, batches)
    }

    @Test("gives every record up to the position, kind after kind, in bounded batches")
    func replays() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        let many = (0..<2_500).map { recording("\($0)") }
        try await sink.write(batch(recordings: many, summaries: [summary("a")], events: [event("e")]))
        let position = try await sink.commit()
        try await sink.write(batch(recordings: [recording("later")]))
        let result = try await replay(position)
        #expect(result.lines == many + [summary("a"), event("e")])
        #expect(result.batches == [1_000, 1_000, 500, 1, 1])
    }

    @Test("gives what lies behind a position to begin with, and counts lines from the file's beginning")
    func fromPosition() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1"), recording("2")]))
        let first = try await sink.commit()
        try await sink.write(batch(recordings: [recording("3"), "{}"], events: [event("e")]))
        let last = try await sink.commit()
        #expect(try await replay(first, from: first).lines.isEmpty)
        #expect(await failure { try await replay(last, from: first) }?.reason.contains("jsonl, line 4,") == true)
        #expect(await failure { try await replay(first, from: last) }?.reason.contains("from behind") == true)
        await sink.close()
        let whole = try folder.text("out/recordings.jsonl")
        try folder.write(whole.replacingOccurrences(of: "{}\n", with: ""), to: "out/recordings.jsonl")
        let next = self.sink()
        _ = try await next.recover(to: first)
        try await next.write(batch(recordings: [recording("3")], events: [event("e")]))
        let end = try await next.commit()
        #expect(try await replay(end, from: first).lines == [recording("3"), event("e")])
        var changed = first
        changed.marks["recordings.jsonl"] = 1
        #expect(await failure { try await replay(end, from: changed) }?.reason.contains("was changed") == true)
        changed.marks = [:]
        changed.offsets["recordings.jsonl"]? -= 1
        #expect(await failure { try await replay(end, from: changed) }?.reason.contains("no line end") == true)
    }

    @Test("gives batches of about a megabyte when lines are long, and the records themselves")
    func longLines() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        let title = String(repeating: "x", count: 400_000)
        try await sink.write(batch(recordings: (0..<7).map { recording("\($0)", title: title) }))
        let position = try await sink.commit()
        await sink.close()
        #expect(try await replay(position).batches == [3, 3, 1])
        var ids: [String] = []
        try await self.sink().replay(from: nil, through: position) { batch in
            for record in batch.records {
                if case .recording(let recording) = record.payload { ids.append(recording.id) }
                #expect(record.source == "clinic" && record.observedAt.description == "2026-01-02T00:00:00Z")
            }
        }
        #expect(ids == (0..<7).map(String.init))
    }

    @Test("names file and line of what cannot be read back")
    func malformed() async throws {
        try folder.makeFolder("out")
        let content = text(recording("1"), recording("2"), #"{"source":"clinic"}"#)
        try folder.write(content, to: "out/recordings.jsonl")
        let error = await failure { try await replay(position(Int64(content.utf8.count))) }
        #expect(error?.code == .sinkFailed)
        let reason = try #require(error?.reason)
        #expect(reason.contains("out/recordings.jsonl, line 3,") && reason.contains("\"id\" is missing"), "\(reason)")
    }

    @Test("refuses a file that is missing, too short, changed, or ends within a line")
    func notThere() async throws {
        #expect(
            await failure { try await replay(SinkPosition(offsets: offsets(5))) }?.reason.contains("missing") == true
        )
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1")]))
        var position = try await sink.commit()
        await sink.close()
        position.offsets["recordings.jsonl"]? -= 1
        #expect(await failure { try await replay(position) }?.reason.contains("was changed") == true)
        position.marks = [:]
        #expect(await failure { try await replay(position) }?.reason.contains("no line end") == true)
        position.offsets["recordings.jsonl"]? += 5
        #expect(await failure { try await replay(position) }?.reason.contains("holds") == true)
    }

    @Test("hands on what the caller throws, and changes nothing")
    func callerThrows() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1")]))
        let position = try await sink.commit()
        struct Enough: Error {}
        await #expect(throws: Enough.self) {
            try await sink.replay(from: nil, through: position) { _ in throw Enough() }
        }
        #expect(try await sink.commit() == position)
    }

    @Test("A survey finds the end of the last whole line of every file that is there")
    func survey() async throws {
        #expect(try await sink().survey() == SinkPosition())
        let sink = sink()
        _ = try await sink.recover(to: nil)
        let lines = (0..<50).map { recording("\($0)") }
        try await sink.write(batch(recordings: lines, events: [event("e")]))
        let position = try await sink.commit()
        await sink.close()
        #expect(try await sink.survey() == position)
        try folder.append("{\"source\":\"" + String(repeating: "x", count: 9_000), to: "out/recordings.jsonl")
        #expect(try await sink.survey() == position)
        #expect(try await replay(position).lines == lines + [event("e")])
    }
}
