public import RecordingKit

/// What a run would read of one source by what a ledger knows: an estimate, because parts are found by the run itself.
public struct PlanEstimate: Sendable, Hashable {
    /// Ranges that were never read for some part or kind, joined; empty where the platform is not asked for ranges.
    public var missing: [TimeWindow] = []
    /// Ranges that are listed again because something may have changed in them, joined.
    public var relisted: [TimeWindow] = []
    /// Labels of listings that are continued where they were cut.
    public var continued: [String] = []
    /// Parts that are known from earlier runs.
    public var parts = 0
    /// How many requests the last complete run needed, repeats left out; nil when there was none.
    public var requestsOfLastCompleteRun: Int?

    /// Estimates nothing.
    public init() {}
}

extension PlanEstimate {
    /// How many runs are looked at for a complete one.
    private static let consideredRuns = 20

    /// Works out what a run would read.
    ///
    /// - Parameters:
    ///   - window: what is wanted.
    ///   - kinds: the kinds that are read.
    init(
        of assembly: SourceAssembly,
        _ request: SyncRequest,
        _ kinds: [RecordKind],
        ledger: any Ledger,
        now: Timestamp
    ) async throws {
        let source = assembly.configuration.id
        let rules = assembly.descriptor.windowRules
        let window = assembly.window(request, at: now)
        let pass = try await ledger.openPass(of: source)
        let number = request.passNumber(Set(kinds))
        let planner = ListingPlanner(
            firstRunOfPass: pass.flatMap { $0.request == number ? $0.firstRun : nil } ?? .max,
            kinds: kinds,
            rules: rules,
            now: now,
            asked: assembly.asked(request)
        )
        let known = try await ledger.parts(of: source)
        parts = known.count
        var read: [TimeWindow] = []
        var neverRead: [TimeWindow] = []
        for part in known {
            let listing = Listing(key: "", label: part.label, window: part.hasRanges ? window : nil)
            for step in planner.plan(listing, part.state, claimed: []).steps {
                switch step {
                case .read(let listing): read += listing.window.map { [$0] } ?? []
                case .resume(let open): continued.append(open.listing.label)
                case .drop: continue
                }
            }
            guard part.hasRanges else { continue }
            for kind in kinds { neverRead += (part.state.coverage[kind] ?? Coverage()).gaps(in: window) }
        }
        if known.isEmpty, rules.isFilteredByTime { neverRead = [window] }
        missing = TimeWindow.joined(neverRead)
        relisted = TimeWindow.joined(read).flatMap { $0.subtracting(missing) }
        let runs = try await ledger.recentRuns(of: source, limit: Self.consideredRuns)
        let counts = runs.first { $0.outcome.state == .complete }?.outcome.counts
        requestsOfLastCompleteRun = counts.map { $0.requests - $0.retries }
    }
}
