import Foundation
import RawJSON
import RecordingHost
import RecordingKit
import Testing

@testable import FileSinks

@Suite("CSV files")
struct CSVSinkTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func sink(
        settings: RotationSettings = RotationSettings(),
        operations: FileOperations = .system
    ) -> CSVSink {
        CSVSink(directory: folder.path("out"), settings: settings, operations: operations)
    }

    func header(_ kind: RecordKind) -> String { String(decoding: CSVFormat().header(of: kind), as: UTF8.self) }

    /// A recording with a title that is written as JSON text has it.
    func titled(_ id: String, _ title: String) -> String {
        var writer = JSONWriter()
        writer.string(title)
        return recording(id).replacingOccurrences(
            of: #""title":"t""#,
            with: #""title":"# + String(decoding: writer.bytes, as: UTF8.self)
        )
    }

    static let texts = [
        "", "plain", "a,b", "a;b", "\"", "\"\"", "say \"hi\"", "line\nfeed", "carriage\r\nreturn", "\r", "\n", "\t",
        "'", "''", "'=1",
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", " =1", "é", "👩‍👩‍👧", "\u{FEFF}x",
        "\u{0}",
        "null", "=\"a\",b\r\n", "'\"", "ends,", ",", "\u{2028}",
    ]

    func undone(_ field: String?) -> String? {
        field.map { $0.hasPrefix("'") || $0.unicodeScalars.first == "'" ? String($0.unicodeScalars.dropFirst()) : $0 }
    }

    @Test("A fresh folder holds headers, and each kind's rows follow them")
    func rows() async throws {
        let sink = sink()
        let start = try await sink.recover(to: nil)
        #expect(start.offsets["recordings.csv"] == Int64(header(.recordings).utf8.count))
        #expect(try folder.names("out") == ["access_events.csv", "access_summaries.csv", "recordings.csv"])
        let raw = #"{"a": "x,y", "b":[1.50]}"#
        try await sink.write(
            batch(
                recordings: [recording("1", raw: raw), recording("2")],
                summaries: [summary("r", views: 3)],
                events: [event("e", changes: #"{"k":"=v"}"#)]
            )
        )
        let position = try await sink.commit()
        #expect(position.offsets["recordings.csv"] == Int64(try folder.bytes("out/recordings.csv").count))
        #expect(position.marks.count == 3)
        let recordings = try CSVReader.rows(try folder.text("out/recordings.csv"))
        #expect(recordings[0] == CSVColumn.all(of: .recordings).map(\.name))
        let first: [String?] = [
            "clinic", "webex", "1", "t", nil, nil, "2026-01-01T00:00:00Z", nil, "available", nil, nil, nil, nil,
            "a@b.test", nil,
            #"{"call_id":"5"}"#, "2026-01-02T00:00:00Z", raw,
        ]
        #expect(recordings[1] == first)
        #expect(recordings[2].last == .some(nil))
        #expect(
            try CSVReader.rows(try folder.text("out/access_summaries.csv"))[1]
                == ["clinic", "webex", "r", "3", nil, "2026-01-02T00:00:00Z"]
        )
        #expect(
            try CSVReader.rows(try folder.text("out/access_events.csv"))[1]
                == [
                    "clinic", "webex", "r", "e", "false", "7", nil, nil, "view download", "2026-01-01T00:00:00.5Z",
                    #"{"k":"=v"}"#, nil, nil,
                ]
        )
    }

    @Test("Every text is read back exactly, and none begins as a formula does")
    func texts() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        let titles = Self.texts
        try await sink.write(batch(recordings: titles.map { titled("1", $0) }))
        _ = try await sink.commit()
        let rows = try CSVReader.rows(try folder.text("out/recordings.csv"))
        #expect(rows.count == titles.count + 1)
        for (row, title) in zip(rows.dropFirst(), titles) {
            #expect(row.count == 18)
            #expect(undone(row[3]).map { Array($0.utf8) } == Array(title.utf8), "\(title.debugDescription)")
            #expect(!CSVField.formulaBeginnings.contains { (row[3] ?? "").utf8.starts(with: $0) })
        }
    }

    @Test("Numbers and times have no apostrophe")
    func numbers() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(summaries: [summary("r", views: -3)]))
        _ = try await sink.commit()
        #expect(try CSVReader.rows(try folder.text("out/access_summaries.csv"))[1][3] == "-3")
    }

    @Test("Python's csv module reads the same", .enabled(if: isThere("python3")))
    func python() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        let titles = Self.texts.filter { !$0.contains("\u{0}") }
        try await sink.write(batch(recordings: titles.map { titled("1", $0) }))
        _ = try await sink.commit()
        let script = """
            import csv, json, sys
            with open(sys.argv[1], newline='', encoding='utf-8') as file:
                print(json.dumps([row['title'] for row in csv.DictReader(file, strict=True)]))
            """
        let text = try output(of: "python3", ["-c", script, folder.path("out/recordings.csv")])
        let read = try JSONDocument(parsing: text).root.elements.map { undone($0.string) }
        #expect(read.map { $0.map { Array($0.utf8) } } == titles.map { Array($0.utf8) })
    }

    @Test("A killed run's rows are cut off, line feeds within fields and all")
    func killedRun() async throws {
        let first = sink()
        _ = try await first.recover(to: nil)
        try await first.write(batch(recordings: [titled("1", "a\nb")]))
        let kept = try await first.commit()
        let whole = try folder.text("out/recordings.csv")
        try await first.write(batch(recordings: [titled("2", "\"lost\"\n\r\n,"), titled("3", "x\ny")]))
        _ = try await first.commit()
        await first.close()
        let longer = try folder.bytes("out/recordings.csv")
        for end in whole.utf8.count...longer.count {
            try Data(longer[..<end]).write(to: URL(fileURLWithPath: folder.path("out/recordings.csv")))
            let sink = sink()
            #expect(try await sink.recover(to: kept) == kept, "cut after \(end - whole.utf8.count) bytes")
            await sink.close()
        }
        #expect(try folder.text("out/recordings.csv") == whole)
    }

    @Test("A torn row that is cut off is kept in a private file beside")
    func keepsTornRow() async throws {
        let first = sink()
        let kept = try await first.recover(to: nil)
        await first.close()
        for piece in ["a note", "another, with a comma"] {
            try folder.append(piece, to: "out/recordings.csv")
            let sink = sink()
            #expect(try await sink.recover(to: kept) == kept)
            await sink.close()
        }
        #expect(try folder.text("out/recordings.csv") == header(.recordings))
        #expect(try folder.text("out/recordings.csv.cut-off") == "a note\nanother, with a comma\n")
        #expect(try folder.permissions("out/recordings.csv.cut-off") == 0o600)
    }

    @Test(
        "Rows that are none of this program's are refused with their line, and stay",
        arguments: ["note\r\n", "a,b,c\n", "clinic,webex,1\r\n", "it is 5\" long", "x,y,z,not a time,,,\r\n"]
    )
    func addition(_ tail: String) async throws {
        let first = sink()
        let kept = try await first.recover(to: nil)
        await first.close()
        try folder.append(tail, to: "out/access_summaries.csv")
        let error = await failure { try await sink().recover(to: kept) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("out/access_summaries.csv, line 2,") == true)
        #expect(try folder.text("out/access_summaries.csv") == header(.accessSummaries) + tail)
    }

    @Test("Headers alone, whole or torn, are taken over by a ledger that has never seen them; rows are not")
    func neverSeen() async throws {
        let sink = sink()
        let start = try await sink.recover(to: nil)
        await sink.close()
        #expect(try await sink.recover(to: nil) == start)
        await sink.close()
        try folder.write(String(header(.recordings).dropLast(9)), to: "out/recordings.csv")
        #expect(try await sink.recover(to: nil) == start)
        try await sink.write(batch(recordings: [recording("1")]))
        _ = try await sink.commit()
        await sink.close()
        let stranger = try #require(await failure { try await sink.recover(to: nil) })
        #expect(stranger.reason.contains("knows nothing of") && stranger.reason.contains("`tapedeck repair`"))
        try folder.write("source,other\r\n", to: "out/recordings.csv")
        #expect(await failure { try await sink.recover(to: nil) }?.reason.contains("knows nothing of") == true)
    }

    @Test("Changed rows before the position are found by the mark, and a changed length at once")
    func changed() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1")]))
        let kept = try await sink.commit()
        await sink.close()
        let whole = try folder.text("out/recordings.csv")
        try folder.write(whole.replacingOccurrences(of: ",1,", with: ",2,"), to: "out/recordings.csv")
        #expect(await failure { try await sink.recover(to: kept) }?.reason.contains("was changed") == true)
        try folder.write(String(whole.dropLast()), to: "out/recordings.csv")
        #expect(await failure { try await sink.recover(to: kept) }?.reason.contains("holds") == true)
    }

    @Test("Numbered and compressed files each have a header", arguments: Compression.all)
    func rotation(_ compression: Compression) async throws {
        let sink = sink(settings: RotationSettings(compression: compression, rotateAfter: 200))
        _ = try await sink.recover(to: nil)
        for id in 0..<4 {
            try await sink.write(batch(recordings: [recording("\(id)", title: "\(id &* 7_919)")]))
            _ = try await sink.commit()
        }
        let names = try folder.names("out").filter { $0.hasPrefix("recordings") }
        #expect(names.count > 1)
        guard compression == .none || isThere(compression.rawValue) else { return }
        var ids: [String?] = []
        for name in names {
            let text =
                compression == .none
                ? try folder.text("out/" + name)
                : try output(of: compression.rawValue, ["-dc", folder.path("out/" + name)])
            let rows = try CSVReader.rows(text)
            #expect(rows[0] == CSVColumn.all(of: .recordings).map(\.name))
            ids += rows.dropFirst().map { $0[2] }
        }
        #expect(ids == ["0", "1", "2", "3"])
    }

    @Test("A folder is shared with JSON Lines in one run, and with no second run of either")
    func sharedFolder() async throws {
        let rows = sink()
        let lines = JSONLinesSink(directory: folder.path("out"))
        _ = try await rows.recover(to: nil)
        _ = try await lines.recover(to: nil)
        #expect(await failure { try await sink().recover(to: nil) }?.reason.contains("another run") == true)
        #expect(
            await failure { try await JSONLinesSink(directory: folder.path("out")).recover(to: nil) }?.reason
                .contains("another run") == true
        )
        #expect(rows.id == lines.id.replacingOccurrences(of: "jsonl:", with: "csv:"))
        try await rows.write(batch(recordings: [recording("1")]))
        try await lines.write(batch(recordings: [recording("1")]))
        _ = try await rows.commit()
        _ = try await lines.commit()
        #expect(try folder.text("out/recordings.jsonl") == text(recording("1")))
    }

    @Test("Short writes put every byte in its place; a full disk and a failed flush fail the sink until it recovers")
    func failingDisk() async throws {
        let (left, flushFails) = (Counter(100_000), Counter(0))
        var operations = FileOperations.system
        operations.write = { file, bytes throws(SystemError) in
            let count = min(left.value, 7, bytes.count)
            guard count > 0 else { throw SystemError(number: ENOSPC) }
            left.value -= count
            return try file.write(bytes.extracting(first: count))
        }
        operations.synchronize = { file throws(SystemError) in
            if flushFails.value == 1 { throw SystemError(number: EIO) }
            try file.synchronize()
        }
        let sink = sink(operations: operations)
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1")]))
        let kept = try await sink.commit()
        #expect(try CSVReader.rows(try folder.text("out/recordings.csv")).count == 2)
        left.value = 50
        #expect(
            await failure { try await sink.write(batch(recordings: [recording("2")])) }?.reason.contains("disk is full")
                == true
        )
        #expect(await failure { try await sink.commit() }?.code == .sinkFailed)
        #expect(Int64(try folder.bytes("out/recordings.csv").count) == kept.offsets["recordings.csv"])
        left.value = 100_000
        #expect(try await sink.recover(to: kept) == kept)
        flushFails.value = 1
        try await sink.write(batch(recordings: [recording("2")]))
        #expect(await failure { try await sink.commit() }?.code == .sinkFailed)
        flushFails.value = 0
        #expect(try await sink.recover(to: kept) == kept)
    }

    @Test("A header that cannot be written, and a cut that cannot be made durable, are refusals")
    func failingRecovery() async throws {
        let (full, flushFails) = (Counter(1), Counter(0))
        var operations = FileOperations.system
        operations.write = { file, bytes throws(SystemError) in
            if full.value == 1 { throw SystemError(number: ENOSPC) }
            return try file.write(bytes)
        }
        operations.synchronize = { file throws(SystemError) in
            if flushFails.value == 1 { throw SystemError(number: EIO) }
            try file.synchronize()
        }
        let sink = sink(operations: operations)
        #expect(await failure { try await sink.recover(to: nil) }?.reason.contains("disk is full") == true)
        full.value = 0
        let kept = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1")]))
        _ = try await sink.commit()
        await sink.close()
        flushFails.value = 1
        #expect(await failure { try await sink.recover(to: kept) }?.code == .sinkFailed)
    }
}
