import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import SQLiteStore
import Testing

/// What every ledger must do, tried with the one in memory and the one in a file.
@Suite("The contract of a ledger")
struct LedgerContractTests {
    enum Kind: String, CaseIterable, Sendable { case memory, sqlite }

    private static let source = "clinic"
    private static let kinds: [RecordKind] = [.recordings, .accessEvents]

    private func time(_ seconds: Int64) -> Timestamp { Timestamp(secondsSince1970: 1_700_000_000 + seconds) }

    private func window(_ from: Int64, _ to: Int64) -> TimeWindow { TimeWindow(from: time(from), to: time(to)) }

    /// Runs `body` with an empty ledger, and with what closes it and opens it again.
    private func with(
        _ kind: Kind,
        _ body: (any Ledger, () async throws -> any Ledger) async throws -> Void
    ) async throws {
        let memory = MemoryLedger()
        let archive = try Archive()
        defer { archive.remove() }
        let open = {
            try SQLiteLedger.open(
                path: archive.directory.appending(path: "tapedeck.db").path,
                holder: LedgerHolder(command: "test", since: time(0))
            )
        }
        guard kind == .sqlite else { return try await body(memory) { memory } }
        let first = try open()
        try await body(first) {
            await first.close()
            return try open()
        }
    }

    private func outcome(
        _ part: UInt64,
        _ window: TimeWindow?,
        run: Int64 = 1,
        readAt: Int64 = 0,
        kinds: [RecordKind] = kinds,
        failure: String? = nil
    ) -> ListingOutcome {
        ListingOutcome(
            source: Self.source,
            part: part,
            label: "part \(part)",
            window: window,
            covered: window,
            kinds: kinds,
            run: run,
            readAt: time(readAt),
            firstRunOfPass: run,
            finishedAt: time(readAt + 1),
            recordings: 3,
            failure: failure.map { ListingFailure(code: $0, reason: "No.") }
        )
    }

    private func open(_ part: UInt64, _ window: TimeWindow?, place: String, details: [String] = []) -> OpenListing {
        OpenListing(
            name: ListingKey(source: Self.source, part: part, window: window),
            listing: Listing(
                key: "key é\u{0}",
                label: "part",
                window: window,
                parameters: ["b": "2", "a": "\"1\""]
            ),
            place: place,
            beganAt: time(5),
            recordings: 7,
            details: details.map {
                RememberedDetail(
                    recordingID: $0,
                    context: [ContextEntry("x", "1"), ContextEntry("x", "2")],
                    parameters: ["host": "a@b"],
                    revision: $0 == "none" ? nil : "r",
                    since: $0 == "none" ? nil : time(3)
                )
            }
        )
    }

    private func skipped(
        _ part: UInt64,
        run: Int64,
        isSettled: Bool = false,
        hasRanges: Bool = true
    ) -> SkippedPart {
        SkippedPart(
            source: Self.source,
            part: part,
            label: "part \(part)",
            hasRanges: hasRanges,
            run: run,
            isSettled: isSettled
        )
    }

    private func commit(_ ledger: any Ledger, _ change: (inout LedgerChanges) -> Void) async throws {
        var changes = LedgerChanges()
        change(&changes)
        try await ledger.commit(changes)
    }

    private func finish(
        _ ledger: any Ledger,
        _ run: Int64,
        found: Bool = true,
        retires: Bool = true,
        endsPass: Bool = true
    ) async throws {
        let ending = SourceEnding(
            outcome: SourceOutcome(source: Self.source, connector: "webex", state: .complete),
            foundAllParts: found,
            retiresOthers: retires,
            endsPass: endsPass
        )
        try await ledger.finishRun(run, at: time(1_000), endings: [ending])
    }

    private func coverage(_ ledger: any Ledger) async throws -> SourceCoverage {
        try await ledger.coverage(of: Self.source, kinds: Self.kinds, reachableFrom: nil)
    }

