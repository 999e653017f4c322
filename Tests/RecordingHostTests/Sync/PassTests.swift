import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("A pass over a source")
struct PassTests {
    private let bench = PagedBench(["one": ["a"], "three": ["e", "f"], "two": ["b", "c", "d"]])

    /// Stops a run in the listing "two", after everything of the others was read.
    private func cut() async throws {
        bench.platform.trouble("two 2", .status(429, headers: ["Retry-After": "7200"]))
        #expect(try await bench.sync().outcomes.map(\.state) == [.tryLater])
        bench.platform.trouble("two 2", nil)
        _ = bench.platform.takeRequests()
    }

    @Test("that was cut is continued: listings that were finished are not asked for again", arguments: [false, true])
    func continued(isWhole: Bool) async throws {
        var bench = bench
        bench.settings["whole"] = .boolean(isWhole)
        bench.platform.trouble("two 2", .silence)
        _ = try await bench.syncUntilSilence()
        bench.platform.trouble("two 2", nil)
        #expect(Set(bench.platform.takeRequests().pages).isSuperset(of: ["one 0", "two 0", "two 2"]))
        let pass = await bench.ledger.openPass(of: "clinic")
        #expect(pass?.firstRun == 1)
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(Set(bench.platform.takeRequests().pages).isDisjoint(with: ["one 0", "two 0"]))
        #expect(await bench.ledger.openPass(of: "clinic") == nil)
        #expect(await bench.recordings == ["a", "b", "c", "d", "e", "f"])
    }

    @Test("that ended incomplete is begun anew, but for the listing that was cut")
    func incomplete() async throws {
        bench.platform.trouble("two 2", .status(500))
        #expect(try await bench.sync().outcomes.map(\.state) == [.incomplete])
        bench.platform.trouble("two 2", nil)
        _ = bench.platform.takeRequests()
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(bench.platform.takeRequests().pages.sorted() == ["one 0", "three 0", "two 2"])
    }

    @Test("that is older than a day is begun anew", arguments: [86_000, 86_401])
    func old(seconds: Int64) async throws {
        try await cut()
        bench.clock.setWallClock(to: SyncBench.start.advanced(by: .seconds(seconds)))
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        let pages = Set(bench.platform.takeRequests().pages)
        #expect(pages.contains("one 0") == (seconds > 86_400))
        #expect(pages.contains("two 0") == (seconds > 86_400))
    }

    @Test("for a range is one of its own")
    func narrowed() async throws {
        try await cut()
        let since = PagedPlatform.begin.advanced(by: .seconds(-86_400))
        _ = try await bench.sync(SyncRequest(since: since))
        #expect(Set(bench.platform.takeRequests().pages).isSuperset(of: ["one 0", "three 0"]))
    }

    @Test("for kinds that were not asked for before reads everything")
    func kindsAddedLater() async throws {
        var bench = bench
        bench.reads = [.recordings]
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        bench.reads = [.recordings, .accessEvents]
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .complete)
        #expect(outcome.complete.count == 1)
        #expect(await bench.events.count == 6)
    }

    @Test("for a range fills an older gap, and keeps what is known of newer time")
    func fillsGap() async throws {
        let begin = PagedPlatform.begin
        let newer = begin.advanced(by: .seconds(50 * 86_400))
        _ = try await bench.sync(SyncRequest(since: newer))
        #expect(await bench.recordings.isEmpty)
        let older = begin.advanced(by: .seconds(-86_400))
        let filled = try await bench.sync(SyncRequest(since: older, until: newer))
        #expect(await bench.recordings.count == 6)
        #expect(filled.outcomes.first?.complete == [CompleteRange(from: older, to: SyncBench.start)])
    }

    @Test("moves its end on also when there is nothing to read")
    func emptyDays() async throws {
        _ = try await bench.sync()
        for _ in 0..<3 {
            bench.clock.advance(by: .seconds(86_400))
            let outcome = try #require(try await bench.sync().outcomes.first)
            #expect(outcome.complete.map(\.to) == [bench.clock.now])
        }
    }

    @Test("is not begun with a clock that went back, but with one that was set back a little", arguments: [299, 301])
    func clock(seconds: Int64) async throws {
        _ = try await bench.sync()
        let end = try #require(await bench.ledger.lastRunTime())
        bench.clock.setWallClock(to: end.advanced(by: .seconds(-seconds)))
        if seconds > 300 {
            await #expect(throws: TapedeckError(.clockWrong, "")) { try await bench.sync() }
            #expect(await bench.sink.isClosed)
        } else {
            #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        }
    }

    @Test("that dies at any commit is made good by the next, and nothing is written twice", arguments: [false, true])
    func deadProcess(isWhole: Bool) async throws {
        var deaths = 0
        while true {
            let bench = PagedBench(
                ["one": ["a", "b", "c", "d", "e"], "two": ["f", "g", "h"]],
                ["whole": .boolean(isWhole), "style": "cursor"]
            )
            let dying = DyingLedger(base: bench.ledger, commits: deaths)
            // The report of a process that died is seen by nobody.
            _ = try? await bench.sync(ledger: dying)
            let hasDied = await dying.isDead
            let before = bench.platform.takeRequests()
            let open = await bench.ledger.openListings(of: "clinic")
            #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
            let after = bench.platform.takeRequests()
            #expect(await bench.recordings == ["a", "b", "c", "d", "e", "f", "g", "h"])
            #expect(await bench.events == ["e-a", "e-b", "e-c", "e-d", "e-e", "e-f", "e-g", "e-h"])
            #expect(await bench.ledger.openListings(of: "clinic").isEmpty)
            for listing in open {
                #expect(!after.contains("\(listing.listing.key) 0"), "death \(deaths): \(before) \(after)")
            }
            guard hasDied else { break }
            deaths += 1
        }
        #expect(deaths > 10)
    }
}

