import Foundation
import RawJSON
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import TapedeckCLI

@Suite("The record command")
struct RecordCommandTests {
    private let captured = Captured()

    private static let configuration = """
        {
          plugins: ["acme/acme.json5"],
          sources: { mine: { connector: "acme", settings: { baseURL: "https://api.test", accessToken: "${env:TOKEN}" } } },
          sinks: [{ kind: "jsonl", directory: "out" }],
        }
        """

    private static func page(_ id: String, next: String) -> ScriptedAnswer {
        .json(
            text: """
                {"recordings":[{"id":"\(id)","title":"CANARY visit","started_at":"2026-01-02T10:00:00Z","state":"ready",
                "host":{"id":7,"name":"CANARY Roe","email":"canary.roe@clinic.test"},"note":"CANARY says CANARY-token"}],"next":"\(next)"}
                """
        )
    }

    /// A folder with a connector and a configuration, and a tool there whose platform tells what must not be kept.
    private func tool(in folder: ScratchFolder, _ answers: [ScriptedAnswer]) async throws -> TestTool {
        _ = try await folder.tool().run("new-connector acme --route manifest", output: Captured().output())
        try folder.write(Self.configuration, to: "tapedeck.json5")
        var tool = folder.tool()
        let transport = ScriptedTransport([
            ScriptedRoute("GET", "/recordings", answers: answers, repeatsLast: true)
        ])
        tool.withTransport = { try await $0(transport) }
        let ledger = MemoryLedger()
        tool.openLedger = { _ in ledger }
        return tool
    }

    @Test("keeps fixtures that hold nothing of credentials and people, and that the connector passes with")
    func record() async throws {
        let folder = try ScratchFolder()
        let answers = [Self.page("r1", next: ""), Self.page("r1", next: "c2"), Self.page("r2", next: "")]
        let tool = try await tool(in: folder, answers)
        #expect(
            try await tool.run("record mine --output kept", output: captured.output()) == .complete,
            "\(captured.all)"
        )
        #expect(captured.out.contains("kept: 3 exchanges, 2 recordings, 0 access events."))
        #expect(captured.out.contains("/recordings/*/state: ready"))
        for name in ["exchanges.jsonl", "settings.json", "fixtures.json"] {
            let text = try folder.text("kept/\(name)").lowercased()
            #expect(!text.contains("canary"), "\(name): \(text)")
        }
        #expect(!captured.all.lowercased().contains("canary"))
        let report = Captured()
        let line = "conformance acme --fixtures kept"
        #expect(try await folder.tool().run(line, output: report.output()) == .complete, "\(report.all)")
        #expect(report.out.contains("2 recordings and 0 access events"))
        let again = Captured()
        #expect(try await tool.run("record mine --output kept", output: again.output()) == .failed)
        #expect(again.error.contains("kept exists already"))
    }

    @Test("rejected credentials are 77 and leave nothing behind")
    func rejected() async throws {
        let folder = try ScratchFolder()
        let tool = try await tool(in: folder, [.status(401)])
        #expect(try await tool.run("record mine", output: captured.output()) == .credentialsRejected, "\(captured.all)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/fixtures"))
    }

    @Test(
        "what is wrong with the command line is 64",
        arguments: [
            ("record", "Name the source"), ("record mien", "Did you mean \"mine\"?"),
            ("record mine --since soon", "--since takes a date"),
            ("record mine --keep items", "--keep takes a JSON Pointer"), ("record mine --pages x", "--pages"),
        ]
    )
    func usage(line: String, hint: String) async throws {
        let folder = try ScratchFolder()
        let tool = try await tool(in: folder, [])
        #expect(try await tool.run(line, output: captured.output()) == .usage, "\(captured.all)")
        #expect(captured.error.contains(hint), "\(captured.error)")
    }
}
