import Foundation
import PlatformSimulator

/// The process in which a host reads again and again, seen from outside.
final class ResidentProcess: Sendable {
    private let process: Process
    private let input: FileHandle
    private let output: FileHandle
    private let probe: ProcessProbe
    let folder: URL

    /// What it was between two of its runs.
    struct Round: Sendable {
        let answer: String
        let sample: ProcessProbe.Sample
    }

    init(folder: URL, log: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A process that has gone is told by what it does not answer.
        _ = signal(SIGPIPE, SIG_IGN)
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = Self.arguments
        child.environment = ProcessInfo.processInfo.environment.merging([ResidentHost.variable: folder.path]) { $1 }
        child.environment?["TAPEDECK_SOAK_MINUTES"] = nil
        let (toChild, fromChild) = (Pipe(), Pipe())
        child.standardInput = toChild
        child.standardOutput = fromChild
        try Data().write(to: log)
        child.standardError = try FileHandle(forWritingTo: log)
        try child.run()
        probe = ProcessProbe(identifier: child.processIdentifier)
        process = child
        input = toChild.fileHandleForWriting
        output = fromChild.fileHandleForReading
    }

    /// Those of this process, with one suite in place of those that were chosen.
    private static var arguments: [String] {
        var arguments = Array(CommandLine.arguments.dropFirst())
        while let index = arguments.firstIndex(where: { ["--filter", "--skip"].contains($0) }) {
            arguments.removeSubrange(index..<min(index + 2, arguments.count))
        }
        return arguments + ["--filter", "ResidentHostTests"]
    }

    /// One run; blocks until it has ended.
    func round(_ site: SoakSite, parallel: Int, limit: Duration) throws -> Round? {
        let line =
            "\(site.clock.ahead) \(site.kismetBaseURL) \(site.webexBaseURL) \(parallel) \(limit.components.seconds * 1_000)\n"
        try input.write(contentsOf: Data(line.utf8))
        while let line = nextLine() {
            guard line.hasPrefix("@") else { continue }
            return probe.sample().map { Round(answer: String(line.dropFirst()), sample: $0) }
        }
        return nil
    }

    private func nextLine() -> String? {
        var bytes: [UInt8] = []
        while let byte = (try? output.read(upToCount: 1))?.first {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }

    /// Ends it at once.
    func cutOff() { _ = kill(process.processIdentifier, SIGKILL) }

    /// Lets it end by itself.
    func end() {
        try? input.close()
        process.waitUntilExit()
    }
}
