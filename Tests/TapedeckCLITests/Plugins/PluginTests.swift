import RawJSON
import RecordingKit
import Synchronization
import Testing

@testable import TapedeckCLI

@Suite("An operator's own connectors")
struct PluginTests {
    private let captured = Captured()

    private static let archive = ConnectorDescriptor(
        id: "archive",
        name: "Archive",
        summary: "Reads tapes.",
        baseURL: "https://archive.example/api",
        authentication: .bearer(setting: "accessToken"),
        settings: [SettingField("accessToken", .string, help: "The token.", isRequired: true, isSecret: true)]
    )

    private static func configuration(plugins: String = "[\"tools/archive\"]", settings: String = "") -> String {
        """
        {
          plugins: \(plugins),
          sources: { tapes: { connector: "archive", settings: { accessToken: "${env:TOKEN}"\(settings) } } },
          sinks: [{ kind: "jsonl", directory: "out" }],
        }
        """
    }

    /// A tool whose only program is an archive.
    private func tool(_ configuration: String) -> TestTool {
        var tool = TestTool(configuration: configuration)
        tool.programs = { request in
            let sha256 = String(repeating: "ab", count: 32)
            guard request.sha256 ?? sha256 == sha256 else {
                throw TapedeckError(.configurationInvalid, "It is not the file that was pinned.")
            }
            return FoundConnector(
                descriptor: Self.archive,
                origin: ConnectorOrigin(route: .executable, version: "2.1", path: request.path, sha256: sha256),
                makeSource: { _ in SilentSource(failure: nil) }
            )
        }
        tool.files.put("/clinic/tools/archive", "#!")
        tool.files.makeExecutable("/clinic/tools/archive")
        return tool
    }

    @Test("A program that the configuration names is a connector like any other")
    func named() async throws {
        let tool = tool(Self.configuration())
        #expect(try await tool.run("validate", output: captured.output()) == .complete, "\(captured.error)")
        let page = Captured()
        #expect(try await tool.run("connectors", output: page.output(width: 120)) == .complete)
        #expect(page.out.contains("archive  Archive   executable   2.1      abababababab…  Reads tapes."))
        #expect(page.out.contains("alpha    Alpha     compiled in  -        -              Reads calls"))
        let json = Captured()
        _ = try await tool.run("connectors archive --json", output: json.output())
        let connector = try json.json()["connector"]
        #expect(connector?["route"]?.string == "executable")
        #expect(connector?["path"]?.string == "/clinic/tools/archive")
        #expect(connector?["sha256"]?.string?.count == 64)
    }

    @Test("Settings are held against what the program says that it takes")
    func settings() async throws {
        let tool = tool(Self.configuration(settings: ", acessToken: 1"))
        #expect(try await tool.run("validate", output: captured.output()) == .configurationInvalid)
        #expect(captured.error.contains("tapedeck.json5:3:86: error: sources.tapes.settings.acessToken"))
        #expect(captured.error.contains("Did you mean \"accessToken\"?"))
    }

    @Test("Files in the folder beside the configuration need not be named")
    func folder() async throws {
        let tool = tool(Self.configuration(plugins: "[]"))
        tool.files.putFolder("/clinic/plugins")
        tool.files.put("/clinic/plugins/archive", "#!")
        tool.files.makeExecutable("/clinic/plugins/archive")
        tool.files.put("/clinic/plugins/README", "no connector")
        #expect(try await tool.run("validate", output: captured.output()) == .complete, "\(captured.error)")
        #expect(captured.error.isEmpty)
    }

    @Test("A file is started with what the configuration says, pinned, and once though it is named twice")
    func request() async throws {
        let asked = Mutex<[ProgramRequest]>([])
        let sha256 = String(repeating: "AB", count: 32)
        var tool = tool(
            Self.configuration(
                plugins: """
                    [{ path: "tools/archive", sha256: "\(sha256)", arguments: ["--tape"], environment: { LANG: "${env:ID}" } },
                     "tools/archive"]
                    """
            )
        )
        let inner = tool.programs
        tool.programs = { request -> FoundConnector in
            asked.withLock { $0.append(request) }
            return try await inner(request)
        }
        #expect(try await tool.run("validate", output: captured.output()) == .complete, "\(captured.error)")
        let request = ProgramRequest(
            path: "/clinic/tools/archive",
            arguments: ["--tape"],
            environment: ["LANG": "CANARY-id"],
            sha256: sha256.lowercased()
        )
        #expect(asked.withLock { $0 } == [request])
    }

