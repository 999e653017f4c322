import Foundation
import RawJSON
import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("tapedeck verify")
struct VerifyCommandTests {
    private final class Folder {
        let path = FilePathText.temporary + "/verify-\(UUID().uuidString)"
        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private enum FilePathText {
        static let temporary = RecordingHost.FilePath.absolute(FileManager.default.temporaryDirectory.path)
    }

    private let captured = Captured()
    private let folder: Folder
    private let head: ManifestHead

    init() async throws {
        let folder = try Folder()
        var drafts: [ManifestEntry.Draft] = []
        for id in ["1", "2"] {
            let path = try MediaPath(
                source: "clinic",
                recording: id,
                rendition: "video",
                date: nil,
                fileExtension: "mp4"
            )
            let content = Array("content \(id)".utf8)
            let file = URL(fileURLWithPath: folder.path + "/" + path.text)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(content).write(to: file)
            drafts.append(
                ManifestEntry.Draft(
                    action: .stored,
                    source: "clinic",
                    recordingID: id,
                    rendition: "video",
                    path: path,
                    bytes: Int64(content.count),
                    sha256: try MediaDigest.text(of: content),
                    contentType: nil,
                    fetchedAt: Timestamp(secondsSince1970: 0),
                    requestID: nil
                )
            )
        }
        let manifest = try await Manifest.open(folder: folder.path, knownHead: nil, tool: "tapedeck/1")
        head = try await manifest.append(drafts, at: Timestamp(secondsSince1970: 0))
        self.folder = folder
    }

    /// A configuration whose sources and sinks cannot be used.
    private static func configuration(_ media: String) -> String {
        "{ sources: { clinic: { connector: \"alpha\" } }, sinks: [{ kind: \"nothing\" }], \(media) }"
    }

    /// Runs a command for which nothing is right in the configuration but the media folder.
    private func run(_ line: String, isTerminal: Bool = false) async throws -> ExitCode {
        let tool = TestTool(configuration: Self.configuration("media: { directory: \"\(folder.path)\" }"))
        return try await tool.run(line, environment: [:], output: captured.output(isTerminal: isTerminal))
    }

    private func write(_ content: String, to name: String) throws {
        try Data(content.utf8).write(to: URL(fileURLWithPath: folder.path + "/" + name))
    }

    @Test("All as it was stored is 0, and shows the head; sources and sinks do not matter")
    func whole() async throws {
        #expect(try await run("verify") == .complete)
        #expect(captured.out == "2 files are as stored (18 B); the manifest's head is \(head.anchor).\n".wrappedAt100)
        #expect(captured.error.isEmpty)
    }

    @Test("A terminal shows a bar that ends full")
    func bar() async throws {
        #expect(try await run("verify --jobs 1", isTerminal: true) == .complete)
        #expect(captured.error.hasPrefix("\r\u{1B}[2K["))
        // A machine that is busy takes so long that the bar shows a speed as well.
        let last = try #require(captured.error.components(separatedBy: "\u{1B}[2K").last)
        #expect(last.hasPrefix("[========================] 100 %, 18 B of 18 B, 2 of 2 files") && last.hasSuffix("\n"))
    }

    @Test("A changed and an extra file are 1 and named")
    func damaged() async throws {
        try write("kontent 2", to: "clinic/0000/00/2/video.mp4")
        try write("x", to: "clinic/\u{1B}note")
        #expect(try await run("verify") == .failed)
        #expect(captured.out.contains("1 file changed:\n  clinic/0000/00/2/video.mp4: its SHA-256 is "))
        #expect(captured.out.contains("1 file not in the manifest:\n  clinic/\u{FFFD}note\n"))
        #expect(captured.out.hasSuffix("1 of 2 files as stored (18 B read).\n"))
    }

    @Test("The result for machines")
    func json() async throws {
        try FileManager.default.removeItem(atPath: folder.path + "/clinic/0000/00/2")
        #expect(try await run("verify --json") == .failed)
        let json = try captured.json()
        #expect(json["exit_code"]?.integer == 1)
        #expect(json["whole"]?.boolean == false)
        #expect(json["head"]?.string == head.anchor.description)
        #expect(json["files_expected"]?.integer == 2)
        #expect(json["files_intact"]?.integer == 1)
        #expect(json["finding_counts"]?["missing"]?.integer == 1)
        let finding = json["findings"]?.elements.first { _ in true }
        #expect(finding?["kind"]?.string == "missing")
        #expect(finding?["path"]?.string == "clinic/0000/00/2/video.mp4")
        #expect(finding?["detail"]?.isNull == true)
    }

    @Test("A folder that can only be read is compared as any other")
    func readOnly() async throws {
        let tool = TestTool(configuration: Self.configuration("media: { directory: \"\(folder.path)\" }"))
        tool.files.putFolder(folder.path)
        tool.files.makeReadOnly(folder.path)
        #expect(try await tool.run("verify", environment: [:], output: captured.output()) == .complete)
        #expect(try await tool.run("sync", environment: [:], output: captured.output()) == .configurationInvalid)
        #expect(captured.error.contains("media.directory: "))
    }

    @Test("The head alone is printed, and is found again")
    func headAlone() async throws {
        #expect(try await run("verify --head") == .complete)
        #expect(captured.out == "\(head.anchor)\n")
        #expect(try await run("verify --head --expect-head \(head.anchor)") == .complete)
        #expect(try await run("verify --expect-head \(head.anchor)") == .complete)
    }

    @Test(
        "A manifest that was cut does not have the expected head, and no head is printed",
        arguments: ["", " --head"]
    )
    func cut(option: String) async throws {
        let text = try String(contentsOfFile: folder.path + "/manifest.jsonl", encoding: .utf8)
        let first = try #require(text.split(separator: "\n").first)
        try write(first + "\n", to: "manifest.jsonl")
        try FileManager.default.removeItem(atPath: folder.path + "/clinic/0000/00/2")
        #expect(try await run("verify\(option)") == .complete)
        let shown = captured.out
        #expect(try await run("verify\(option) --expect-head \(head.anchor)") == .failed)
        #expect(captured.out.dropFirst(shown.count).contains("entry 2 with the expected hash is not there"))
    }

    @Test(
        "Wrong values are 64",
        arguments: ["--expect-head 12", "--expect-head 1:ab", "--jobs 0", "--jobs x", "clinic"]
    )
    func usage(arguments: String) async throws {
        #expect(try await run("verify " + arguments) == .usage)
    }

    @Test("A configuration without a media folder is 78, a folder that is not there 1")
    func noFolder() async throws {
        let without = TestTool(configuration: Self.configuration(""))
        #expect(try await without.run("verify", environment: [:], output: captured.output()) == .configurationInvalid)
        let missing = TestTool(configuration: Self.configuration("media: { directory: \"\(folder.path)/nowhere\" }"))
        #expect(try await missing.run("verify", environment: [:], output: captured.output()) == .failed)
        #expect(captured.error.contains("media_store_failed: There is no media folder at "))
    }
}

extension String {
    /// The text as it is shown in 100 columns.
    fileprivate var wrappedAt100: String {
        split(separator: "\n").flatMap { TextWidth.wrapped(String($0), to: 100) }.map { $0 + "\n" }.joined()
    }
}
