import KismetConnector
import RecordingHost
import RecordingKit
import RecordingTestKit
import Synchronization
import Testing
import WebexConnector

@testable import TapedeckCLI

@Suite("Media in sync and connectors")
struct MediaSyncTests {
    private static let configuration = """
        { sources: { acme: { connector: 'beta', read: ['recordings', 'media'], settings: { accessToken: '${env:TOKEN}' } },
                     clinic: { connector: 'alpha', settings: { clientID: '${env:ID}', clientSecret: '${env:SECRET}' } } },
          sinks: [{ kind: 'jsonl', directory: 'out' }], media: { directory: '/clinic/m', bandwidth: '3MB/s' } }
        """
    private let captured = Captured()

    @Test(
        "A transport for media is set up, with the rate that is configured, only when a source that is read has any",
        arguments: [("sync", [3_000_000]), ("sync acme", [3_000_000]), ("sync clinic", []), ("sync --dry-run", [])]
    )
    func transport(line: String, rates: [Int]) async throws {
        let seen = Rates()
        var tool = TestTool(configuration: Self.configuration)
        let ledger = MemoryLedger()
        tool.openLedger = { _ in ledger }
        tool.media = { rate in
            seen.note(rate)
            return ScriptedMediaTransport { _ in throw TransportError(.transportFailed, "nothing is fetched here") }
        }
        _ = try await tool.run(line, output: captured.output())
        #expect(seen.all == rates)
    }

    private final class Rates: Sendable {
        private let state = Mutex<[Int]>([])
        var all: [Int] { state.withLock { $0 } }
        func note(_ rate: Int?) { state.withLock { $0.append(rate ?? 0) } }
    }

    @Test(
        "A dry run says how many recordings wait, and what asking for them costs",
        arguments: [
            (MediaPlan(waiting: 4, auditCost: 1), "audit reads: 4, and one for each recording that is new"),
            (MediaPlan(waiting: 4, auditCost: 2), "audit reads: 8, and 2 for each recording that is new"),
            (MediaPlan(waiting: 4, auditCost: 0), "audit reads: 0"),
        ]
    )
    func plan(plan: MediaPlan, expected: String) {
        #expect(
            MediaPlan.lines(plan, besides: 0)
                == ["media: 4 recordings wait for theirs, and so does each that is new", expected]
        )
        #expect(MediaPlan.lines(nil, besides: 3) == ["audit reads: 3"])
    }

    private static func platforms() throws -> ConnectorRegistry {
        var registry = ConnectorRegistry()
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        return registry
    }

    @Test("A dry run multiplies what waits by what the configured connector costs")
    func dryRun() async throws {
        var tool = TestTool(
            configuration: """
                { sources: { clinic: { connector: 'kismet', read: ['recordings', 'media'],
                    settings: { clientID: '${env:ID}', clientSecret: '${env:SECRET}' } } },
                  sinks: [{ kind: 'jsonl', directory: 'out' }], media: { directory: '/clinic/m' } }
                """
        )
        tool.registry = try Self.platforms()
        tool.files.put("/clinic/tapedeck.db", "")
        tool.ledger.standing.waiting = 5
        #expect(try await tool.run("sync --dry-run --json", output: captured.output()) == .complete)
        let source = try captured.json()["sources"]?.elements.first { _ in true }
        #expect(source?["audit_reads"]?.integer == 5)
        #expect(source?["media"]?["waiting"]?.integer == 5)
        #expect(source?["media"]?["audit_cost"]?.integer == 1)
    }

    @Test(
        "A connector's page says what its media cost",
        arguments: [
            ("kismet", "leaves an entry in the", 1), ("webex", "leaves nothing in the", 0),
        ]
    )
    func page(connector: String, expected: String, cost: Int) async throws {
        var tool = TestTool()
        tool.registry = try Self.platforms()
        #expect(try await tool.run("connectors \(connector)", output: captured.output(width: 200)) == .complete)
        #expect(captured.out.contains("Media: asking for a recording's files \(expected) customer's audit trail."))
        let machine = Captured()
        _ = try await tool.run("connectors \(connector) --json", output: machine.output())
        #expect(try machine.json()["connector"]?["media"]?["audit_cost"]?.integer.map(Int.init) == cost)
    }

    @Test("A connector without media says nothing of them")
    func noMedia() async throws {
        _ = try await TestTool().run("connectors alpha", output: captured.output(width: 200))
        #expect(!captured.out.contains("Media:"))
    }
}
