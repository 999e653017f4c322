import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

struct HostSyncTests {
    private func listings(_ count: Int) -> [String: SettingValue] {
        ["listings": .list((0..<count).map { .string("l\($0)") })]
    }

    private func ids(_ bench: SyncBench) async -> [String] { await bench.sink.recordings.map(\.id).sorted() }

    @Test("All listings are read, page after page, and a second run writes nothing twice") func everything()
        async throws
    {
        let bench = try SyncBench(
            sources: ["clinic": listings(3)],
            routes: (0..<3).flatMap { number in
                (0..<2).flatMap { _ in
                    [
                        SyncBench.listing("l\(number)", SyncBench.page(["a\(number)"], next: "/v1/p\(number)")),
                        ScriptedRoute("GET", "/v1/p\(number)", answers: [SyncBench.page(["b\(number)"])]),
                    ]
                }
            }
        )
        let report = try await bench.sync()
        let outcome = try #require(report.outcomes.first)
        #expect(outcome.state == .complete)
        #expect(outcome.counts.recordings == 6)
        #expect(outcome.counts.listingsComplete == 3)
        #expect(outcome.counts.requests == 6)
        #expect(outcome.complete == [CompleteRange(from: Timestamp(secondsSince1970: 0), to: SyncBench.start)])
        #expect(!report.wasStopped)
        let second = try await bench.sync()
        #expect(second.outcomes.first?.counts.written.isEmpty == true)
        #expect(second.run == 2)
        #expect(await ids(bench) == ["a0", "a1", "a2", "b0", "b1", "b2"])
        #expect(await bench.sink.isClosed)
        #expect(bench.transport.unusedAnswers == 0)
    }

    @Test("No more listings are under way than the source's concurrency") func concurrency() async throws {
        let bench = try SyncBench(
            sources: ["clinic": listings(40)],
            routes: (0..<40).map { SyncBench.listing("l\($0)", SyncBench.page(["r\($0)"])) }
        )
        #expect(try await bench.sync().outcomes.first?.counts.recordings == 40)
        #expect(bench.transport.largestPending <= 4)
        #expect(bench.transport.largestPending > 1)
    }

