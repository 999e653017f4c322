import KismetConnector
import PlatformSimulator
import RawJSON
import RecordingHost
import RecordingKit
import Testing
import WebexConnector

@testable import TapedeckCLI

@Suite("Commands with the simulator")
struct SimulatorCommandTests {
    private let captured = Captured()

    @Test("The demo's configuration is good with the connectors that it names")
    func demoConfiguration() throws {
        let simulator = try PlatformSimulator(plan: .demo())
        try simulator.start()
        defer { simulator.stop() }
        let configuration = DemoConfiguration(simulator: simulator)
        let files = MemoryFiles(["/clinic/demo.json5": configuration.text])
        var registry = ConnectorRegistry()
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        let loader = ConfigurationLoader(
            registry: registry,
            makeSink: TestConnectors.makeSink,
            makeMediaStore: TestConnectors.makeMediaStore,
            files: files.access,
            environment: configuration.environment
        )
        let loaded = try loader.load("demo.json5")
        #expect(loaded.host.sources.map(\.id) == ["clinic", "acme"])
        #expect(loaded.warnings.isEmpty)
        #expect(configuration.text.hasPrefix(DemoConfiguration.mark))
    }

    @Test("The demo needs both connectors")
    func demoWithoutConnectors() async throws {
        #expect(try await TestTool().run("demo", output: captured.output()) == .usage)
    }

    @Test("The simulator serves until a signal, and says first where and at the end what")
    func simulate() async throws {
        let signals = AsyncStream { continuation in
            continuation.yield(StopSignal.interrupt)
            continuation.finish()
        }
        let exitCode = try await TestTool().run("simulate --json --seed 7", output: captured.output(), signals: signals)
        #expect(exitCode == StopSignal.interrupt.exitCode)
        let lines = try captured.out.split(separator: "\n").map { try JSONDocument(parsing: String($0)).root }
        #expect(lines.count == 2)
        #expect(lines.first?["kismet"]?["base_url"]?.string?.hasPrefix("http://127.0.0.1:") == true)
        #expect(lines.last?["statistics"]?["requests"]?.integer == 0)
    }

    @Test(
        "Wrong numbers are 64",
        arguments: [
            "simulate --port 65536", "simulate --rate 0", "simulate --rate x", "simulate --bucket 5",
            "simulate --faults many", "simulate --seed=-1", "demo --seed x",
        ]
    )
    func usage(line: String) async throws {
        #expect(try await TestTool().run(line, output: captured.output()) == .usage)
    }
}