    @Test("A pass stays open until a run ends it, and a new one takes its place", arguments: Kind.allCases)
    func passes(kind: Kind) async throws {
        try await with(kind) { ledger, reopen in
            let run = try await ledger.beginRun(at: time(0))
            #expect(try await ledger.openPass(of: Self.source) == nil)
            for request in [UInt64.max, 7] {
                let pass = Pass(source: Self.source, firstRun: run, beganAt: time(1), request: request)
                try await commit(ledger) { $0.passes = [pass] }
                #expect(try await ledger.openPass(of: Self.source) == pass)
                #expect(try await ledger.openPass(of: "other") == nil)
            }
            try await finish(ledger, run, endsPass: false)
            let again = try await reopen()
            #expect(try await again.openPass(of: Self.source)?.request == 7)
            try await finish(again, try await again.beginRun(at: time(2)))
            #expect(try await again.openPass(of: Self.source) == nil)
            await again.close()
        }
    }

    @Test("A failed range is trimmed by later successes, and its attempts are counted", arguments: Kind.allCases)
    func failedRanges(kind: Kind) async throws {
        try await with(kind) { ledger, _ in
            let run = try await ledger.beginRun(at: time(200))
            try await finish(ledger, run)
            for attempt in 1...3 as ClosedRange<Int64> {
                try await commit(ledger) {
                    $0.listings = [outcome(1, window(0, 100), run: run, readAt: attempt, failure: "timeout")]
                }
                let gaps = try await coverage(ledger).gaps
                #expect(gaps.first?.attempts == Int(attempt))
                #expect(gaps.first?.triedAt == time(attempt + 1))
            }
            try await commit(ledger) { $0.listings = [outcome(1, window(30, 60), run: run)] }
            try await commit(ledger) { $0.listings = [outcome(1, window(80, 90), run: run, failure: "gone")] }
            let gaps = try await coverage(ledger).gaps.filter { $0.failure != nil }
            #expect(gaps.map(\.window) == [window(0, 30), window(60, 80), window(80, 90), window(90, 100)])
            #expect(gaps.map { $0.failure?.code } == ["timeout", "timeout", "gone", "timeout"])
            #expect(gaps.map(\.attempts) == [3, 3, 4, 3])
            try await commit(ledger) { $0.listings = [outcome(1, window(0, 200), run: run)] }
            #expect(try await coverage(ledger).gaps.isEmpty)
            await ledger.close()
        }
    }

    @Test(
        "An open listing keeps what is remembered, also in the next process",
        arguments: Kind.allCases,
        [true, false]
    )
    func openListings(kind: Kind, hasRange: Bool) async throws {
        let range = hasRange ? window(0, 10) : nil
        try await with(kind) { ledger, reopen in
            try await commit(ledger) { $0.openListings = [open(1, range, place: "one", details: ["a", "none"])] }
            try await commit(ledger) { $0.openListings = [open(1, range, place: "two", details: ["b"])] }
            let name = ListingKey(source: Self.source, part: 1, window: range)
            try await commit(ledger) { $0.finishedDetails = [DetailKey(listing: name, recordingID: "a")] }
            let again = try await reopen()
            let known = try #require(try await again.partState(1, of: Self.source).openListings.first)
            let expected = open(1, range, place: "two", details: ["b", "none"])
            #expect(known.name == expected.name)
            #expect(known.place == "two")
            #expect(known.beganAt == expected.beganAt)
            #expect(known.recordings == 7)
            #expect(known.listing.key == expected.listing.key)
            #expect(known.listing.parameters == expected.listing.parameters)
            #expect(known.listing.window == range)
            #expect(Set(known.details) == Set(expected.details))
            try await commit(again) { $0.droppedListings = [name] }
            #expect(try await again.partState(1, of: Self.source).openListings.isEmpty)
            // What was remembered went with it.
            try await commit(again) { $0.openListings = [open(1, range, place: "three")] }
            #expect(try await again.partState(1, of: Self.source).openListings.first?.details.isEmpty == true)
            await again.close()
        }
    }

