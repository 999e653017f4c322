import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization
import Testing

@Suite("A run that is stopped half-way")
struct CancellationTests {
    @Test(
        "keeps whole lines, ends as stopped, and the next run completes it without a line too many",
        arguments: [1, 2, 5, 12, 30, 60]
    )
    func stopped(pages: Int) async throws {
        var plan = SimulatorPlan.small()
        plan.faults = [.smallSummaryPages(8)]
        try await Scenario.with(plan) { scenario in
            let report = try await stop(scenario, afterPages: pages)
            #expect(report.wasStopped)
            #expect(report.outcomes.contains { $0.state == .stopped })
            #expect(report.outcomes.allSatisfy { [.stopped, .complete].contains($0.state) })
            for kind in [RecordKind.recordings, .accessSummaries, .accessEvents] {
                #expect(Vocabulary.violations(try scenario.archive.records(kind), of: kind) == [])
                let text = try scenario.archive.contents(of: kind)
                #expect(text.isEmpty || text.hasSuffix("\n"))
            }
            let again = try await scenario.sync()
            #expect(again.outcomes.map(\.state) == [.complete, .complete])
            #expect(!again.wasStopped)
            #expect(try scenario.differences() == [])
            #expect(try scenario.archive.repeats() == 0)
            #expect(try await scenario.archive.gaps(at: scenario.clock.now) == [])
        }
    }

    @Test("ends at once while everyone waits for the platform, and the next run completes it")
    func stoppedWhileWaiting() async throws {
        let wait = Fault(.tooManyRequests(.seconds(600)), on: .endpoint(.webexAccessDetail), .nth(3))
        let simulator = try PlatformSimulator(plan: .small(faults: [wait]))
        try simulator.start()
        defer { simulator.stop() }
        let archive = try Archive()
        defer { archive.remove() }
        // With several under way, those that are on the wire when the refusal is made arrive while it runs.
        let source = [simulator.webexSource(limits: LimitOverrides(concurrency: 1))]
        let isWaiting: @Sendable (SourceProgress) -> Bool = { $0.waitingUntil != nil }
        let report = try await stop(when: isWaiting) { onProgress in
            try await archive.sync(source, onProgress: onProgress)
        }
        #expect(report.wasStopped)
        #expect(report.outcomes.first?.state == .stopped)
        #expect(simulator.statistics.requestsWhileRetryAfter == 0)
    }

    private func stop(_ scenario: Scenario, afterPages pages: Int) async throws -> SyncReport {
        let counter = PageCounter()
        let reaches: @Sendable (SourceProgress) -> Bool = { counter.sum(after: $0) >= pages }
        return try await stop(when: reaches) { onProgress in
            try await scenario.sync(onProgress: onProgress)
        }
    }

    /// Runs and cancels as soon as the progress is as wanted.
    private func stop(
        when isReached: @escaping @Sendable (SourceProgress) -> Bool,
        _ run: @escaping @Sendable (@escaping @Sendable (SourceProgress) -> Void) async throws -> SyncReport
    ) async throws -> SyncReport {
        let (reached, signal) = AsyncStream.makeStream(of: Void.self)
        let report = try await withThrowingTaskGroup(of: SyncReport?.self) { group in
            group.addTask { try await run { if isReached($0) { signal.yield() } } }
            group.addTask {
                for await _ in reached { return nil }
                return nil
            }
            var report: SyncReport?
            for try await result in group {
                if let result { report = result }
                group.cancelAll()
            }
            return report
        }
        return try #require(report)
    }
}

/// Adds up the pages of all sources.
private final class PageCounter: Sendable {
    private let pages = Mutex<[String: Int]>([:])

    func sum(after progress: SourceProgress) -> Int {
        pages.withLock { pages in
            pages[progress.source] = progress.pages
            return pages.values.reduce(0, +)
        }
    }
}
