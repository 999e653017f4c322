import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import FileSinks

@Suite("Files that are numbered")
struct RotationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func sink(
        _ compression: Compression = .none,
        rotateAfter: Int64? = 1_000,
        operations: FileOperations = .system
    ) -> JSONLinesSink {
        JSONLinesSink(
            directory: folder.path("out"),
            settings: RotationSettings(compression: compression, rotateAfter: rotateAfter),
            operations: operations
        )
    }

    func ids(
        _ sink: JSONLinesSink,
        _ position: SinkPosition,
        from start: SinkPosition? = nil
    ) async throws -> [String] {
        var ids: [String] = []
        try await sink.replay(from: start, through: position) { batch in
            for case .recording(let recording) in batch.records.map(\.payload) { ids.append(recording.id) }
        }
        return ids
    }

    /// Commits `count` recordings one by one, and returns every position.
    func fill(_ sink: JSONLinesSink, from position: SinkPosition?, ids: Range<Int>) async throws -> [SinkPosition] {
        var positions = [try await sink.recover(to: position)]
        for id in ids {
            try await sink.write(batch(recordings: [recording("\(id)", title: String(repeating: "x", count: 300))]))
            positions.append(try await sink.commit())
        }
        return positions
    }

    func recordingFiles() throws -> [String] { try folder.names("out").filter { $0.hasPrefix("recordings") } }

    @Test("begin with the number one, and the next begins with the first record after a commit beyond the limit")
    func rotates() async throws {
        let sink = sink()
        let position = try #require(try await fill(sink, from: nil, ids: 0..<6).last)
        #expect(try recordingFiles() == ["recordings.0001.jsonl", "recordings.0002.jsonl", "recordings.0003.jsonl"])
        let sizes = try recordingFiles().map { Int64(try folder.bytes("out/" + $0).count) }
        #expect(sizes == ["1", "2", "3"].map { position.offsets["recordings.000\($0).jsonl"] })
        #expect(position.marks.count == 3)
        #expect(try folder.permissions("out/recordings.0003.jsonl") == 0o600)
        #expect(try await ids(sink, position) == (0..<6).map(String.init))
        #expect(try await sink.survey().offsets.filter { $0.value > 0 } == position.offsets.filter { $0.value > 0 })
        #expect(sink.locations.first?.hasSuffix("out/recordings.0001.jsonl") == true)
    }

    @Test("are only ever ended at a commit")
    func endsAtCommit() async throws {
        let sink = sink(rotateAfter: 1)
        _ = try await sink.recover(to: nil)
        for id in 0..<5 { try await sink.write(batch(recordings: [recording("\(id)")])) }
        _ = try await sink.commit()
        #expect(try recordingFiles() == ["recordings.0001.jsonl"])
        try await sink.write(batch(recordings: [recording("5")]))
        #expect(try recordingFiles() == ["recordings.0001.jsonl", "recordings.0002.jsonl"])
    }

    @Test(
        "Every commit can be gone back to by one, and what follows is the same",
        arguments: [Compression.none, .gzip, .zstd]
    )
    func everyCrash(_ compression: Compression) async throws {
        let limit: Int64 = compression == .none ? 1_000 : 400
        for crash in 1...8 {
            let name = "out\(crash)"
            func sink() -> JSONLinesSink {
                JSONLinesSink(
                    directory: folder.path(name),
                    settings: RotationSettings(compression: compression, rotateAfter: limit),
                    operations: .system
                )
            }
            let first = sink()
            let positions = try await fill(first, from: nil, ids: 0..<crash)
            await first.close()
            // The ledger did not learn of the last commit.
            let kept = positions[crash - 1]
            let second = sink()
            let last = try #require(try await fill(second, from: kept, ids: (crash - 1)..<9).last)
            await second.close()
            #expect(try await ids(sink(), last) == (0..<9).map(String.init), "after \(crash) commits")
            #expect(try await ids(sink(), last, from: kept) == (crash - 1..<9).map(String.init))
            #expect(last.offsets.keys.filter { $0.hasPrefix("recordings") }.count > 2)
        }
    }

    @Test("A file that was begun behind the commit and holds somebody's text is refused")
    func foreignNext() async throws {
        let first = sink()
        let kept = try #require(try await fill(first, from: nil, ids: 0..<2).last)
        await first.close()
        try folder.write("mine\n", to: "out/recordings.0002.jsonl")
        let error = await failure { try await sink().recover(to: kept) }
        #expect(error?.reason.contains("recordings.0002.jsonl, line 1,") == true)
        try folder.write(text(recording("x")), to: "out/recordings.0002.jsonl")
        try folder.write(text(recording("y")), to: "out/recordings.0003.jsonl")
        #expect(await failure { try await sink().recover(to: kept) }?.reason.contains("older ledger") == true)
        #expect(try folder.text("out/recordings.0003.jsonl") == text(recording("y")))
    }

    @Test("All files that a cut filling began behind the position are emptied")
    func cutFilling() async throws {
        let first = sink()
        var kept = try #require(try await fill(first, from: nil, ids: 0..<2).last)
        await first.close()
        for number in 2...4 { try folder.write(text(recording("x")), to: "out/recordings.000\(number).jsonl") }
        kept.isBeforeFilling = true
        let second = sink()
        let last = try #require(try await fill(second, from: kept, ids: 2..<9).last)
        await second.close()
        #expect(try await ids(sink(), last) == (0..<9).map(String.init))
    }

    @Test("Finished files may be moved away, but not be changed, and are needed to be read back")
    func finishedFiles() async throws {
        let first = sink()
        let kept = try #require(try await fill(first, from: nil, ids: 0..<6).last)
        await first.close()
        let whole = try folder.text("out/recordings.0001.jsonl")
        for change in [whole + "\n", String(whole.dropLast()), whole.replacingOccurrences(of: "xxx", with: "xyx")] {
            try folder.write(change, to: "out/recordings.0001.jsonl")
            #expect(await failure { try await sink().recover(to: kept) }?.reason.contains("was changed") == true)
        }
        try FileManager.default.removeItem(atPath: folder.path("out/recordings.0001.jsonl"))
        let second = sink()
        let position = try #require(try await fill(second, from: kept, ids: 6..<7).last)
        #expect(position.offsets["recordings.0001.jsonl"] == Int64(whole.utf8.count))
        #expect(await failure { try await ids(second, position) }?.reason.contains("0001.jsonl is missing") == true)
        #expect(try await ids(second, position, from: kept) == ["6"])
        try folder.write(whole, to: "out/recordings.0001.jsonl")
        #expect(try await ids(second, position) == (0..<7).map(String.init))
    }

    @Test("Other options than before begin another file, and everything stays in order")
    func changedOptions() async throws {
        var position: SinkPosition?
        let options: [(Compression, Int64?)] = [
            (.none, nil), (.zstd, nil), (.zstd, 1_000_000), (.none, 1_000_000), (.none, nil),
        ]
        for (index, (compression, limit)) in options.enumerated() {
            let sink = sink(compression, rotateAfter: limit)
            position = try await fill(sink, from: position, ids: index * 2..<index * 2 + 2).last
            await sink.close()
        }
        #expect(
            try recordingFiles() == ["recordings.0001.jsonl.zst", "recordings.0002.jsonl", "recordings.jsonl"]
        )
        #expect(try await ids(sink(), try #require(position)) == (0..<10).map(String.init))
    }

    @Test("A new file that cannot be made durable fails the sink, and the next recovery goes on")
    func failingFolder() async throws {
        let fails = Counter(0)
        var operations = FileOperations.system
        operations.synchronizeFolder = { _ throws(SystemError) in
            if fails.value == 1 { throw SystemError(number: EIO) }
        }
        let sink = sink(operations: operations)
        let kept = try #require(try await fill(sink, from: nil, ids: 0..<4).last)
        fails.value = 1
        let error = await failure { try await sink.write(batch(recordings: [recording("4")])) }
        #expect(error?.code == .sinkFailed)
        #expect(await failure { try await sink.commit() }?.code == .sinkFailed)
        fails.value = 0
        let position = try #require(try await fill(sink, from: kept, ids: 4..<6).last)
        #expect(try await ids(sink, position) == (0..<6).map(String.init))
    }

    @Test("Another run with an older copy of the ledger cannot cut off what is being written")
    func lockedNext() async throws {
        let all = batch(recordings: [recording("1")], summaries: [summary("1")], events: [event("1")])
        let running = sink(rotateAfter: 1)
        _ = try await running.recover(to: nil)
        try await running.write(all)
        let older = try await running.commit()
        try await running.write(all)
        let newer = try await running.commit()
        await running.close()
        // The first file of each kind is finished and not locked; the second is the one that is written to.
        let again = sink(rotateAfter: 1)
        _ = try await again.recover(to: newer)
        #expect(await failure { try await sink().recover(to: older) }?.reason.contains("another run") == true)
        #expect(try folder.text("out/recordings.0002.jsonl") == text(recording("1")))
        await again.close()
        #expect(try await sink().recover(to: older) == older)
    }

    @Test(
        "Names are read as they are written, and no others",
        arguments: [
            ("recordings.jsonl", 0), ("recordings.0001.jsonl", 1), ("recordings.12345.jsonl.zst", 12_345),
            ("access_events.0002.jsonl.gz", 2), ("recordings.1.jsonl", nil), ("recordings.0000.jsonl", nil),
            ("recordings.-001.jsonl", nil), ("recordings.jsonl.cut-off", nil), ("recordings.csv", nil),
            ("recordings.0001.jsonl.bz2", nil), ("media.jsonl", 0), ("other.jsonl", nil), ("", nil), (".", nil),
            ("recordings", nil),
            ("recordings.99999999999999999999.jsonl", nil),
        ] as [(String, Int?)]
    )
    func names(_ text: String, _ number: Int?) {
        let name = PartName(text, kinds: LineFolder.kinds, format: "jsonl")
        #expect(name?.number == number)
        #expect(name.map(\.text) ?? text == text)
    }
}