    @Test(
        "What is named and cannot be had is 78, at its place",
        arguments: [
            ("[\"tools/none\"]", "2:13: error: plugins.0: There is no file /clinic/tools/none."),
            ("[\"tools/notes.txt\"]", "2:13: error: plugins.0: /clinic/tools/notes.txt is neither a manifest"),
            ("[\"tools/shared\"]", "2:13: error: plugins.0: /clinic/tools/shared may be changed by others"),
            ("[3]", "2:13: error: plugins.0: Expected a path, or an object such as"),
            ("[{ pth: \"a\" }]", "Did you mean \"path\"?"),
            ("[{ path: \"tools/archive\", sha256: \"12\" }]", "Expected the 64 hexadecimal digits"),
            (
                "[{ path: \"tools/archive\", sha256: \"\(String(repeating: "0", count: 64))\" }]",
                "plugins.0: /clinic/tools/archive: It is not the file that was pinned."
            ),
            ("[{ path: \"tools\", sha256: \"\(String(repeating: "0", count: 64))\" }]", "is a folder, which has no"),
            ("{}", "plugins: Expected a list, found an object."),
        ]
    )
    func refused(plugins: String, message: String) async throws {
        for command in ["validate", "sync", "check"] {
            let captured = Captured()
            let tool = tool(Self.configuration(plugins: plugins))
            tool.files.putFolder("/clinic/tools")
            tool.files.put("/clinic/tools/notes.txt", "")
            tool.files.put("/clinic/tools/shared", "#!")
            tool.files.makeExecutable("/clinic/tools/shared")
            tool.files.makeWritableByOthers("/clinic/tools/shared")
            #expect(try await tool.run(command, output: captured.output()) == .configurationInvalid)
            #expect(captured.error.contains(message), "\(captured.error)")
        }
        #expect(
            try await tool(Self.configuration(plugins: plugins)).run("connectors", output: captured.output())
                == .configurationInvalid
        )
    }

    @Test("A bad file that merely lies in the folder is warned of, and stops only a source that wants it")
    func badFileInFolder() async throws {
        let tool = TestTool()
        tool.files.putFolder("/clinic/plugins")
        tool.files.put("/clinic/plugins/broken", "#!")
        tool.files.makeExecutable("/clinic/plugins/broken")
        #expect(try await tool.run("validate", output: captured.output()) == .complete)
        #expect(captured.error.contains("warning: plugins: /clinic/plugins/broken: no program is run here"))
        let list = Captured()
        #expect(try await tool.run("connectors", output: list.output()) == .complete)
        #expect(list.error.contains("warning: /clinic/plugins/broken"))
    }

    @Test(
        "Programs are closed when the command has ended, however it did",
        arguments: ["validate", "sync --since soon", "check"]
    )
    func closed(command: String) async throws {
        let closed = Mutex(0)
        var tool = tool(Self.configuration())
        let inner = tool.programs
        tool.programs = { request -> FoundConnector in
            var connector = try await inner(request)
            connector.close = { closed.withLock { $0 += 1 } }
            return connector
        }
        _ = try await tool.run(command, output: captured.output())
        #expect(closed.withLock { $0 } == 1)
    }

    @Test("Nothing is taken from a folder that others may write into, and a pinned file may be anybody's")
    func writableByOthers() async throws {
        let tool = tool(Self.configuration(plugins: "[]"))
        tool.files.putFolder("/clinic/plugins")
        tool.files.makeWritableByOthers("/clinic/plugins")
        tool.files.put("/clinic/plugins/archive", "#!")
        tool.files.makeExecutable("/clinic/plugins/archive")
        #expect(try await tool.run("validate", output: captured.output()) == .configurationInvalid)
        #expect(
            captured.error.contains(
                "/clinic/plugins may be changed by others than its owner, so nothing in it is taken"
            )
        )
        let sha256 = String(repeating: "ab", count: 32)
        let pinned = self.tool(Self.configuration(plugins: "[{ path: \"tools/archive\", sha256: \"\(sha256)\" }]"))
        pinned.files.makeWritableByOthers("/clinic/tools/archive")
        #expect(try await pinned.run("validate", output: Captured().output()) == .complete)
    }

    @Test("A configuration that cannot be understood is told of, because it may name connectors")
    func brokenConfiguration() async throws {
        let tool = TestTool(configuration: "{ plugins: [\"tools/archive\" ")
        #expect(try await tool.run("connectors", output: captured.output()) == .configurationInvalid)
        #expect(captured.error.contains("tapedeck.json5:1:"), "\(captured.error)")
        #expect(captured.error.contains("no plugins are known"))
        #expect(captured.out.contains("alpha"))
    }

    @Test("Why a connector is not there is said where it is asked for by its id")
    func missingConnector() async throws {
        let tool = tool(Self.configuration(plugins: "[\"tools/none\"]"))
        #expect(try await tool.run("conformance archive", output: captured.output()) == .usage)
        #expect(captured.error.contains("There is no file /clinic/tools/none."))
    }

    @Test("Two connectors of one id are refused")
    func duplicate() async throws {
        let tool = tool(Self.configuration(plugins: "[\"tools/archive\", \"tools/copy\"]"))
        tool.files.put("/clinic/tools/copy", "#!")
        tool.files.makeExecutable("/clinic/tools/copy")
        #expect(try await tool.run("validate", output: captured.output()) == .configurationInvalid)
        #expect(
            captured.error.contains("2:30: error: plugins.1: /clinic/tools/copy: A connector with the id \"archive\"")
        )
    }

    @Test("Looking into the ledger starts no program")
    func status() async throws {
        let asked = Mutex(0)
        var tool = tool(Self.configuration())
        tool.programs = { _ -> FoundConnector in
            asked.withLock { $0 += 1 }
            throw TapedeckError(.connectorFailed, "it was started")
        }
        _ = try await tool.run("status", output: captured.output())
        #expect(asked.withLock { $0 } == 0)
        #expect(!captured.error.contains("plugins"))
    }
}