/// A ledger of a process that dies after some commits: nothing that it is told afterwards is kept.
private actor DyingLedger: Ledger {
    let base: MemoryLedger
    private var commits: Int
    private(set) var isDead = false

    init(base: MemoryLedger, commits: Int) {
        self.base = base
        self.commits = commits
    }

    private func live() throws {
        if isDead { throw TapedeckError(.ledgerFailed, "The process is dead.") }
    }

    func commit(_ changes: LedgerChanges) async throws {
        if commits == 0 { isDead = true }
        try live()
        commits -= 1
        try await base.commit(changes)
    }
    func mediaRevisions(_ recordings: [String], of source: String) async throws -> [String: UInt64] {
        await base.mediaRevisions(recordings, of: source)
    }
    func mediaTasks(
        of source: String,
        after number: Int64,
        at now: Timestamp,
        limit: Int
    ) async throws -> [MediaTask] {
        await base.mediaTasks(of: source, after: number, at: now, limit: limit)
    }
    func setMediaJournal(_ journal: MediaJournal?, of rendition: String, _ key: MediaTaskKey) async throws {
        await base.setMediaJournal(journal, of: rendition, key)
    }
    func storedMedia(of source: String?, after number: Int64, limit: Int) async throws -> [StoredMedium] {
        await base.storedMedia(of: source, after: number, limit: limit)
    }
    func manifestHead(in folder: String) async throws -> ManifestHead? { await base.manifestHead(in: folder) }
    func noteAnswer(to read: AuditRead, requestID: String?, platformTime: Timestamp?) async throws {
        await base.noteAnswer(to: read, requestID: requestID, platformTime: platformTime)
    }
    func storedInParts(readBy run: Int64, of source: String) async throws -> [(task: MediaTask, number: Int)] {
        await base.storedInParts(readBy: run, of: source)
    }
    func mediaStanding(of source: String) async throws -> MediaStanding { await base.mediaStanding(of: source) }
    func auditReads(of recordings: [String], in source: String) async throws -> [String: [AuditRead]] {
        await base.auditReads(of: recordings, in: source)
    }
    func beginRun(at time: Timestamp) async throws -> Int64 { await base.beginRun(at: time) }
    func lastRunEndedInOrder() async throws -> Bool { await base.lastRunEndedInOrder() }
    func finishRun(_ run: Int64, at time: Timestamp, endings: [SourceEnding], inOrder: Bool) async throws {
        try live()
        await base.finishRun(run, at: time, endings: endings, inOrder: inOrder)
    }
    func lastRunTime() async throws -> Timestamp? { await base.lastRunTime() }
    func openPass(of source: String) async throws -> Pass? { await base.openPass(of: source) }
    func partState(_ part: UInt64, of source: String) async throws -> PartState {
        await base.partState(part, of: source)
    }
    func coverage(
        of source: String,
        kinds: [RecordKind],
        reachableFrom earliest: Timestamp?
    ) async throws -> SourceCoverage {
        await base.coverage(of: source, kinds: kinds, reachableFrom: earliest)
    }
    func sinkStates() async throws -> [String: SinkState] { await base.sinkStates() }
    func setSinkState(_ state: SinkState, of sink: String) async throws { await base.setSinkState(state, of: sink) }
    func knownRecordings(_ ids: [String], of source: String) async throws -> [String: KnownRecording] {
        await base.knownRecordings(ids, of: source)
    }
    func knownEvents(_ ids: [EventKey], of source: String) async throws -> [EventKey: UInt64] {
        await base.knownEvents(ids, of: source)
    }
    func tokens(of source: String) async throws -> StoredTokens? { await base.tokens(of: source) }
    func saveTokens(_ tokens: StoredTokens, of source: String) async throws {
        try await base.saveTokens(tokens, of: source)
    }
    func lockTokens(of source: String) async throws -> (any TokenLock)? { await base.lockTokens(of: source) }
    func recentRuns(of source: String, limit: Int) async throws -> [RunSummary] {
        await base.recentRuns(of: source, limit: limit)
    }
    func parts(of source: String) async throws -> [KnownPart] { await base.parts(of: source) }
    func sourceStatuses() async throws -> [SourceStatus] { await base.sourceStatuses() }
    func close() async {}
}
