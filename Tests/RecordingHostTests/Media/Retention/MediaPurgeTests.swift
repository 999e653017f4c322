import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("Purging media")
struct MediaPurgeTests {
    private let bench: PurgeBench

    init() throws { bench = try PurgeBench() }

    private func counts(_ report: MediaPurgeReport) -> [String] {
        report.sources.map { "\($0.source): \($0.purged) purged, \($0.held) held, \($0.young) young" }
    }

    @Test("deletes what is old, and says so in the manifest, the archive and the ledger")
    func old() async throws {
        try await bench.store("old", daysAgo: 101)
        try await bench.store("young", daysAgo: 99)
        try await bench.store("unknown", daysAgo: nil)
        let report = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink], pathLimit: 5)
        #expect(counts(report) == ["clinic: 1 purged, 0 held, 2 young"])
        #expect(report.purgedBytes == Int64("content of old".utf8.count))
        #expect(report.paths == ["clinic/2026/06/old/video.mp4"])
        #expect(report.failure == nil && !report.wasStopped)
        #expect(try await bench.folder.names().count == 2)
        #expect(try bench.actions("old") == ["stored", "purged"])
        #expect(await bench.stored() == ["young", "unknown"])
        let medium = try #require(await bench.sink.media.first)
        #expect(await bench.records() == ["old gone"])
        #expect(medium.path == nil)
        #expect(medium.reason == "purged after 100 days")
        #expect(medium.sha256 != nil && medium.bytes == report.purgedBytes && medium.fetchedAt != nil)
        #expect(try await bench.findings() == [])
        #expect(await bench.ledger.lastRunEndedInOrder())
        #expect(await bench.sink.isClosed)
    }

    @Test("finds nothing to do the second time")
    func twice() async throws {
        try await bench.store("old", daysAgo: 101)
        _ = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        let report = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(report.purged == 0)
        #expect(try bench.actions("old") == ["stored", "purged"])
        #expect(await bench.records() == ["old gone"])
    }

    @Test("keeps what a legal hold names, however old it is")
    func holds() async throws {
        for id in ["a", "b"] { try await bench.store(id, daysAgo: 900) }
        try await bench.store("c", source: "acme", daysAgo: 900)
        let recording = LegalHolds.HeldRecording(source: "clinic", recordingID: "b")
        let holds = LegalHolds(sources: ["acme"], recordings: [recording])
        let report = try await bench.purge(holds: holds).perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(
            counts(report) == ["acme: 0 purged, 1 held, 0 young", "clinic: 1 purged, 1 held, 0 young"]
        )
        #expect(await bench.stored() == ["b", "c"])
        #expect(try await bench.findings() == [])
    }

    @Test("goes through the named sources alone", arguments: [["clinic"], ["clinic", "none"]])
    func sources(names: [String]) async throws {
        try await bench.store("a", daysAgo: 900)
        try await bench.store("b", source: "acme", daysAgo: 900)
        let report = try await bench.purge().perform(of: names, ledger: bench.ledger, sinks: [bench.sink])
        #expect(counts(report) == ["clinic: 1 purged, 0 held, 0 young"])
        #expect(await bench.stored() == ["b"])
    }

    @Test("A preview counts the same and changes nothing")
    func preview() async throws {
        try await bench.store("old", daysAgo: 101)
        try await bench.store("young", daysAgo: 99)
        let commits = await bench.ledger.commits.count
        let manifest = try bench.folder.lines()
        let report = try await bench.purge().preview(ledger: bench.ledger, pathLimit: 5)
        #expect(counts(report) == ["clinic: 1 purged, 0 held, 1 young"])
        #expect(report.paths.count == 1)
        #expect(try bench.folder.lines() == manifest)
        #expect(await bench.ledger.commits.count == commits)
        #expect(try await bench.folder.names().count == 2)
        #expect(await bench.ledger.lastRunTime() == nil)
    }

    @Test("Where nothing was ever stored, no folder is made and no run begun")
    func unused() async throws {
        var purge = try bench.purge()
        purge.directory = bench.folder.path("none")
        let report = try await purge.perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(report.sources.isEmpty)
        #expect(!bench.folder.exists("none"))
        #expect(await bench.ledger.lastRunTime() == nil)
    }

    @Test("More files than are gone through at once are all deleted")
    func pages() async throws {
        let count = MediaPurge.pageSize + 7
        for index in 0..<count { try await bench.store("r\(index)", daysAgo: 500) }
        let report = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(report.purged == count)
        #expect(await bench.stored() == [])
        #expect(await bench.records().count == count)
    }

    @Test("Nothing is deleted with a clock that went back")
    func clock() async throws {
        try await bench.store("old", daysAgo: 900)
        _ = await bench.ledger.beginRun(at: PurgeBench.now.advanced(by: .seconds(301)))
        await #expect(throws: TapedeckError(.clockWrong, "")) {
            try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        }
        await #expect(throws: TapedeckError(.clockWrong, "")) { try await bench.purge().preview(ledger: bench.ledger) }
        #expect(await bench.stored() == ["old"])
    }
}

// MARK: - Runs that are killed

