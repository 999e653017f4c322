import Foundation
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import TapedeckCLI

@Suite("tapedeck purge")
struct PurgeCommandTests {
    private final class Folder: Sendable {
        let path =
            RecordingHost.FilePath.absolute(FileManager.default.temporaryDirectory.path) + "/purge-\(UUID().uuidString)"
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private let folder: Folder
    private let captured = Captured()
    private let ledger = MemoryLedger()
    private let sink = MemorySink()
    private let now = Timestamp(secondsSince1970: 1_790_000_000)

    /// A folder with a file of 2024 and one of yesterday.
    init() async throws {
        folder = try Folder()
        var changes = LedgerChanges()
        var drafts: [ManifestEntry.Draft] = []
        for (id, days) in [("old", 900), ("young", 1)] as [(String, Int64)] {
            let date = now.advanced(by: .seconds(-days * 86_400))
            let path = try MediaPath(
                source: "clinic",
                recording: id,
                rendition: "video",
                date: date,
                fileExtension: "mp4"
            )
            let content = Array("content".utf8)
            let file = URL(fileURLWithPath: folder.path + "/" + path.text)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(content).write(to: file)
            var medium = Medium(recordingID: id, rendition: "video", state: .stored)
            medium.path = path.text
            medium.bytes = Int64(content.count)
            medium.sha256 = try MediaDigest.text(of: content)
            medium.fetchedAt = date
            drafts.append(
                ManifestEntry.Draft(
                    action: .stored,
                    source: "clinic",
                    recordingID: id,
                    rendition: "video",
                    path: path,
                    bytes: Int64(content.count),
                    sha256: medium.sha256 ?? "",
                    contentType: nil,
                    fetchedAt: date,
                    requestID: nil
                )
            )
            let key = MediaTaskKey(source: "clinic", recordingID: id)
            var recording = Recording(id: id)
            recording.startedAt = date
            changes.mediaDemands.append(MediaDemand(key: key, recording: recording, revision: 1))
            changes.mediaProgress.append(MediaProgress(key: key, media: [medium], ending: .settled))
        }
        let manifest = try await Manifest.open(folder: folder.path, knownHead: nil, tool: "tapedeck/1")
        changes.manifestHeads[folder.path] = try await manifest.append(drafts, at: now)
        try await ledger.commit(changes)
    }

    /// Runs a command with sources that cannot be used.
    private func run(_ line: String, media: String = "retain: '2y'", hasLedger: Bool = true) async throws -> ExitCode {
        var tool = TestTool(
            configuration: """
                { sources: { clinic: { connector: 'gone' } }, sinks: [{ kind: 'jsonl', directory: 'out' }],
                  media: { directory: '\(folder.path)', \(media) } }
                """
        )
        if hasLedger { tool.files.put("/clinic/tapedeck.db", "") }
        let (ledger, sink) = (ledger, sink)
        tool.openLedger = { _ in ledger }
        tool.makeSink = { _ in sink }
        tool.clock = ManualClock.automatic(at: now)
        return try await tool.run(line, environment: [:], output: captured.output())
    }

    private func stored() async -> [String] {
        await ledger.storedMedia(of: nil, after: 0, limit: 10).map(\.key.recordingID)
    }

    @Test("What is old goes, needs no credentials, and is counted")
    func purge() async throws {
        #expect(try await run("purge") == .complete)
        #expect(
            captured.out == """
                SOURCE  PURGED  BYTES  HELD  YOUNG
                clinic       1    7 B     0      1
                1 file older than 2y deleted (7 B).

                """
        )
        #expect(await stored() == ["young"])
        #expect(await sink.media.map(\.state) == [.gone])
    }

    @Test("A dry run names the files and changes nothing")
    func dryRun() async throws {
        #expect(try await run("purge --dry-run") == .complete)
        #expect(captured.out.contains("clinic         1    7 B     0      1"))
        #expect(captured.out.contains("\n  clinic/2024/04/old/video.mp4\n"))
        #expect(captured.out.hasSuffix("1 file older than 2y would be deleted (7 B). Nothing was changed.\n"))
        #expect(await stored() == ["old", "young"])
    }

    @Test("The result for machines", arguments: ["purge --json", "purge --dry-run --json"])
    func json(line: String) async throws {
        #expect(try await run(line) == .complete)
        let result = try captured.json()
        #expect(result["dry_run"]?.boolean == line.contains("dry-run"))
        #expect(result["retain"]?.string == "2y")
        #expect(result["purged"]?.integer == 1)
        #expect(result["purged_bytes"]?.integer == 7)
        #expect(result["failure"]?.isNull == true)
        let source = result["sources"]?.elements.first { _ in true }
        #expect(source?["young"]?.integer == 1)
        #expect(result["paths"]?.elements.map(\.string) == ["clinic/2024/04/old/video.mp4"])
    }

    @Test("Without a time that files are kept for nothing is deleted, and it is said how to set one")
    func noRetain() async throws {
        #expect(try await run("purge", media: "") == .configurationInvalid)
        #expect(captured.error.contains("add retain: \"2y\" to \"media\""))
        #expect(await stored() == ["old", "young"])
    }

    @Test("What is held is counted and kept")
    func held() async throws {
        #expect(try await run("purge", media: "retain: '2y', hold: { recordings: ['clinic/old'] }") == .complete)
        #expect(captured.out.contains("clinic       0    0 B     1      1"))
        #expect(await stored() == ["old", "young"])
    }

    @Test("A hold or a source that nobody knows is refused before anything is deleted", arguments: ["", " --dry-run"])
    func unknownNames(option: String) async throws {
        let media = "retain: '2y', hold: { sources: ['clinc'] }"
        #expect(try await run("purge\(option)", media: media) == .configurationInvalid)
        #expect(captured.error.contains("nothing was deleted. Did you mean \"clinic\"?"))
        #expect(try await run("purge --source clinc\(option)") == .usage)
        #expect(await stored() == ["old", "young"])
    }

    @Test("Without a ledger there is nothing to delete")
    func noLedger() async throws {
        #expect(try await run("purge", hasLedger: false) == .complete)
        #expect(captured.out == "There are no stored files.\n")
    }

    @Test("What goes wrong is 1 and said beside what was done")
    func failure() async throws {
        await sink.fail(writes: TapedeckError(.sinkFailed, "The disk is gone."))
        #expect(try await run("purge") == .failed)
        #expect(captured.out.contains("Not everything could be deleted: sink_failed: The disk is gone."))
        #expect(await stored() == ["old", "young"])
    }
}