    @Test("Open listings that are too old are forgotten with what was remembered", arguments: Kind.allCases)
    func oldListings(kind: Kind) async throws {
        try await with(kind) { ledger, reopen in
            let run = try await ledger.beginRun(at: time(0))
            var failing = open(1, window(0, 10), place: "one", details: ["a"])
            failing.failedResumptions = 2
            var younger = open(2, nil, place: "two", details: ["b"])
            younger.beganAt = time(6)
            try await commit(ledger) { $0.openListings = [failing, younger] }
            let ending = { (oldest: Timestamp?) in
                SourceEnding(
                    outcome: SourceOutcome(source: Self.source, connector: "webex", state: .complete),
                    foundAllParts: false,
                    retiresOthers: false,
                    endsPass: true,
                    forgetsListingsBefore: oldest
                )
            }
            try await ledger.finishRun(run, at: time(1), endings: [ending(nil)])
            #expect(try await ledger.partState(1, of: Self.source).openListings.map(\.failedResumptions) == [2])
            let second = try await ledger.beginRun(at: time(2))
            try await ledger.finishRun(second, at: time(3), endings: [ending(time(6))])
            let again = try await reopen()
            #expect(try await again.partState(1, of: Self.source).openListings.isEmpty)
            #expect(try await again.partState(2, of: Self.source).openListings.map(\.failedResumptions) == [0])
            try await commit(again) { $0.openListings = [open(1, window(0, 10), place: "three")] }
            #expect(try await again.partState(1, of: Self.source).openListings.first?.details.isEmpty == true)
            await again.close()
        }
    }

    @Test(
        "A part that is not found any more is gone with what was open of it; its ranges come back with it",
        arguments: Kind.allCases
    )
    func retirement(kind: Kind) async throws {
        try await with(kind) { ledger, _ in
            let first = try await ledger.beginRun(at: time(100))
            try await commit(ledger) {
                $0.listings = [outcome(1, window(0, 100), run: first), outcome(2, window(50, 100), run: first)]
                $0.openListings = [open(2, window(0, 50), place: "p", details: ["a"])]
            }
            try await finish(ledger, first)
            #expect(try await coverage(ledger).parts == 2)
            let second = try await ledger.beginRun(at: time(100))
            try await commit(ledger) {
                $0.skippedParts = [skipped(1, run: second, isSettled: false)]
            }
            try await finish(ledger, second, retires: false)
            #expect(try await coverage(ledger).parts == 2)
            try await finish(ledger, try await ledger.beginRun(at: time(100)), found: false, retires: false)
            let fourth = try await ledger.beginRun(at: time(100))
            try await commit(ledger) {
                $0.skippedParts = [skipped(1, run: fourth, isSettled: false)]
            }
            try await finish(ledger, fourth)
            let alone = try await coverage(ledger)
            #expect(alone.parts == 1)
            #expect(alone.complete == [CompleteRange(from: time(0), to: time(100))])
            let state = try await ledger.partState(2, of: Self.source)
            #expect(state.openListings.isEmpty)
            #expect(state.coverage[.recordings]?.joined == [window(50, 100)])
            await ledger.close()
        }
    }

    @Test("A part that could not even be found once is no gap after it was read", arguments: Kind.allCases)
    func unreadableOnce(kind: Kind) async throws {
        try await with(kind) { ledger, _ in
            let run = try await ledger.beginRun(at: time(100))
            try await commit(ledger) { $0.listings = [outcome(1, nil, run: run, failure: "forbidden")] }
            #expect(try await coverage(ledger).gaps.map(\.window) == [nil])
            try await commit(ledger) { $0.listings = [outcome(1, window(0, 100), run: run)] }
            try await finish(ledger, run)
            #expect(try await coverage(ledger).gaps.isEmpty)
            #expect(try await coverage(ledger).gapCount == 0)
            #expect(try await coverage(ledger).complete == [CompleteRange(from: time(0), to: time(100))])
            await ledger.close()
        }
    }

    @Test(
        "A part that was gone and needs no reading when it comes back is known, with its ranges",
        arguments: Kind.allCases
    )
    func skippedUnknown(kind: Kind) async throws {
        try await with(kind) { ledger, reopen in
            let first = try await ledger.beginRun(at: time(100))
            try await commit(ledger) { $0.listings = [outcome(1, window(0, 100), run: first)] }
            try await finish(ledger, first)
            try await finish(ledger, try await ledger.beginRun(at: time(100)))
            #expect(try await coverage(ledger).parts == 0)
            let third = try await ledger.beginRun(at: time(100))
            try await commit(ledger) { $0.skippedParts = [skipped(1, run: third)] }
            try await finish(ledger, third)
            let again = try await reopen()
            #expect(try await coverage(again).complete == [CompleteRange(from: time(0), to: time(100))])
            let part = try #require(try await again.parts(of: Self.source).first)
            #expect(part.part == 1 && part.label == "part 1" && part.hasRanges)
            await again.close()
        }
    }