extension MediaPurgeTests {
    @Test("Wherever a purge is killed, the next one does the rest, and nothing is said twice", arguments: 0..<14)
    func killed(steps: Int) async throws {
        for id in ["a", "b"] { try await bench.store(id, daysAgo: 900) }
        try await bench.store("young", daysAgo: 1)
        let process = DyingProcess(steps: steps)
        let store = DyingStore(base: bench.folder.store, process: process)
        let sink = DyingSink(base: bench.sink, process: process)
        _ = try? await bench.purge(store: store).perform(ledger: bench.ledger, sinks: [sink])
        #expect(process.isDead == (steps < 8))
        let report = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(report.failure == nil)
        #expect(try bench.actions("a") == ["stored", "purged"])
        #expect(try bench.actions("b") == ["stored", "purged"])
        #expect(await bench.records() == ["a gone", "b gone"])
        #expect(await bench.stored() == ["young"])
        #expect(try await bench.findings() == [])
        #expect(try await bench.folder.names().count == 1)
    }

    @Test("A purge whose ledger dies is made good too")
    func ledgerFails() async throws {
        try await bench.store("old", daysAgo: 900)
        await bench.ledger.fail(commits: TapedeckError(.ledgerFailed, "full"))
        let report = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(report.failure?.code == .ledgerFailed)
        #expect(await !bench.ledger.lastRunEndedInOrder())
        await bench.ledger.fail()
        _ = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(await bench.records() == ["old gone"])
        #expect(try bench.actions("old") == ["stored", "purged"])
        #expect(await bench.stored() == [])
    }

    @Test("What was announced is finished although the policy has changed, and other sources are meant")
    func announced() async throws {
        try await bench.store("old", daysAgo: 900)
        let process = DyingProcess(steps: 1)
        let store = DyingStore(base: bench.folder.store, process: process)
        let killed = try await bench.purge(store: store).perform(
            ledger: bench.ledger,
            sinks: [DyingSink(base: bench.sink, process: process)]
        )
        #expect(killed.failure != nil)
        #expect(try await bench.findings() == ["remaining clinic/2024/04/old/video.mp4"])
        let report = try await bench.purge(days: nil).perform(of: ["acme"], ledger: bench.ledger, sinks: [bench.sink])
        #expect(report.purged == 1)
        #expect(await bench.stored() == [])
        #expect(try await bench.findings() == [])
    }

    @Test("A hold that came after a kill keeps a file that is still there, and the manifest takes it back")
    func heldMeanwhile() async throws {
        for id in ["a", "b"] { try await bench.store(id, daysAgo: 900) }
        // Killed when the first of both was deleted.
        let process = DyingProcess(steps: 2)
        let store = DyingStore(base: bench.folder.store, process: process)
        _ = try await bench.purge(store: store).perform(
            ledger: bench.ledger,
            sinks: [DyingSink(base: bench.sink, process: process)]
        )
        let holds = LegalHolds(sources: ["clinic"])
        let report = try await bench.purge(holds: holds).perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(counts(report) == ["clinic: 1 purged, 1 held, 0 young"])
        #expect(try bench.actions("b") == ["stored", "purged", "stored"])
        #expect(await bench.stored() == ["b"])
        #expect(try await bench.findings() == [])
    }

    @Test("What a killed run has stored, and the ledger does not know of, is left to be found by a run that fetches")
    func filesUnknown() async throws {
        try await bench.store("old", daysAgo: 900)
        let head = await bench.ledger.manifestHead(in: bench.folder.path)
        try await bench.folder.append([try draft("new")], known: head)
        for _ in 0..<2 {
            let report = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
            #expect(report.failure == nil)
        }
        #expect(await bench.stored() == [])
        #expect(await bench.records() == ["old gone"])
        #expect(try bench.actions("old") == ["stored", "purged"])
        #expect(try bench.actions("new") == ["stored"])
        #expect(await bench.ledger.manifestHead(in: bench.folder.path) == head)
    }

    @Test("What a run that fetches has announced to delete is not taken for a purge of what is old")
    func withdrawn() async throws {
        try await bench.store("young", daysAgo: 9)
        let stored = try #require(await bench.ledger.storedMedia(of: nil, after: 0, limit: 1).first?.medium)
        var draft = try draft("young", .purged, reason: "The platform says so.")
        draft.path = try #require(MediaPath(text: stored.path ?? ""))
        try await bench.folder.append([draft], known: await bench.ledger.manifestHead(in: bench.folder.path))
        let report = try await bench.purge().perform(ledger: bench.ledger, sinks: [bench.sink])
        #expect(report.purged == 0)
        #expect(await bench.stored() == ["young"])
    }

    @Test("A cancelled purge says so, and deletes nothing more")
    func cancelled() async throws {
        try await bench.store("old", daysAgo: 900)
        let (purge, ledger, sink) = (try bench.purge(), bench.ledger, bench.sink)
        let report = try await withThrowingTaskGroup(of: MediaPurgeReport.self) { group in
            group.cancelAll()
            group.addTask { try await purge.perform(ledger: ledger, sinks: [sink]) }
            return try #require(try await group.next())
        }
        #expect(report.wasStopped)
        #expect(await bench.stored() == ["old"])
        #expect(await bench.ledger.lastRunEndedInOrder())
    }
}
