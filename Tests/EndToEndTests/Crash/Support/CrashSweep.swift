import PlatformSimulator
import Synchronization

/// Lets one job die at its first change of a file, in the next run at its second, and so on until it survives.
struct CrashSweep: Sendable {
    let job: CrashJob
    let baseline: Baseline
    /// How many programs run at once.
    var concurrency = 4

    /// How many pages of one listing may be asked for beyond those that an undisturbed run needs, for each time that a run was
    /// killed.
    static let mostPagesAgain = 1

    /// What came of it.
    struct Report: Sendable {
        /// Runs that were struck.
        var struck = 0
        /// Runs that came to their end before the call that they were to die at.
        var survived = 0
        /// What went wrong, each with the point at which the run had died.
        var problems: [String] = []
        /// The most pages that one listing was asked for in vain, and where.
        var pagesAgain = (most: 0, where: "")
        /// The sum of all of them.
        var allPagesAgain = 0
    }

    /// Kills at every call.
    ///
    /// - Parameters:
    ///   - step: 1 for every call; more leaves some out.
    ///   - second: what happens to the run after the one that died; nothing unless given.
    ///   - point: what happens at a call.
    func run(
        step: Int = 1,
        then second: (@Sendable (Int) -> CrashPoint)? = nil,
        _ point: @escaping @Sendable (Int) -> CrashPoint
    ) async throws -> Report {
        let progress = Progress(step: step)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<concurrency {
                group.addTask {
                    while let call = progress.next() {
                        try await visit(point(call), then: second?(call), progress)
                    }
                }
            }
            try await group.waitForAll()
        }
        return progress.report
    }

    private func visit(_ point: CrashPoint, then second: CrashPoint?, _ progress: Progress) async throws {
        try await CrashSite.with(job) { site in
            let first = try await site.sync(at: point)
            var kills = first.wasKilled ? 1 : 0
            var allowed = baseline.pages
            // What a source's pass has ended with, the next run reads anew, as it has to.
            if first.wasKilled { allowed.add(baseline.pages, of: await site.endedPasses()) }
            if first.wasKilled, let second {
                kills += try await site.sync(at: second).wasKilled ? 1 : 0
                allowed.add(baseline.pages, of: await site.endedPasses())
            }
            var problems: [String] = []
            if !first.wasKilled, first.exitCode != 0 { problems.append("the first run said \(first.text)") }
            // A run that survived has left nothing to be put right; the pages of another one would count as read again.
            let last = first.wasKilled ? try await site.sync() : first
            problems += try await baseline.problems(of: site, after: last)
            let pages = PageCount(site.simulator.takeRequests()).beyond(allowed)
            // A power failure takes back what the ledger has not flushed, which loses nothing but pages.
            if point.mode != .power, pages.values.contains(where: { $0 > Self.mostPagesAgain * kills }) {
                problems.append("pages asked for again: \(pages)")
            }
            progress.add(point, wasKilled: first.wasKilled, problems: problems, pages: pages)
        }
    }
}

/// Hands out the calls one after another and collects what came of them.
private final class Progress: Sendable {
    private struct State {
        var next = 1
        var misses = 0
        var report = CrashSweep.Report()
    }

    /// Work is handed out in another order in every run, so that only several survivors in a row show that there is no such call.
    private static let missesThatEnd = 6

    private let state = Mutex(State())
    private let step: Int

    init(step: Int) { self.step = step }

    var report: CrashSweep.Report { state.withLock { $0.report } }

    /// The call to die at next; nil when there are no more.
    func next() -> Int? {
        state.withLock { state in
            guard state.misses < Self.missesThatEnd else { return nil }
            defer { state.next += step }
            return state.next
        }
    }

    func add(_ point: CrashPoint, wasKilled: Bool, problems: [String], pages: [String: Int]) {
        state.withLock { state in
            state.misses = wasKilled ? 0 : state.misses + 1
            state.report.struck += wasKilled ? 1 : 0
            state.report.survived += wasKilled ? 0 : 1
            state.report.problems += problems.map { "\(point): \($0)" }
            state.report.allPagesAgain += pages.values.reduce(0, +)
            if let most = pages.max(by: { $0.value < $1.value }), most.value > state.report.pagesAgain.most {
                state.report.pagesAgain = (most.value, "\(point), \(most.key)")
            }
        }
    }
}
