import CurlTransport
import KismetConnector
import RawJSON
import RecordingKit
import Testing
import WebexConnector

@testable import TapedeckCLI

@Suite("The conformance command")
struct ConformanceCommandTests {
    private let captured = Captured()

    /// A folder with a connector that passes, at "acme/acme.json5".
    private func folder() async throws -> ScratchFolder {
        let folder = try ScratchFolder()
        _ = try await folder.tool().run("new-connector acme --route manifest", output: Captured().output())
        return folder
    }

    @Test("tells which checks a wrong connector fails, and ends with 1")
    func failing() async throws {
        let folder = try await folder()
        let manifest = try folder.text("acme/acme.json5")
        let wrong = manifest.replacing("style: \"cursor\"", with: "style: \"none\"")
            .replacing("at: \"/next\",", with: "").replacing("parameter: \"cursor\",", with: "")
        #expect(wrong != manifest)
        try folder.write(wrong, to: "acme/acme.json5")
        #expect(try await folder.tool().run("conformance acme/acme.json5", output: captured.output()) == .failed)
        #expect(captured.out.contains("FAILED   follows_every_page"), "\(captured.all)")
        let report = Captured()
        #expect(try await folder.tool().run("conformance acme/acme.json5 --json", output: report.output()) == .failed)
        let json = try report.json()
        #expect(json["passed"]?.boolean == false)
        #expect(json["exit_code"]?.integer == 1)
        let failed = json["checks"]?.elements.first { $0["id"]?.string == "follows_every_page" }
        #expect(failed?["outcome"]?.string == "FAILED")
        #expect(failed?["problems"]?.elements.isEmpty == false)
    }

    @Test("Kismet and Webex are answered from the simulator and pass", arguments: ["kismet", "webex"])
    func simulated(id: String) async throws {
        var tool = TestTool(configuration: nil)
        var registry = ConnectorRegistry()
        try registry.register(KismetSource.self)
        try registry.register(WebexSource.self)
        tool.registry = registry
        tool.withTransport = { body in try await withCurlTransport { try await body($0) } }
        #expect(try await tool.run("conformance \(id)", output: captured.output()) == .complete, "\(captured.all)")
        #expect(captured.out.contains("passed   follows_every_page"))
        #expect(captured.out.contains("passed   media_outcomes"))
    }

    @Test("what cannot be checked is said, with what to do")
    func refused() async throws {
        let folder = try await folder()
        for (line, exitCode, hint) in [
            ("conformance", ExitCode.usage, "Name a connector"),
            ("conformance alhpa", .usage, "Did you mean \"alpha\"?"),
            ("conformance alpha", .usage, "Say with --fixtures"),
            ("conformance acme/none.json5", .configurationInvalid, "There is no file"),
            ("conformance acme/acme.json5 --fixtures none", .configurationInvalid, "cannot be read"),
        ] {
            let captured = Captured()
            #expect(try await folder.tool().run(line, output: captured.output()) == exitCode, "\(captured.all)")
            #expect(captured.error.contains(hint), "\(captured.error)")
        }
    }
}
