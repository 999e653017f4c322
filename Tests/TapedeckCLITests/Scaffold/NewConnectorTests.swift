import Foundation
import RawJSON
import Testing

@testable import TapedeckCLI

@Suite("New connectors")
struct NewConnectorTests {
    private let captured = Captured()

    @Test("a manifest and a program pass every check as they are written", arguments: ["manifest", "executable"])
    func passesAtOnce(route: String) async throws {
        let folder = try ScratchFolder()
        #expect(
            try await folder.tool().run("new-connector acme_calls --route \(route)", output: captured.output())
                == .complete
        )
        let file = route == "manifest" ? "acme_calls.json5" : "./acme_calls"
        #expect(captured.out.contains("  tapedeck conformance \(file)"))
        let report = Captured()
        let exitCode = try await folder.tool(in: "acme_calls").run(
            "conformance \(file) --json",
            output: report.output()
        )
        #expect(exitCode == .complete, "\(report.all)")
        let json = try report.json()
        #expect(json["connector"]?.string == "acme_calls")
        #expect(json["route"]?.string == route)
        #expect(json["recordings"]?.integer == 3)
        let skipped = json["checks"]?.elements.filter { $0["outcome"]?.string == "skipped" }.compactMap {
            $0["id"]?.string
        }
        #expect(skipped == ["window_rules_kept", "media_outcomes"])
    }

    /// The package of the connector in Swift is built and tested along with the outsider's package that it lies in.
    @Test("a package in Swift is the one that is built and tested out of the tree")
    func swiftPackage() throws {
        let name = try #require(ConnectorName("acme_calls"))
        let scaffold = Scaffold(name: name, route: .swift, package: "../../..")
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = tests.appending(path: "OutOfTree/AcmeCalls")
        for file in scaffold.files {
            let kept = try String(contentsOf: folder.appending(path: file.path), encoding: .utf8)
            #expect(kept == file.text, "\(file.path) differs; write the folder anew with new-connector")
        }
    }

    @Test("the package in Swift finds Tapedeck above it, or where it is told to")
    func package() async throws {
        let folder = try ScratchFolder()
        try folder.write("let package = Package(name: \"tapedeck\")", to: "Package.swift")
        #expect(
            try await folder.tool().run("new-connector acme --route swift --output a/b", output: captured.output())
                == .complete
        )
        #expect(try folder.text("a/b/Package.swift").contains("path: \"../..\""))
        let lost = try ScratchFolder()
        let page = Captured()
        #expect(try await lost.tool().run("new-connector acme --route swift", output: page.output()) == .usage)
        #expect(page.error.contains("Say with --package where the Tapedeck package is"))
        #expect(
            try await lost.tool().run(
                "new-connector acme --route swift --package \(folder.path)",
                output: page.output()
            ) == .complete
        )
        #expect(try lost.text("acme/Package.swift").contains("path: \"../../\(FilePath.name(of: folder.path))\""))
    }

    @Test("a folder that is there is not written into")
    func existing() async throws {
        let folder = try ScratchFolder()
        let tool = folder.tool()
        #expect(try await tool.run("new-connector acme --route manifest", output: captured.output()) == .complete)
        try folder.write("mine", to: "acme/acme.json5")
        #expect(try await tool.run("new-connector acme --route manifest", output: captured.output()) == .failed)
        #expect(captured.error.contains("acme exists already"))
        #expect(try folder.text("acme/acme.json5") == "mine")
    }

    @Test(
        "what is not said is asked for",
        arguments: [
            ("new-connector", "Name the connector"), ("new-connector Acme --route swift", "lower-case letters"),
            ("new-connector a__b --route swift", "lower-case letters"),
            ("new-connector acme_ --route swift", "a letter first"),
            ("new-connector acme", "Say with --route"),
            ("new-connector acme --route go", "swift, manifest, executable"),
            ("new-connector acme --route manifest --package .", "for --route swift alone"),
        ]
    )
    func usage(line: String, hint: String) async throws {
        #expect(try await TestTool().run(line, output: captured.output()) == .usage)
        #expect(captured.error.contains(hint), "\(captured.error)")
    }
}
