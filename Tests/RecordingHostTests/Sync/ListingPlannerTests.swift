import RecordingKit
import Testing

@testable import RecordingHost

@Suite("What of a listing is read")
struct ListingPlannerTests {
    private static let kinds: [RecordKind] = [.recordings, .accessEvents]
    private let now = Timestamp(secondsSince1970: 1_800_000_000)

    private func time(_ seconds: Int64) -> Timestamp { now.advanced(by: .seconds(seconds - 1_000)) }

    private func window(_ from: Int64, _ to: Int64) -> TimeWindow { TimeWindow(from: time(from), to: time(to)) }

    private func planner(_ settling: Int64? = nil, firstRun: Int64 = 5) -> ListingPlanner {
        var rules = WindowRules(longestSpan: nil, horizon: nil)
        rules.settlesAfter = settling.map { .seconds($0) }
        return ListingPlanner(firstRunOfPass: firstRun, kinds: Self.kinds, rules: rules, now: now)
    }

    private func open(
        _ window: TimeWindow?,
        beganAt: Int64 = 900,
        kinds: [RecordKind] = kinds,
        failures: Int = 0
    ) -> OpenListing {
        var place = PagePlace(request: 1, token: "t", pageSize: nil, pages: 1, received: 1, promised: nil)
        place.kinds = kinds
        return OpenListing(
            name: ListingKey(source: "s", part: 1, window: window),
            listing: Listing(key: "k", label: "l", window: window),
            place: place.text,
            beganAt: time(beganAt),
            recordings: 0,
            details: [],
            failedResumptions: failures
        )
    }

    private func parts(_ plan: ListingPlanner.Plan) -> (read: [TimeWindow], resumed: [TimeWindow], dropped: Int) {
        plan.steps.reduce(into: ([], [], 0)) { parts, step in
            switch step {
            case .read(let listing): parts.0 += [listing.window].compactMap { $0 }
            case .resume(let open): parts.1 += [open.name.window].compactMap { $0 }
            case .drop: parts.2 += 1
            }
        }
    }

    private func seconds(_ windows: [TimeWindow]) -> Set<Int64> {
        Set(windows.flatMap { $0.from.seconds..<$0.to.seconds })
    }

