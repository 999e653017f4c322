import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("A recording that two listings return")
struct SharedDetailTests {
    private func coverage(_ ledger: MemoryLedger) async -> SourceCoverage {
        await ledger.coverage(of: "clinic", kinds: [.recordings, .accessEvents], reachableFrom: nil)
    }

    @Test("leaves both incomplete when its access events could not be read", arguments: ["1", nil])
    func unreadable(revision: String?) async throws {
        let bench = PagedBench(["one": ["a"], "two": ["a", "b"]])
        bench.platform.setRevision(revision)
        bench.platform.trouble("access a", .status(404))
        let first = try #require(try await bench.sync().outcomes.first)
        #expect(first.state == .incomplete)
        #expect(first.counts.listingsIncomplete == 2)
        #expect(first.complete.isEmpty)
        #expect(bench.platform.takeRequests().details.count { $0 == "a" } == 1)
        bench.platform.trouble("access a", nil)
        let second = try #require(try await bench.sync().outcomes.first)
        #expect(second.state == .complete)
        #expect(second.complete.count == 1)
        #expect(bench.platform.takeRequests().details.count { $0 == "a" } == 1)
    }

    @Test("is waited for by the second listing while the first reads its access events", arguments: [404, nil])
    func underWay(status: Int?) async throws {
        let bench = PagedBench(["one": ["a"], "two": ["a", "b"]])
        let gate = Gate()
        let slow = HeldTransport(base: bench.platform, gate: gate, path: "/v1/accesses/a")
        if let status { bench.platform.trouble("access a", .status(status)) }
        let report = try await withThrowingTaskGroup(of: SyncReport?.self) { group in
            group.addTask { try await bench.sync(through: slow) }
            group.addTask {
                // Everything else was read by then, so the second listing has nothing left but to wait.
                while await bench.ledger.recordings(of: "clinic")["b"]?.eventsWereRead != true { await Task.yield() }
                for _ in 0..<200 { await Task.yield() }
                #expect(await bench.ledger.listings(of: "clinic").isEmpty)
                gate.open()
                return nil
            }
            return try await group.reduce(nil) { $1 ?? $0 }
        }
        #expect(report?.outcomes.first?.counts.listingsIncomplete == (status == nil ? 0 : 2))
        #expect(report?.outcomes.first?.counts.listingsComplete == (status == nil ? 2 : 0))
        #expect(bench.platform.takeRequests().details == ["a", "b"])
    }

    @Test("is still due in the second listing when both were cut and only that one is continued")
    func cut() async throws {
        let bench = PagedBench(["one": ["a"], "two": ["a", "b", "c"]])
        bench.platform.trouble("access a", .silence)
        bench.platform.trouble("two 2", .silence)
        _ = try await bench.syncUntilSilence()
        let open = await bench.ledger.openListings(of: "clinic")
        #expect(open.flatMap(\.details).map(\.recordingID).contains("a"))
        bench.platform.trouble("two 2", nil)
        bench.platform.trouble("access a", .status(404))
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.counts.listingsIncomplete == 2)
        #expect(outcome.complete.isEmpty)
        bench.platform.trouble("access a", nil)
        #expect(try await bench.sync().outcomes.map(\.state) == [.complete])
        #expect(await bench.events == ["e-a", "e-b", "e-c"])
        #expect(await bench.ledger.openListings(of: "clinic").isEmpty)
    }
}

@Suite("The registry of details")
struct DetailRegistryTests {
    private struct Failure: Error {}

    @Test("forgets what was read, and keeps what failed until it is read after all")
    func ending() async {
        let registry = DetailRegistry()
        registry.begin(["a", "b"])
        #expect(registry.isOpen("a") && !registry.isOpen("c"))
        registry.end("a", failure: nil)
        registry.end("b", failure: Failure())
        #expect(!registry.isOpen("a") && registry.isOpen("b"))
        #expect(await registry.outcome(of: "a") == nil)
        #expect(await registry.outcome(of: "b") is Failure)
        registry.begin(["b"])
        registry.release(["b"])
        #expect(await registry.outcome(of: "b") is Failure)
        registry.begin(["b"])
        registry.end("b", failure: nil)
        #expect(await registry.outcome(of: "b") == nil && !registry.isOpen("b"))
    }

    @Test("lets go of who is cancelled, and of nobody else")
    func cancelled() async {
        let registry = DetailRegistry()
        registry.begin(["a"])
        await withTaskGroup(of: (any Error)?.self) { group in
            group.addTask { await registry.outcome(of: "a") }
            await Task.yield()
            group.cancelAll()
            let ended = await group.next() ?? nil
            #expect(ended is CancellationError)
        }
        #expect(registry.isOpen("a"))
        registry.end("a", failure: nil)
        #expect(!registry.isOpen("a"))
    }

    @Test("wakes all who wait, when the last reading has ended")
    func waiting() async {
        let registry = DetailRegistry()
        registry.begin(["a"])
        registry.begin(["a"])
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<5 { group.addTask { await registry.outcome(of: "a") is Failure } }
            group.addTask {
                await Task.yield()
                registry.release(["a"])
                await Task.yield()
                registry.end("a", failure: Failure())
                return true
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}

/// Opens once, and lets everyone through from then on.
private struct Gate: Sendable {
    private let stream = AsyncStream.makeStream(of: Void.self)

    func open() { stream.continuation.finish() }
    func pass() async { for await _ in stream.stream {} }
}

/// Sends the request for one path only when a gate has opened.
private struct HeldTransport: HTTPTransport {
    let base: any HTTPTransport
    let gate: Gate
    let path: String

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        if request.url.path == path { await gate.pass() }
        return try await base.send(request)
    }
}
