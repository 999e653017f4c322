import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("Secrets in output")
struct CanaryTests {
    private static let commands = [
        "validate", "check", "sync", "sync --dry-run", "status", "connectors", "connectors alpha",
        "init --connector alpha",
        "sync nobody", "--help", "sync --log-level debug", "check --log-level debug",
    ]

    @Test("Values from the environment appear nowhere", arguments: commands, ["", " --json"])
    func environment(line: String, suffix: String) async throws {
        let captured = Captured()
        _ = try await TestTool().run(line + suffix, output: captured.output())
        #expect(!captured.all.contains("CANARY"), "\(captured.all)")
    }

    @Test("Secrets and wrong values in the file appear nowhere", arguments: commands, ["", " --json"])
    func file(line: String, suffix: String) async throws {
        let captured = Captured()
        let tool = TestTool(
            configuration: """
                { ledger: "CANARY-ledger", raw: "CANARY-raw",
                  sources: {
                    clinic: { connector: "alpha", read: ["CANARY-kind"], limits: { maxWait: "CANARY" },
                              settings: { clientID: "CANARY-a", clientSecret: "CANARY-b", mode: "CANARY-mode", calls: "CANARY" } },
                    acme: { connector: "beta", settings: { accessToken: "x${env:TOKEN}${env:NONE}" } },
                  },
                  sinks: [{ kind: "jsonl", directory: "out" }] }
                """
        )
        _ = try await tool.run(line + suffix, output: captured.output())
        #expect(!captured.all.contains("CANARY"), "\(captured.all)")
    }

    @Test("A broken file shows nothing of its content", arguments: ["validate", "validate --json"])
    func brokenFile(line: String) async throws {
        let captured = Captured()
        let tool = TestTool(configuration: "{ sources: { a: { settings: { accessToken: \"CANARY\" CANARY } } } }")
        #expect(try await tool.run(line, output: captured.output()) == .configurationInvalid)
        #expect(!captured.all.contains("CANARY"))
    }
}