    @Test("A sink that is slow holds back requests", .timeLimit(.minutes(5))) func backPressure() async throws {
        let bench = try SyncBench(routes: [
            SyncBench.listing("one", SyncBench.page(["a"], next: "/v1/p1")),
            ScriptedRoute("GET", "/v1/p1", answers: [SyncBench.page(["b"])]),
        ])
        let sink = HeldSink()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await bench.host.sync(ledger: bench.ledger, sinks: [sink]) }
            await sink.arrival()
            for _ in 0..<500 { await Task.yield() }
            #expect(bench.transport.requests.count == 1)
            await sink.open()
            try await group.waitForAll()
        }
        #expect(bench.transport.requests.count == 2)
    }

    @Test("A listing that fails costs only itself, and the range is not complete", arguments: [404, 410, 400])
    func failingListing(status: Int) async throws {
        let bench = try SyncBench(
            sources: ["clinic": listings(3)],
            routes: [
                SyncBench.listing("l0", SyncBench.page(["a"])), SyncBench.listing("l1", .status(status)),
                SyncBench.listing("l2", SyncBench.page(["c"])),
            ]
        )
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .incomplete)
        #expect(outcome.counts.listingsComplete == 2)
        #expect(outcome.counts.listingsIncomplete == 1)
        #expect(outcome.complete.isEmpty)
        #expect(await ids(bench) == ["a", "c"])
        let remembered = await bench.ledger.listings(of: "clinic")
        #expect(remembered.map { $0.failure == nil } == [true, false, true])
    }

    @Test("A page that breaks keeps the pages before it") func brokenPage() async throws {
        let bench = try SyncBench(routes: [
            SyncBench.listing("one", SyncBench.page(["a"], next: "/v1/p1")),
            ScriptedRoute("GET", "/v1/p1", answers: [.body(Array("<html>".utf8), type: "text/html")]),
        ])
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .incomplete)
        #expect(outcome.failures.map(\.code) == ["not_json"])
        #expect(await ids(bench) == ["a"])
    }

    @Test("Rejected credentials end their source, and no other") func unauthorized() async throws {
        let bench = try SyncBench(
            sources: ["bad": listings(30), "good": ["listings": ["fine"]]],
            routes: (0..<30).map { SyncBench.listing("l\($0)", .status(401)) }
                + [SyncBench.listing("fine", SyncBench.page(["a"]))]
        )
        let report = try await bench.sync()
        #expect(report.outcomes.map(\.source) == ["bad", "good"])
        #expect(report.outcomes.map(\.state) == [.credentialsRejected, .complete])
        #expect(report.outcomes[0].failures.first?.code == "unauthorized")
        #expect(report.outcomes[0].counts.requests <= 8)
        #expect(!report.wasStopped)
        #expect(await ids(bench) == ["a"])
    }

    @Test("When everything is forbidden the credentials count as rejected, and the rest is not asked for")
    func forbidden() async throws {
        let bench = try SyncBench(
            sources: ["clinic": listings(30)],
            routes: (0..<30).map { SyncBench.listing("l\($0)", .status(403)) }
        )
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .credentialsRejected)
        #expect(outcome.counts.requests <= 8)
    }

    @Test(
        "One forbidden listing costs only itself, also when it is answered before all others",
        .timeLimit(.minutes(5))
    )
    func oneForbidden() async throws {
        let bench = try SyncBench(
            sources: ["clinic": listings(6)],
            over: { scripted, ledger in PatientTransport(base: scripted, ledger: ledger, first: "/v1/listings/l0") },
            routes: (0..<6).map { number in
                SyncBench.listing("l\(number)", number == 0 ? .status(403) : SyncBench.page(["r\(number)"]))
            }
        )
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .incomplete)
        #expect(outcome.counts.recordings == 5)
        #expect(outcome.failures.map(\.code) == ["forbidden"])
    }

    @Test("A platform that does not answer is not asked for all the rest") func outage() async throws {
        let bench = try SyncBench(
            sources: ["clinic": listings(40)],
            routes: (0..<40).map {
                ScriptedRoute("GET", "/v1/listings/l\($0)", answers: [.failure(.notConnected)], repeatsLast: true)
            }
        )
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .failed)
        #expect(outcome.failures.first?.code == "connection_failed")
        #expect(Set(bench.transport.requests.map(\.url.path)).count <= 12)
        #expect(outcome.counts.listingsComplete == 0)
    }

    @Test("A listing that succeeds ends a streak of outages") func brokenStreak() async throws {
        let bench = try SyncBench(
            sources: ["clinic": listings(28)],
            routes: (0..<28).map { number in
                ScriptedRoute(
                    "GET",
                    "/v1/listings/l\(number)",
                    answers: [number.isMultiple(of: 2) ? SyncBench.page(["r\(number)"]) : .failure(.timedOut)],
                    repeatsLast: true
                )
            }
        )
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .incomplete)
        #expect(outcome.counts.recordings == 14)
    }

    @Test("When discovery fails nothing is said of any range, and what was found is read") func discovery() async throws
    {
        let bench = try SyncBench(
            sources: ["clinic": ["discovery": "/more"]],
            routes: [
                SyncBench.listing("one", SyncBench.page(["a"])),
                ScriptedRoute("GET", "/v1/more", answers: [.status(404)]),
            ]
        )
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .incomplete)
        #expect(outcome.complete.isEmpty)
        #expect(await ids(bench) == ["a"])
    }

    @Test("A wait that is too long ends the source at once, and says when to come back", .timeLimit(.minutes(5)))
    func tryLater() async throws {
        let bench = try SyncBench(
            sources: ["clinic": listings(30).merging(["discovery": "/more"]) { old, _ in old }],
            routes: [SyncBench.listing("l0", SyncBench.page(["a"]))]
                + (1..<30).map { SyncBench.listing("l\($0)", .status(429, headers: ["Retry-After": "7200"])) }
        )
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.state == .tryLater)
        #expect(outcome.retryAt == SyncBench.start.advanced(by: .seconds(7_201)))
        #expect(bench.clock.uptime < .seconds(60))
        #expect(outcome.counts.requests <= 5)
        #expect(await ids(bench) == ["a"])
    }

    @Test("Cancelling ends the run, and everything that was taken over is kept", .timeLimit(.minutes(5)))
    func cancellation() async throws {
        let bench = try SyncBench(routes: [
            SyncBench.listing("one", SyncBench.page(["a"], next: "/v1/p1")),
            ScriptedRoute("GET", "/v1/p1", answers: [.hang]),
        ])
        let (pages, page) = AsyncStream.makeStream(of: Void.self)
        let report = try await withThrowingTaskGroup(of: SyncReport.self) { group in
            group.addTask {
                try await bench.host.sync(ledger: bench.ledger, sinks: [bench.sink]) { progress in
                    if progress.pages > 0 { page.yield() }
                }
            }
            for await _ in pages { break }
            group.cancelAll()
            return try #require(try await group.next())
        }
        #expect(report.wasStopped)
        #expect(report.failure == nil)
        #expect(report.outcomes.map(\.state) == [.stopped])
        #expect(report.outcomes[0].complete.isEmpty)
        #expect(await ids(bench) == ["a"])
        #expect(await bench.ledger.recordings(of: "clinic").count == 1)
        #expect(await bench.sink.isClosed)
    }

    @Test("A sink that fails ends the run with its failure, and the ledger is not ahead") func sinkFailure()
        async throws
    {
        let bench = try SyncBench(
            sources: ["clinic": listings(20)],
            routes: (0..<20).map { SyncBench.listing("l\($0)", SyncBench.page(["r\($0)"])) }
        )
        await bench.sink.fail(commits: TapedeckError(.sinkFailed, "The disk is full."))
        let report = try await bench.sync()
        #expect(report.failure?.code == .sinkFailed)
        #expect(report.outcomes.map(\.state) == [.failed])
        #expect(await bench.ledger.recordings(of: "clinic").isEmpty)
        #expect(bench.transport.requests.count <= 8)
    }

    @Test("Accesses are read only of recordings that are new or whose revision changed") func details() async throws {
        let accesses = ScriptedAnswer.json(["items": [["id": "e1"], ["id": "e2"]]])
        let bench = try SyncBench(
            reads: [.recordings, .accessEvents],
            routes: [
                SyncBench.listing(
                    "one",
                    SyncBench.page(["a", "b"], revision: "1"),
                    SyncBench.page(["a", "b"], revision: "1"),
                    SyncBench.page(["a"], revision: "2")
                ),
                ScriptedRoute("GET", "/v1/accesses/a", answers: [accesses, accesses]),
                ScriptedRoute("GET", "/v1/accesses/b", answers: [accesses]),
            ]
        )
        var counts: [SourceCounts] = []
        for _ in 0..<3 { counts += try await bench.sync().outcomes.map(\.counts) }
        #expect(counts.map(\.details) == [2, 0, 1])
        #expect(counts.map { $0.written[.accessEvents] ?? 0 } == [4, 0, 0])
        #expect(bench.transport.unusedAnswers == 0)
    }

    @Test(
        "A recording whose accesses failed makes its listing incomplete, and is tried again",
        arguments: [0, 150, 399]
    )
    func failingDetail(position: Int) async throws {
        let names = (0..<400).map { "r\($0)" }
        let accesses = ScriptedAnswer.json(["items": []])
        let pages: [ScriptedRoute] = (0..<2).flatMap { _ in
            [
                SyncBench.listing("one", SyncBench.page(Array(names[..<200]), next: "/v1/p1", revision: "1")),
                ScriptedRoute("GET", "/v1/p1", answers: [SyncBench.page(Array(names[200...]), revision: "1")]),
            ]
        }
        let bench = try SyncBench(
            reads: [.recordings, .accessEvents],
            routes: pages
                + names.enumerated().map { index, name in
                    ScriptedRoute(
                        "GET",
                        "/v1/accesses/\(name)",
                        answers: index == position ? [.status(404), accesses] : [accesses]
                    )
                }
        )
        let first = try #require(try await bench.sync().outcomes.first)
        #expect(first.state == .incomplete)
        #expect(first.failures.map(\.code) == ["not_found"])
        #expect(first.counts.details == 399)
        let second = try #require(try await bench.sync().outcomes.first)
        #expect(second.state == .complete)
        #expect(second.counts.details == 1)
        #expect(bench.transport.unusedAnswers == 0)
    }

    @Test("A recording without an id is the connector's failure") func missingID() async throws {
        let bench = try SyncBench(routes: [SyncBench.listing("one", SyncBench.page(["a", ""]))])
        let outcome = try #require(try await bench.sync().outcomes.first)
        #expect(outcome.failures.map(\.code) == ["connector_failed"])
    }

    @Test("A check asks once, and a failure comes with advice") func check() async throws {
        let bench = try SyncBench(
            sources: ["a": [:], "b": [:]],
            routes: [ScriptedRoute("GET", "/v1/check", answers: [.json(nil), .status(401)])]
        )
        let results = try await bench.host.check(ledger: bench.ledger)
        #expect(results.map(\.source) == ["a", "b"])
        #expect(results.compactMap(\.failure?.code) == [.unauthorized])
        #expect(results.count { $0.advice != nil } == 1)
        #expect(bench.transport.requests.count == 2)
    }

    @Test("Sinks are closed also when the configuration is wrong") func closedSinks() async throws {
        let bench = try SyncBench(routes: [])
        #expect(await code { _ = try await bench.sync(SyncRequest(sources: ["nobody"])) } == .configurationInvalid)
        #expect(await bench.sink.isClosed)
    }

    @Test("A plan names the windows that would be asked for, and sends nothing") func plan() throws {
        let bench = try SyncBench(routes: [])
        let since = Timestamp(secondsSince1970: 1_700_000_000)
        let plans = try bench.host.plan(SyncRequest(since: since))
        #expect(plans.map(\.windows) == [[TimeWindow(from: since, to: SyncBench.start)]])
        #expect(bench.transport.requests.isEmpty)
    }
}

/// A transport that answers nothing but the path `first` until the ledger holds how a listing ended.
private struct PatientTransport: HTTPTransport {
    let base: ScriptedTransport
    let ledger: MemoryLedger
    let first: String

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        while request.url.path != first, await ledger.listings(of: "clinic").isEmpty {
            try Task.checkCancellation()
            await Task.yield()
        }
        return try await base.send(request)
    }
}