    @Test(
        "Steps cover exactly what is due, overlap nowhere, and continue each open listing at most once",
        arguments: [nil, 30] as [Int64?]
    )
    func randomHistories(settling: Int64?) {
        for seed in 0..<200 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var state = PartState()
            for kind in Self.kinds {
                for run in 1...6 as ClosedRange<Int64> {
                    let from = Int64.random(in: 0..<100, using: &generator)
                    let read = window(from, .random(in: from...100, using: &generator))
                    let readAt = time(.random(in: 50...150, using: &generator))
                    state.coverage[kind, default: Coverage()].add(
                        CoveredRange(window: read, readAt: readAt, run: run, recordings: nil),
                        joiningReadBefore: run
                    )
                }
            }
            let cut = Int64.random(in: 0..<100, using: &generator)
            if Bool.random(using: &generator) {
                state.openListings = [open(window(cut, cut + 10)), open(window(cut + 20, cut + 25))]
            }
            let planner = planner(settling)
            var claimed: [TimeWindow] = []
            var resumed: [TimeWindow] = []
            // A connector may cut the range into several listings.
            for piece in [window(0, 60), window(60, 120)] {
                let plan = parts(planner.plan(Listing(key: "k", label: "l", window: piece), state, claimed: claimed))
                #expect(plan.dropped == 0)
                #expect(plan.read.allSatisfy { read in !claimed.contains { $0.intersection(read) != nil } })
                #expect(plan.read.allSatisfy { $0.from >= piece.from && $0.to <= piece.to && !$0.isEmpty })
                resumed += plan.resumed
                claimed += plan.read + plan.resumed
                let due = Self.kinds.reduce(into: Set<Int64>()) { due, kind in
                    let missing = state.coverage[kind]?.missing(
                        in: piece,
                        freshSince: planner.firstRunOfPass,
                        settlesAfter: planner.rules.settlesAfter
                    )
                    due.formUnion(seconds(missing ?? [piece]))
                }
                #expect(seconds(claimed).isSuperset(of: due))
                #expect(seconds(plan.read).isSubset(of: due))
            }
            #expect(resumed.count == Set(resumed).count)
            #expect(seconds(claimed).count == claimed.reduce(0) { $0 + Int($1.length.components.seconds) })
        }
    }

    @Test(
        "A reading that is too old, lies in the future or was for other kinds is dropped, and its range read",
        arguments: [1_000 - 86_401, 1_001] as [Int64]
    )
    func dropped(beganAt: Int64) {
        let listing = Listing(key: "k", label: "l", window: window(0, 100))
        for cut in [open(window(10, 20), beganAt: beganAt), open(window(10, 20), kinds: [.recordings])] {
            let plan = parts(planner().plan(listing, PartState(openListings: [cut]), claimed: []))
            #expect(plan.read == [window(0, 100)] && plan.resumed.isEmpty && plan.dropped == 1)
        }
        let whole = planner().plan(
            Listing(key: "k", label: "l"),
            PartState(openListings: [open(nil, beganAt: beganAt)]),
            claimed: []
        )
        #expect(whole.steps.count == 2 && whole.reads)
        let sound = parts(planner().plan(listing, PartState(openListings: [open(window(10, 20))]), claimed: []))
        #expect(sound.read == [window(0, 10), window(20, 100)] && sound.resumed == [window(10, 20)])
    }

    @Test("A reading that is wider than what was asked for is left open, and what was asked for is read beside it")
    func wider() {
        let listing = Listing(key: "k", label: "l", window: window(20, 50))
        let state = PartState(openListings: [open(window(0, 30)), open(window(30, 40)), open(window(40, 60))])
        var narrow = planner()
        narrow.asked = window(20, 50)
        let plan = parts(narrow.plan(listing, state, claimed: []))
        #expect(plan.read == [window(20, 30), window(40, 50)])
        #expect(plan.resumed == [window(30, 40)] && plan.dropped == 0)
        // A horizon that has moved on since does not make a reading wider than what was asked for.
        let later = parts(planner().plan(listing, state, claimed: []))
        #expect(later.resumed.count == 3 && later.read.isEmpty)
    }

    @Test("A reading whose page failed again and again is begun anew", arguments: [0, 2, 3, 4])
    func failedResumptions(failures: Int) {
        let isResumed = failures < 3
        let cut = open(window(0, 100), failures: failures)
        let listing = Listing(key: "k", label: "l", window: window(0, 100))
        let plan = parts(planner().plan(listing, PartState(openListings: [cut]), claimed: []))
        #expect(plan.resumed.count == (isResumed ? 1 : 0))
        #expect(plan.read.count == (isResumed ? 0 : 1) && plan.dropped == (isResumed ? 0 : 1))
    }

    @Test("A stale reading of a range that is not due is dropped, and the part counts as found")
    func droppedAlone() {
        var state = PartState(openListings: [open(window(10, 20), beganAt: 1_000 - 86_401)])
        for kind in Self.kinds {
            let range = CoveredRange(window: window(0, 100), readAt: time(999), run: 5, recordings: nil)
            state.coverage[kind] = Coverage([range])
        }
        let plan = planner().plan(Listing(key: "k", label: "l", window: window(0, 100)), state, claimed: [])
        #expect(plan.steps.count == 1 && !plan.reads)
    }

    @Test(
        "A part without a range is settled only when it was empty and read after it settled",
        arguments: [(0, 500, 501, true), (0, 500, 500, true), (0, 500, 499, false), (1, 500, 501, false)]
            as [(Int, Int64, Int64, Bool)]
    )
    func settled(recordings: Int, settlesAt: Int64, completeAt: Int64, isSettled: Bool) {
        let listing = Listing(key: "k", label: "l", settlesAt: time(settlesAt))
        var state = PartState(
            completeAt: time(completeAt),
            completeRun: 4,
            completeKinds: Self.kinds,
            recordings: recordings
        )
        #expect(planner().plan(listing, state, claimed: []).isSettled == isSettled)
        #expect(planner().plan(listing, state, claimed: []).reads != isSettled)
        state.completeKinds = [.recordings]
        #expect(!planner().plan(listing, state, claimed: []).isSettled)
        state.completeKinds = Self.kinds
        state.completeRun = 5
        #expect(!planner().plan(listing, state, claimed: []).reads)
    }
}
