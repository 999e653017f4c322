import Foundation
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization
import Testing

@Suite("Media that were cut", .timeLimit(.minutes(5)))
struct MediaResumeTests {
    private static let plan = MediaPlan(lengths: 3_000_000...3_000_000, audioEvery: 0, transcriptEvery: 0)
    /// A server that sends a part of each file and then nothing more, until it is asked again.
    private static var stallingPlan: MediaPlan {
        var plan = plan
        plan.faults = [MediaFaultRule(.stalls(afterBytes: 1_000_000), on: .everything, requests: 1...1)]
        return plan
    }

    @Test("by a stop are continued by the next run where they were cut, at no further cost")
    func stop() async throws {
        try await MediaScenario.with(.small(media: Self.stallingPlan)) { scenario in
            let stopping = Mutex<Task<SyncReport, any Error>?>(nil)
            let run = Task {
                try await scenario.sync(parallel: 2) {
                    CuttingTransport(base: $0, after: 900_000) { stopping.withLock { $0?.cancel() } }
                }
            }
            stopping.withLock { $0 = run }
            let report = try await run.value
            #expect(report.wasStopped)
            let asked = scenario.shows
            let before = scenario.simulator.statistics.media.bytesByFile
            scenario.simulator.setMediaFaults([])
            let second = try await scenario.sync()
            #expect(second.outcomes.map(\.state) == [.complete, .complete], "\(second.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
            #expect(scenario.simulator.statistics.media.partialAnswers.isEmpty == false)
            #expect(before.values.contains { $0 > 0 && $0 < 3_000_000 })
            for (file, bytes) in before where bytes > 0 && bytes < 3_000_000 {
                let all = scenario.simulator.statistics.media.bytesByFile[file] ?? 0
                // What the server had sent on into buffers that nobody read any more comes again.
                #expect(all < 3_000_000 + 1_100_000, "\(file): \(all)")
            }
            for (egress, count) in scenario.shows { #expect(count <= (asked[egress] ?? 0) + 1) }
        }
    }

    @Test("again and again by resets are fetched once, through one link")
    func resets() async throws {
        var plan = Self.plan
        plan.faults = [MediaFaultRule(.resets(afterBytes: 1_048_576), on: .everything, requests: 1...100)]
        try await MediaScenario.with(.small(media: plan)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
            #expect(scenario.shows.values.allSatisfy { $0 == 1 })
            let requests = scenario.simulator.statistics.media.requestsByFile.values
            // Three without loss; a reset can take away what was on its way, and a busy machine has much on its way.
            #expect(requests.allSatisfy { (3...30).contains($0) }, "\(requests.sorted())")
        }
    }

    @Test("and whose link died meanwhile get one fresh link")
    func expiry() async throws {
        var plan = Self.plan
        plan.faults = [
            MediaFaultRule(
                .resets(afterBytes: 1_000_000),
                .linkDies(afterRequests: 1),
                on: .platform(.kismet),
                requests: 1...1
            )
        ]
        try await MediaScenario.with(.small(media: plan)) { scenario in
            let report = try await scenario.sync()
            #expect(report.outcomes.map(\.state) == [.complete, .complete], "\(report.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
            #expect(scenario.shows.values.allSatisfy { $0 <= 2 }, "\(scenario.shows)")
        }
    }

    @Test("and were damaged on the disk meanwhile begin anew")
    func damage() async throws {
        try await MediaScenario.with(.small(media: Self.stallingPlan)) { scenario in
            let stopping = Mutex<Task<SyncReport, any Error>?>(nil)
            let run = Task {
                try await scenario.sync(parallel: 1) {
                    CuttingTransport(base: $0, after: 900_000) { stopping.withLock { $0?.cancel() } }
                }
            }
            stopping.withLock { $0 = run }
            _ = try await run.value
            let spool = scenario.folder.appending(path: ".spool")
            let names = try FileManager.default.contentsOfDirectory(atPath: spool.path)
            #expect(names.count == 1)
            for name in names {
                let handle = try FileHandle(forWritingTo: spool.appending(path: name))
                try handle.seek(toOffset: 100)
                try handle.write(contentsOf: Data([1, 2, 3]))
                try handle.close()
            }
            scenario.simulator.setMediaFaults([])
            let second = try await scenario.sync()
            #expect(second.outcomes.map(\.state) == [.complete, .complete], "\(second.outcomes.map(\.failures))")
            try await scenario.expectAllStored()
        }
    }
}

/// A transport that calls out once so many bytes of a file have come.
private struct CuttingTransport: MediaTransport {
    let base: any MediaTransport
    let after: Int
    let cut: @Sendable () -> Void

    func fetch(_ request: MediaRequest, into receiver: any MediaReceiver) async throws {
        try await base.fetch(request, into: Counting(receiver: receiver, after: after, cut: cut))
    }

    private final class Counting: MediaReceiver {
        private let receiver: any MediaReceiver
        private let after: Int
        private let cut: @Sendable () -> Void
        private let count = Mutex(0)

        init(receiver: any MediaReceiver, after: Int, cut: @escaping @Sendable () -> Void) {
            self.receiver = receiver
            self.after = after
            self.cut = cut
        }

        func begin(_ head: MediaResponseHead) throws -> Bool { try receiver.begin(head) }

        func receive(_ part: Span<UInt8>) throws {
            let all = count.withLock { count in
                count += part.count
                return count
            }
            try receiver.receive(part)
            if all >= after { cut() }
        }
    }
}
