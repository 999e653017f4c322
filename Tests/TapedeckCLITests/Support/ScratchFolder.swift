import ConnectorProcess
import Foundation
import RecordingKit

@testable import TapedeckCLI

/// A folder of its own on the disk, removed when the test is done with it.
final class ScratchFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The machine's file system with this, or a folder in it, as the current folder.
    func files(in folder: String = "") -> FileAccess {
        var files = FileAccess.system
        let current = FilePath.joined(path, folder)
        files.currentFolder = { current }
        return files
    }

    /// A command line that works in a folder in this one, and runs programs.
    func tool(in folder: String = "") -> TestTool {
        var tool = TestTool(configuration: nil)
        tool.fileSystem = files(in: folder)
        tool.programs = { request -> FoundConnector in
            let connector = try await ConnectorProgram(path: request.path, sha256: request.sha256).inspect()
            return FoundConnector(
                descriptor: connector.descriptor,
                origin: connector.origin,
                makeSource: { connector.makeSource(settings: $0) },
                close: { await connector.close() }
            )
        }
        return tool
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: FilePath.joined(path, name), encoding: .utf8)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: FilePath.joined(path, name), atomically: false, encoding: .utf8)
    }
}
