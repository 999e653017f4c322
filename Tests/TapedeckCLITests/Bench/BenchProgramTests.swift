import Foundation
import RawJSON
import RecordingHost
import Testing

@testable import TapedeckCLI

/// The built program measures itself, on very little.
@Suite("Program bench")
struct BenchProgramTests {
    /// The program beside the tests in the build folder; nil when it is not there.
    private static let executable: String? = {
        var folder = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        for _ in 0..<6 {
            folder = folder.deletingLastPathComponent()
            let path = folder.appending(path: "tapedeck").path
            if FileAccess.system.kind(path) == .file, FileAccess.system.isExecutable(path) { return path }
        }
        return nil
    }()

    @Test(
        "Every kind of job reads everything, and leaves nothing behind",
        .enabled(if: BenchProgramTests.executable != nil)
    )
    func measures() async throws {
        let executable = try #require(Self.executable)
        let folder = try BenchFolder(in: FileManager.default.temporaryDirectory.path)
        defer { folder.remove() }
        let jobs = ["summaries", "rerun", "details", "kismet", "rate-50", "media", "scheduling"]
        let runs = "\(folder.path)/runs"
        let launch = ChildProcess.Launch(
            path: executable,
            arguments: ["bench", "--json", "--scale", "0.0001", "--directory", runs] + jobs,
            environment: ProcessInfo.processInfo.environment,
            outputFile: "\(folder.path)/out",
            errorFile: "\(folder.path)/err"
        )
        let outcome = try await ProcessWatch(clock: SystemClock()).run(launch)
        let messages = try String(contentsOfFile: launch.errorFile, encoding: .utf8)
        #expect(outcome.status == 0, "\(messages)")
        let root = try JSONDocument(parsing: FileAccess.system.read(launch.outputFile, 1 << 20)).root
        let measurements = try #require(root["measurements"]).elements.map { $0 }
        let own = measurements.filter { $0["program"]?.string == BenchMeasurement.tapedeck }
        #expect(own.allSatisfy { $0["failure"]?.isNull == true })
        #expect(Set(own.compactMap { $0["job"]?.string }) == Set(jobs))
        let written = own.first { $0["job"]?.string == "summaries" }?["records_written"]?["median"]?.double
        #expect(written == 200)
        #expect(own.first { $0["job"]?.string == "rerun" }?["records_written"]?["median"]?.double == 0)
        #expect(measurements.contains { $0["program"]?.string == BenchMeasurement.simulator })
        #expect(try FileAccess.system.names(runs).isEmpty)
    }
}
