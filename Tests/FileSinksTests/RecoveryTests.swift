import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import FileSinks

@Suite("What lies behind the last commit of JSON Lines files")
struct RecoveryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func sink() -> JSONLinesSink { JSONLinesSink(directory: folder.path("out")) }

    /// A folder with one committed recording, and its position.
    func committed() async throws -> SinkPosition {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1")], summaries: [summary("1")]))
        let position = try await sink.commit()
        await sink.close()
        return position
    }

    @Test("Records of a killed run are cut off, and writing goes on there")
    func killedRun() async throws {
        let kept = try await committed()
        let killed = sink()
        _ = try await killed.recover(to: kept)
        try await killed.write(batch(recordings: [recording("lost"), recording("too")], events: [event("e")]))
        await killed.close()

        let next = sink()
        #expect(try await next.recover(to: kept) == kept)
        try await next.write(batch(recordings: [recording("2")]))
        _ = try await next.commit()
        #expect(try folder.text("out/recordings.jsonl") == text(recording("1"), recording("2")))
        #expect(try folder.text("out/access_events.jsonl").isEmpty)
    }

    @Test("A record torn anywhere is cut off")
    func tornRecord() async throws {
        let kept = try await committed()
        let line = Array(recording("ü", title: #"a\"b"#, raw: #"{"k":[1,"é"]}"#).utf8)
        for end in 1...line.count {
            try folder.append(bytes: Array(line[..<end]), to: "out/recordings.jsonl")
            let sink = sink()
            #expect(try await sink.recover(to: kept) == kept, "torn after \(end) bytes")
            await sink.close()
        }
        #expect(try folder.text("out/recordings.jsonl") == text(recording("1")))
    }

    @Test(
        "Blank lines and the zeros of a power failure are cut off",
        arguments: ["\n", " \n\r\n", "\0\0\0", "{\"source\":\"cl\0\0\0\"x\"}\n\0", "\n{\"source\":\"\0"]
    )
    func noise(_ tail: String) async throws {
        let kept = try await committed()
        try folder.append(tail, to: "out/recordings.jsonl")
        #expect(try await sink().recover(to: kept) == kept)
        #expect(try folder.text("out/recordings.jsonl") == text(recording("1")))
    }

    @Test(
        "What somebody added is refused with its line, and stays",
        arguments: [
            ("a note\n", 2), ("{\"id\":\"mine\"}\n", 2), ("a note without an end", 2),
            ("{\"source\":\"x\"} and more", 2),
            (recording("lost") + "\nnote\n", 3), (summary("other kind") + "\n", 2), ("{\"mine", 2), ("\u{FEFF}\n", 2),
        ]
    )
    func addition(_ tail: String, _ line: Int) async throws {
        let kept = try await committed()
        try folder.append(tail, to: "out/recordings.jsonl")
        try folder.append(summary("lost") + "\n", to: "out/access_summaries.jsonl")
        let whole = try folder.text("out/recordings.jsonl")
        let error = await failure { try await sink().recover(to: kept) }
        #expect(error?.code == .sinkFailed)
        let reason = try #require(error?.reason)
        #expect(reason.contains("out/recordings.jsonl, line \(line),") && reason.contains("move it"), "\(reason)")
        #expect(try folder.text("out/recordings.jsonl") == whole)
        #expect(try folder.text("out/access_summaries.jsonl") == text(summary("1"), summary("lost")))
    }

    @Test("More than a run leaves behind is refused, because an older ledger was put back")
    func surplus() async throws {
        let kept = try await committed()
        let line = Array((recording("x", title: String(repeating: "t", count: 1 << 20)) + "\n").utf8)
        let file = try #require(FileHandle(forWritingAtPath: folder.path("out/recordings.jsonl")))
        try file.seekToEnd()
        for _ in 0..<64 { try file.write(contentsOf: line) }
        let error = await failure { try await sink().recover(to: kept) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("older ledger") == true)
    }

    @Test("A change before the position is found by the mark, and undone it goes on")
    func changedBefore() async throws {
        let kept = try await committed()
        let whole = try folder.text("out/recordings.jsonl")
        try folder.write(whole.replacingOccurrences(of: "\"1\"", with: "\"7\""), to: "out/recordings.jsonl")
        let error = await failure { try await sink().recover(to: kept) }
        #expect(error?.code == .sinkFailed)
        let reason = try #require(error?.reason)
        #expect(reason.contains("out/recordings.jsonl was changed") && reason.contains("tapedeck repair"))
        var unmarked = kept
        unmarked.marks = [:]
        let older = sink()
        #expect(try await older.recover(to: unmarked).marks != kept.marks)
        await older.close()
        try folder.write(whole, to: "out/recordings.jsonl")
        #expect(try await sink().recover(to: kept) == kept)
    }

    @Test("A mark covers the last 4096 bytes, however they were written, and is the same after a recovery")
    func marks() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        var position = SinkPosition()
        for number in 0..<40 {
            let lines = (0...(number % 7) * (number % 7)).map { recording("\(number)-\($0)") }
            try await sink.write(batch(recordings: lines))
            position = try await sink.commit()
            let bytes = Array(try folder.text("out/recordings.jsonl").utf8)
            #expect(position.marks == ["recordings.jsonl": ContentHash.hash(bytes.suffix(4_096))])
        }
        await sink.close()
        let again = self.sink()
        #expect(try await again.recover(to: position) == position)
        try await again.write(batch(recordings: [recording("last")]))
        let bytes = Array(try folder.text("out/recordings.jsonl").utf8)
        #expect(try await again.commit().marks["recordings.jsonl"] == ContentHash.hash(bytes.suffix(4_096)))
    }
}
