import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("What was read is kept")
struct KeptRecordsTests {
    @Test("Access events that came before a failure are written, and asked for again in the next run")
    func eventsBeforeFailure() async throws {
        let good = JSONLiteral.array([["id": "e1"], ["id": "e2"]])
        let bench = try SyncBench(
            reads: [.recordings, .accessEvents],
            routes: [
                SyncBench.listing("one", SyncBench.page(["a"], revision: "1"), SyncBench.page(["a"], revision: "1")),
                ScriptedRoute(
                    "GET",
                    "/v1/accesses/a",
                    answers: [
                        .json(["items": good, "next": "/v1/accesses/a/2"]), .json(["items": good]),
                    ]
                ),
                ScriptedRoute("GET", "/v1/accesses/a/2", answers: [.status(404)]),
            ]
        )
        let first = try await bench.sync()
        #expect(first.outcomes.map(\.state) == [.incomplete])
        #expect(await bench.sink.events.count == 2)
        let second = try await bench.sync()
        #expect(second.outcomes.map(\.state) == [.complete])
        #expect(await bench.sink.events.count == 2)
    }

    @Test("A sink that joins a ledger with records is given those of another sink")
    func lateSink() async throws {
        let bench = try SyncBench(routes: [
            SyncBench.listing("one", SyncBench.page(["a"]), SyncBench.page(["a"]), SyncBench.page(["a", "b"]))
        ])
        _ = try await bench.sync()
        let late = MemorySink(id: "memory:late")
        _ = try await bench.host.sync(ledger: bench.ledger, sinks: [bench.sink, late])
        #expect(await late.recordings.map(\.id) == ["a"])
        _ = try await bench.host.sync(ledger: bench.ledger, sinks: [bench.sink, late])
        #expect(await late.recordings.map(\.id) == ["a", "b"])
    }

    @Test("A sink that comes back is given what was written without it, once")
    func returningSink() async throws {
        let bench = try SyncBench(routes: [
            SyncBench.listing(
                "one",
                SyncBench.page(["a"]),
                SyncBench.page(["a", "b"]),
                SyncBench.page(["a", "b", "c"]),
                SyncBench.page(["a", "b", "c", "d"])
            )
        ])
        let other = MemorySink(id: "memory:other")
        _ = try await bench.host.sync(ledger: bench.ledger, sinks: [bench.sink, other])
        _ = try await bench.sync()
        _ = try await bench.sync()
        #expect(await other.recordings.map(\.id) == ["a"])
        _ = try await bench.host.sync(ledger: bench.ledger, sinks: [bench.sink, other])
        #expect(await other.recordings.map(\.id) == ["a", "b", "c", "d"])
    }

    @Test("A sink that lacks records which no other sink can give back is refused, also the next time")
    func lateSinkAlone() async throws {
        let bench = try SyncBench(
            routes: [SyncBench.listing("one", SyncBench.page(["a"]), SyncBench.page(["a"]))]
        )
        _ = try await bench.sync()
        let late = MemorySink(id: "memory:late")
        for _ in 0..<2 {
            await #expect(throws: TapedeckError(.configurationInvalid, "")) {
                try await bench.host.sync(ledger: bench.ledger, sinks: [late])
            }
        }
        #expect(await late.recordings.isEmpty)
    }

    @Test("A run that is refused for its sinks costs those that it left out nothing")
    func refusedSinks() async throws {
        let bench = try SyncBench(routes: [
            SyncBench.listing(
                "one",
                SyncBench.page(["a"]),
                SyncBench.page(["a", "b"]),
                SyncBench.page(["a", "b", "c"]),
                SyncBench.page(["a", "b", "c", "d"])
            )
        ])
        let other = MemorySink(id: "memory:other")
        _ = try await bench.host.sync(ledger: bench.ledger, sinks: [bench.sink, other])
        _ = try await bench.sync()
        for refused in [[other], [MemorySink(id: "memory:new")]] {
            await #expect(throws: TapedeckError(.configurationInvalid, "")) {
                try await bench.host.sync(ledger: bench.ledger, sinks: refused)
            }
        }
        _ = try await bench.sync()
        _ = try await bench.host.sync(ledger: bench.ledger, sinks: [bench.sink, other])
        #expect(await bench.sink.recordings.map(\.id) == ["a", "b", "c", "d"])
        #expect(await other.recordings.map(\.id) == ["a", "b", "c", "d"])
    }

    @Test("Sources of one origin and credential share a pacer, others do not")
    func sharedPacers() throws {
        var registry = ConnectorRegistry()
        try registry.register(ScriptedSource.self)
        let assemblies = try ["a": "t", "b": "t", "c": "u"].sorted { $0.key < $1.key }.map { id, token in
            let configuration = SourceConfiguration(id: id, connector: "scripted", settings: ["token": .string(token)])
            return try #require(SourceAssembly.check(configuration, registry: registry).assembly)
        }
        let clock = ManualClock.automatic(at: SyncBench.start)
        let pool = PacerPool(assemblies, clock: clock)
        let pacers = assemblies.map { pool.pacer(of: $0, clock: clock) { _, _ in } }
        #expect(pacers[0] === pacers[1])
        #expect(pacers[0] !== pacers[2])
    }
}