    @Test("A settled part holds no range back", arguments: Kind.allCases)
    func settled(kind: Kind) async throws {
        try await with(kind) { ledger, _ in
            let run = try await ledger.beginRun(at: time(100))
            try await commit(ledger) {
                $0.listings = [outcome(1, nil, run: run, readAt: 10), outcome(2, nil, run: run, readAt: 90)]
            }
            try await finish(ledger, run)
            #expect(try await coverage(ledger).complete == [CompleteRange(from: nil, to: time(10))])
            try await commit(ledger) {
                $0.skippedParts = [skipped(1, run: run, isSettled: true)]
            }
            #expect(try await coverage(ledger).complete == [CompleteRange(from: nil, to: time(90))])
            await ledger.close()
        }
    }

    @Test("The latest time of a run is remembered, whichever run it was", arguments: Kind.allCases)
    func lastRunTime(kind: Kind) async throws {
        try await with(kind) { ledger, reopen in
            #expect(try await ledger.lastRunTime() == nil)
            let first = try await ledger.beginRun(at: time(10))
            #expect(try await ledger.lastRunTime() == time(10))
            try await finish(ledger, first)
            _ = try await ledger.beginRun(at: time(900))
            let again = try await reopen()
            #expect(try await again.lastRunTime() == time(1_000))
            await again.close()
        }
    }

    @Test("A run that a wrong clock has ended for all its sources is no time to go by", arguments: Kind.allCases)
    func mistimedRuns(kind: Kind) async throws {
        try await with(kind) { ledger, _ in
            try await finish(ledger, try await ledger.beginRun(at: time(10)))
            let wrong = SourceOutcome(
                source: Self.source,
                connector: "webex",
                state: .failed,
                failures: [ListingFailure(code: "clock_wrong", reason: "The clock is wrong.")]
            )
            var other = wrong
            other.source = "other"
            var read = other
            read.failures = []
            for (outcomes, expected) in [([wrong], 1_000), ([wrong, other], 1_000), ([wrong, read], 9_001)] {
                let run = try await ledger.beginRun(at: time(9_000))
                #expect(try await ledger.lastRunTime() == time(9_000))
                let endings = outcomes.map {
                    SourceEnding(outcome: $0, foundAllParts: false, retiresOthers: false, endsPass: false)
                }
                try await ledger.finishRun(run, at: time(9_001), endings: endings)
                #expect(try await ledger.lastRunTime() == time(Int64(expected)))
            }
            await ledger.close()
        }
    }

