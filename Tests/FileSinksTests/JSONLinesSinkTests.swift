import FileSinks
import Foundation
import RecordingHost
import RecordingKit
import Testing

@Suite("JSON Lines files")
struct JSONLinesSinkTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func sink(_ name: String = "out") -> JSONLinesSink { JSONLinesSink(directory: folder.path(name)) }

    @Test("Nothing is touched before the first recovery, which makes private files in a private folder")
    func firstRecovery() async throws {
        let sink = sink("a/out")
        #expect(try folder.names().isEmpty)
        #expect(try await sink.recover(to: nil) == position(0))
        #expect(
            try folder.names("a/out") == ["access_events.jsonl", "access_summaries.jsonl", "recordings.jsonl"]
        )
        for name in ["recordings.jsonl", "access_summaries.jsonl", "access_events.jsonl"] {
            #expect(try folder.permissions("a/out/\(name)") == 0o600)
        }
        #expect(try folder.permissions("a/out") == 0o700)
        #expect(try folder.permissions("a") == 0o700)
    }

    @Test("Each kind goes to its own file, and a commit returns the files' lengths")
    func writes() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [#"{"a":1}"#, "{}"], summaries: ["[]"]))
        try await sink.write(batch(recordings: ["3"]))
        #expect(try await sink.commit().offsets == offsets(13, 3))
        #expect(try folder.text("out/recordings.jsonl") == "{\"a\":1}\n{}\n3\n")
        #expect(try folder.text("out/access_summaries.jsonl") == "[]\n")
        #expect(try folder.text("out/access_events.jsonl").isEmpty)
    }

    @Test("The file of media is among the locations once there is one")
    func mediaLocation() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        let names = { sink.locations.map { $0.split(separator: "/").last.map(String.init) } }
        #expect(names() == ["recordings.jsonl", "access_summaries.jsonl", "access_events.jsonl"])
        try await sink.write(batch(media: ["{}"]))
        _ = try await sink.commit()
        #expect(names().last == "media.jsonl")
    }

    @Test("An empty batch and an empty commit change nothing")
    func emptyBatch() async throws {
        let sink = sink()
        _ = try await sink.recover(to: nil)
        try await sink.write(RecordBatch())
        #expect(try await sink.commit() == position(0))
    }

    @Test("A sink that the ledger has never seen must be empty")
    func foreignContent() async throws {
        try folder.makeFolder("out")
        try folder.write("", to: "out/recordings.jsonl")
        try folder.write("theirs\n", to: "out/access_events.jsonl")
        let error = await failure { try await sink().recover(to: nil) }
        #expect(error?.code == .sinkFailed)
        let reason = try #require(error?.reason)
        #expect(reason.contains("out/access_events.jsonl") && reason.contains("7 bytes"))
        #expect(reason.contains("move the file away") && reason.contains("the ledger that wrote it"))
        #expect(try folder.text("out/access_events.jsonl") == "theirs\n")
        #expect(try folder.names("out") == ["access_events.jsonl", "recordings.jsonl"])
    }

    @Test("Files that are empty are taken over by a ledger that has never seen them")
    func emptyFiles() async throws {
        try folder.makeFolder("out")
        try folder.write("", to: "out/access_summaries.jsonl")
        #expect(try await sink().recover(to: nil) == position(0))
    }

    @Test("A file that holds less than the ledger says is refused, and nothing is cut off elsewhere")
    func shortFile() async throws {
        try folder.makeFolder("out")
        let line = text(recording("more"))
        try folder.write(line, to: "out/recordings.jsonl")
        try folder.write("2\n", to: "out/access_summaries.jsonl")
        let error = await failure { try await sink().recover(to: position(0, 40)) }
        #expect(error?.code == .sinkFailed)
        let reason = try #require(error?.reason)
        #expect(reason.contains("access_summaries.jsonl") && reason.contains("2 bytes") && reason.contains("40"))
        #expect(reason.contains("tapedeck repair"))
        #expect(try folder.text("out/recordings.jsonl") == line)
    }

    @Test("Files that are gone although the ledger knows them are refused, and no folder is made")
    func missingFiles() async throws {
        let error = await failure { try await sink().recover(to: position(2)) }
        #expect(error?.code == .sinkFailed)
        #expect(try folder.names().isEmpty)
    }

    @Test("A position in the middle of a line is refused")
    func middleOfLine() async throws {
        try folder.makeFolder("out")
        try folder.write("123\n", to: "out/recordings.jsonl")
        let error = await failure { try await sink().recover(to: position(2)) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("line end") == true)
        #expect(try folder.text("out/recordings.jsonl") == "123\n")
    }

    @Test("A position with a file that this sink does not write is refused")
    func unknownPart() async throws {
        var unknown = position(0)
        unknown.offsets["media.jsonl"] = 3
        let error = await failure { try await sink().recover(to: unknown) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("media.jsonl") == true)
    }

    @Test("Symbolic links and folders in the place of a file are refused", arguments: ["link", "dangling", "folder"])
    func notAFile(_ what: String) async throws {
        try folder.makeFolder("out")
        try folder.write("", to: "target")
        switch what {
        case "link": try folder.makeLink("out/access_summaries.jsonl", to: "target")
        case "dangling": try folder.makeLink("out/access_summaries.jsonl", to: "nowhere")
        default: try folder.makeFolder("out/access_summaries.jsonl")
        }
        let error = await failure { try await sink().recover(to: nil) }
        #expect(error?.code == .sinkFailed)
        let reason = try #require(error?.reason)
        #expect(reason.contains("access_summaries.jsonl"))
        #expect(reason.contains(what == "folder" ? "not an ordinary file" : "symbolic link"))
        #expect(try !folder.names().contains("nowhere"))
    }

    @Test("A file in the place of the folder is refused")
    func fileAsFolder() async throws {
        try folder.write("mine", to: "out")
        #expect(await failure { try await sink().recover(to: nil) }?.code == .sinkFailed)
        #expect(try folder.text("out") == "mine")
    }

    @Test("Two sinks cannot write into one folder at once, and the second gets it when the first is closed")
    func oneWriter() async throws {
        let first = sink()
        _ = try await first.recover(to: nil)
        let second = sink()
        let error = await failure { try await second.recover(to: nil) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("another run") == true)
        await first.close()
        #expect(try await second.recover(to: nil) == position(0))
    }

    @Test("A closed sink and one that was not recovered refuse to write")
    func notOpen() async throws {
        let sink = sink()
        #expect(await failure { try await sink.write(batch(recordings: ["1"])) }?.code == .sinkFailed)
        #expect(await failure { try await sink.commit() }?.code == .sinkFailed)
    }

    @Test("A folder has one id however it is spelt, before it is made and after")
    func identity() async throws {
        try folder.makeFolder("real")
        try folder.makeLink("link", to: "real")
        let before = sink("link/out").id
        #expect(before == sink("real/./x/../out").id)
        let made = sink("real/out")
        _ = try await made.recover(to: nil)
        #expect(sink("link/out/").id == before)
        #expect(before.hasPrefix("jsonl:/") && before.hasSuffix("/real/out"))
        #expect(made.locations.allSatisfy { $0.hasSuffix(".jsonl") } && made.locations.count == 3)
    }

    @Test(
        "A folder that may not be written is named",
        .enabled(if: geteuid() != 0, "the superuser may write everywhere")
    )
    func readOnlyFolder() async throws {
        try folder.makeFolder("out")
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path("out"))
        let error = await failure { try await sink().recover(to: nil) }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("permissions") == true)
    }
}
