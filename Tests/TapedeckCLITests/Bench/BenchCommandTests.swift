import RawJSON
import RecordingHost
import Testing

@testable import TapedeckCLI

@Suite("Command bench")
struct BenchCommandTests {
    private let captured = Captured()

    @Test("The jobs can be listed, for people and for machines")
    func list() async throws {
        #expect(try await TestTool().run("bench --list", output: captured.output()) == .complete)
        for job in BenchJob.all { #expect(captured.out.contains(job.name)) }
        let json = Captured()
        #expect(try await TestTool().run("bench --list --json", output: json.output()) == .complete)
        let names = try #require(try json.json()["jobs"]).elements.map { $0["name"]?.string }
        #expect(names == BenchJob.all.map(\.name))
    }

    @Test("Platforms are served until a signal or the end of input, and both lines are JSON whatever was asked for")
    func serve() async throws {
        let signals = AsyncStream { continuation in
            continuation.yield(StopSignal.terminate)
            continuation.finish()
        }
        let line = "bench --serve details --scale 0.05"
        let exitCode = try await TestTool().run(line, output: captured.output(), signals: signals)
        #expect([.complete, StopSignal.terminate.exitCode].contains(exitCode))
        let lines = try captured.out.split(separator: "\n").map { try JSONDocument(parsing: String($0)).root }
        #expect(lines.count == 2)
        let announcement = try #require(lines.first.flatMap { BenchAnnouncement($0) })
        #expect(announcement.recordings == 100)
        #expect(announcement.webex.baseURL.hasPrefix("http://127.0.0.1:\(announcement.port)/"))
        #expect(lines.last.flatMap { BenchServerStatistics($0) }?.requests == 0)
    }

    @Test(
        "Wrong arguments are 64",
        arguments: [
            "bench summary", "bench --serve nothing", "bench --rounds 0", "bench --scale 0", "bench --scale 11",
            "bench --port 8080", "bench --all summaries", "bench --serve details summaries",
            "bench --serve details --port 70000",
        ]
    )
    func usage(line: String) async throws {
        #expect(try await TestTool().run(line, output: captured.output()) == .usage)
    }

    @Test("A name that is nearly right is suggested")
    func suggestion() async throws {
        #expect(try await TestTool().run("bench sumaries", output: captured.output()) == .usage)
        #expect(captured.error.contains("Did you mean \"summaries\"?"))
    }

    @Test("A tool that is not there is said to be none")
    func noTool() async throws {
        #expect(try await TestTool().run("bench --tool /nowhere/tapedeck", output: captured.output()) == .failed)
        #expect(captured.error.contains("/nowhere/tapedeck is no program"))
    }
}
