import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost
@testable import TapedeckCLI

@Suite("Media in numbers")
struct MediaTextTests {
    private var counts: MediaCounts {
        var counts = MediaCounts()
        counts.states = [.stored: 61, .pending: 2, .forbidden: 3, .gone: 0, MediaState(rawValue: "other"): 4]
        counts.bytesReceived = 1_200_000
        counts.withdrawn = 1
        counts.left = 5
        return counts
    }

    private var standing: MediaStanding {
        var standing = MediaStanding()
        standing.waiting = 7
        standing.states = [.stored: 61, .failed: 2]
        standing.storedBytes = 1_200_000
        return standing
    }

    @Test("A run says what became of each rendition, and nothing where nothing did")
    func run() {
        #expect(
            MediaText.line(counts)
                == "media stored 61 · pending 2 · forbidden 3 · other 4 · withdrawn 1 · left for later 5 · 1.2 MB received"
        )
        #expect(MediaText.line(MediaCounts()) == nil)
    }

    @Test("A source says what it has and what is still to come")
    func standings() {
        #expect(MediaText.line(standing) == "media: stored 61 · failed 2 (1.2 MB stored); 7 recordings wait for theirs")
        #expect(MediaText.line(MediaStanding()) == nil)
        #expect(MediaText.line([standing, standing]) == "media  stored 122 · failed 4 (2.4 MB)")
    }

    @Test("sync shows a line for each source with media, and where the files are")
    func syncResult() throws {
        var outcome = SourceOutcome(source: "clinic", connector: "alpha", state: .complete)
        outcome.counts.media = counts
        let other = SourceOutcome(source: "acme", connector: "beta", state: .complete)
        let now = Timestamp(secondsSince1970: 0)
        let report = SyncReport(run: 1, window: TimeWindow(from: now, to: now), outcomes: [outcome, other])
        let result = SyncResult(
            report: report,
            registry: try TestConnectors.registry(),
            locations: ["/out/recordings.jsonl"],
            mediaFolder: "/out/media"
        )
        let lines = result.lines(width: 200)
        #expect(lines.filter { $0.contains("media stored") }.map { $0.hasPrefix("clinic: media stored 61") } == [true])
        #expect(lines.suffix(2) == ["→ /out/recordings.jsonl", "→ /out/media"])
        var writer = JSONWriter()
        writer.beginObject()
        result.write(to: &writer)
        writer.endObject()
        let json = try JSONDocument(parsing: writer.take()).root
        let media = json["sources"]?.elements.first { _ in true }?["counts"]?["media"]
        #expect(media?["states"]?["stored"]?.integer == 61)
        #expect(media?["states"]?["failed"]?.integer == 0)
        #expect(media?["bytes_received"]?.integer == 1_200_000)
        #expect(media?["withdrawn"]?.integer == 1)
        #expect(media?["left"]?.integer == 5)
        #expect(json["media_directory"]?.string == "/out/media")
    }

    @Test("status shows how a source's media stand")
    func status() async throws {
        var tool = TestTool()
        tool.files.put("/clinic/tapedeck.db", "")
        var ledger = tool.ledger
        ledger.standing = standing
        ledger.statuses = [
            SourceStatus(
                source: "clinic",
                lastOutcome: SourceOutcome(source: "clinic", connector: "alpha", state: .complete),
                lastRunAt: nil,
                recordings: 1,
                events: 0,
                auditReads: 0
            )
        ]
        tool.ledger = ledger
        let captured = Captured()
        #expect(try await tool.run("status clinic", output: captured.output()) == .complete)
        #expect(captured.out.contains("  media: stored 61 · failed 2 (1.2 MB stored); 7 recordings wait for theirs\n"))
        let machine = Captured()
        _ = try await tool.run("status clinic --json", output: machine.output())
        let media = try machine.json()["sources"]?.elements.first { _ in true }?["media"]
        #expect(media?["waiting"]?.integer == 7)
        #expect(media?["stored_bytes"]?.integer == 1_200_000)
        #expect(media?["states"]?["stored"]?.integer == 61)
    }

    @Test("Progress tells of files once there are any")
    func progress() {
        var board = ProgressBoard(style: .appended)
        var counts = SourceCounts()
        counts.media = self.counts
        let progress = SourceProgress(source: "clinic", pages: 1, counts: counts)
        let line = board.accept(progress, at: .zero, now: Timestamp(secondsSince1970: 0))
        #expect(line.contains(", 61 files (1.2 MB)"))
    }
}