    @Test(
        "Sinks' states come back, and a commit moves a position without touching what is lacking",
        arguments: Kind.allCases
    )
    func sinks(kind: Kind) async throws {
        try await with(kind) { ledger, reopen in
            let lacks = ["b": SinkPosition(offsets: ["x": 1], marks: ["x": .max])]
            let state = SinkState(
                position: SinkPosition(offsets: ["x": 1, "y": 2], marks: ["y": 3]),
                lacksSince: lacks
            )
            try await ledger.setSinkState(state, of: "a")
            try await ledger.setSinkState(SinkState(position: SinkPosition(), lacksSince: [:]), of: "c")
            let since = ["a": SinkPosition(), "b": SinkPosition(offsets: ["x": 0])]
            try await ledger.setSinkState(SinkState(position: SinkPosition(), lacksSince: since), of: "e")
            try await commit(ledger) { $0.sinkPositions = ["a": SinkPosition(offsets: ["x": 9]), "d": SinkPosition()] }
            let again = try await reopen()
            #expect(
                try await again.sinkStates() == [
                    "a": SinkState(position: SinkPosition(offsets: ["x": 9]), lacksSince: lacks),
                    "c": SinkState(position: SinkPosition(), lacksSince: [:]),
                    "d": SinkState(position: SinkPosition()),
                    "e": SinkState(position: SinkPosition(), lacksSince: since),
                ]
            )
            await again.close()
        }
    }

    @Test("Both ledgers give equal answers to random histories", arguments: 0..<12 as Range<UInt64>)
    func randomHistories(seed: UInt64) async throws {
        try await with(.sqlite) { sqlite, _ in
            var generator = SeededGenerator(seed: seed)
            let memory = MemoryLedger()
            for run in 1...8 as ClosedRange<Int64> {
                let began = time(.random(in: 0...100, using: &generator))
                #expect(try await sqlite.beginRun(at: began) == run)
                #expect(await memory.beginRun(at: began) == run)
                for _ in 0..<Int.random(in: 0...12, using: &generator) {
                    let changes = randomChanges(run, &generator)
                    try await sqlite.commit(changes)
                    try await memory.commit(changes)
                }
                let flags = (0..<3).map { _ in Bool.random(using: &generator) }
                for ledger in [sqlite, memory] as [any Ledger] {
                    try await finish(ledger, run, found: flags[0], retires: flags[1], endsPass: flags[2])
                }
                try await expectEqual(sqlite, memory, &generator)
            }
            await sqlite.close()
        }
    }

    private func randomChanges(_ run: Int64, _ generator: inout SeededGenerator) -> LedgerChanges {
        var changes = LedgerChanges()
        // The even parts have ranges, the odd ones have none.
        let part = UInt64.random(in: 0..<6, using: &generator)
        let from = Int64.random(in: 0..<100, using: &generator)
        let range = part.isMultiple(of: 2) ? window(from, .random(in: (from + 1)...100, using: &generator)) : nil
        let name = ListingKey(source: Self.source, part: part, window: range.map { _ in window(0, 50) })
        switch Int.random(in: 0..<8, using: &generator) {
        case 0:
            let request = UInt64.random(in: 0...9, using: &generator)
            changes.passes = [Pass(source: Self.source, firstRun: run, beganAt: time(from), request: request)]
        case 1:
            let isSettled = Bool.random(using: &generator)
            changes.skippedParts = [
                skipped(part, run: run, isSettled: isSettled, hasRanges: part.isMultiple(of: 2))
            ]
        case 2:
            let details = ["a", "b", "c"].filter { _ in Bool.random(using: &generator) }
            changes.openListings = [open(part, name.window, place: String(from), details: details)]
        case 3: changes.finishedDetails = [DetailKey(listing: name, recordingID: "a")]
        case 4: changes.droppedListings = [name]
        default:
            let failure = Int.random(in: 0..<3, using: &generator) == 0 ? "timeout" : nil
            let isUnreadable = failure != nil && Int.random(in: 0..<4, using: &generator) == 0
            var read = outcome(
                part,
                isUnreadable ? nil : range,
                run: run,
                readAt: from,
                kinds: Bool.random(using: &generator) ? Self.kinds : [.recordings],
                failure: failure
            )
            read.firstRunOfPass = max(1, run - .random(in: 0...1, using: &generator))
            read.settlesAfter = Bool.random(using: &generator) ? .seconds(20) : nil
            changes.listings = [read]
        }
        return changes
    }

    private func expectEqual(
        _ left: any Ledger,
        _ right: any Ledger,
        _ generator: inout SeededGenerator
    ) async throws {
        #expect(try await left.openPass(of: Self.source) == right.openPass(of: Self.source))
        #expect(try await left.lastRunTime() == right.lastRunTime())
        let earliest = time(.random(in: 0...100, using: &generator))
        for reachable in [nil, earliest] {
            for kinds in [Self.kinds, [.recordings]] {
                let one = try await left.coverage(of: Self.source, kinds: kinds, reachableFrom: reachable)
                let other = try await right.coverage(of: Self.source, kinds: kinds, reachableFrom: reachable)
                #expect(one == other)
            }
        }
        for part in 0..<6 as Range<UInt64> {
            let one = try await left.partState(part, of: Self.source)
            let other = try await right.partState(part, of: Self.source)
            #expect(one.coverage == other.coverage)
            #expect(one.completeAt == other.completeAt && one.completeRun == other.completeRun)
            #expect(one.completeKinds == other.completeKinds && one.recordings == other.recordings)
            #expect(one.openListings.map(\.name) == other.openListings.map(\.name))
            #expect(one.openListings.map(\.place) == other.openListings.map(\.place))
            #expect(one.openListings.map { Set($0.details) } == other.openListings.map { Set($0.details) })
        }
    }
}
