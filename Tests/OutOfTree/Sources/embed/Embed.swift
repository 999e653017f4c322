import CurlTransport
import Foundation
import RecordingHost
import RecordingKit

/// Uses the package as a program elsewhere would: through its public products, and with a connector that it does not know.
@main
enum Embed {
    static func main() async {
        do {
            let tool = try Tool()
            defer { tool.remove() }
            try await readEverything(tool)
            try await stopHalfWay(tool)
            try await readTheRest(tool)
            try await lookAround(tool)
            try await meetAClosedPort()
        } catch {
            print("embed: \(error)")
            exit(1)
        }
    }

    /// Three platforms, one run: results and progress are values.
    private static func readEverything(_ tool: Tool) async throws {
        let (report, progress) = try await tool.run(over: MemoryTransport(answers: Answers.all(tapes: 4)))
        for outcome in report.outcomes {
            let counts = outcome.counts
            print(
                "embed: \(outcome.source): \(outcome.state.rawValue), \(counts.recordings) recordings, \(counts.events) events"
            )
        }
        try expect(report.failure == nil && !report.wasStopped, "a run to the end, not \(report)")
        try expect(report.outcomes.map(\.source) == ["lobby", "clinic", "acme"], "the sources in their order")
        try expect(report.outcomes.allSatisfy { $0.state == .complete }, "complete sources, not \(report.outcomes)")
        try expect(report.outcomes.map(\.counts.recordings) == [4, 1, 1], "4, 1 and 1 recordings")
        try expect(progress.count == 3, "progress of three sources, not of \(progress.keys.sorted())")
        try expect(progress.values.allSatisfy { $0.state == .complete }, "a last progress that says complete")
        try expect(try tool.count(of: .recordings) == 6, "six recordings on disk")
        try expect(try tool.lines(in: "ids.txt") == 6, "six ids in the tool's own list")
        try expect(try tool.count(of: .accessSummaries) == 1, "one summary on disk")
        try expect(try tool.count(of: .accessEvents) == 2, "two events on disk")
    }

    /// Cancelling the task while an answer is under way ends the run at once, with a report.
    private static func stopHalfWay(_ tool: Tool) async throws {
        let (stalls, asked) = AsyncStream.makeStream(of: Void.self)
        let transport = MemoryTransport(
            answers: Answers.all(tapes: 6),
            stalled: "\(Answers.tapes)?after=b",
            onStall: { asked.yield() }
        )
        let run = Task {
            defer { asked.finish() }
            return try await tool.run(over: transport)
        }
        for await _ in stalls { break }
        let start = ContinuousClock.now
        // snippet.cancel
        run.cancel()
        let report = try await run.value.report
        // snippet.end
        let elapsed = start.duration(to: .now)
        print("embed: cancelled: \(report.outcomes.map(\.state.rawValue).joined(separator: ", "))")
        try expect(report.wasStopped && report.failure == nil, "a run that says that it was stopped, not \(report)")
        try expect(report.outcomes.first?.state == .stopped, "a source that says that it was stopped")
        try expect(elapsed < .seconds(10), "an end within seconds, not after \(elapsed)")
    }

    /// The ledger is free again, and what the stopped run left out is read, each record once.
    private static func readTheRest(_ tool: Tool) async throws {
        let (report, _) = try await tool.run(over: MemoryTransport(answers: Answers.all(tapes: 6)))
        try expect(report.outcomes.allSatisfy { $0.state == .complete }, "complete sources, not \(report.outcomes)")
        try expect(try tool.count(of: .recordings) == 8, "eight recordings on disk, each once")
        try expect(try tool.lines(in: "ids.txt") == 8, "eight ids in the tool's own list, each once")
        try expect(try tool.count(of: .accessEvents) == 2, "two events on disk, each once")
    }

    /// Credentials can be tried, and what was read be looked up, without reading.
    private static func lookAround(_ tool: Tool) async throws {
        let failures = try await tool.check(over: MemoryTransport(answers: Answers.webex))
        try expect(failures["acme"] == nil, "Webex to answer, not \(failures)")
        try expect(failures["clinic"]?.code == .notFound, "a platform that is not there, not \(failures)")
        let ends = try await tool.completeUntil()
        try expect(Set(ends.keys) == ["lobby", "clinic", "acme"], "three complete sources, not \(ends)")
        let plans = try await tool.planWithMedia()
        try expect(plans.map(\.source) == ["lobby", "clinic", "acme"], "a plan for each source")
    }

    /// The real transport starts, fails with a value, and stops.
    private static func meetAClosedPort() async throws {
        let configuration = CurlTransportConfiguration(proxy: .none)
        guard let url = HTTPURL("http://127.0.0.1:1/") else { throw Unexpected(description: "expected a URL") }
        do {
            try await withCurlTransport(configuration: configuration) { transport in
                _ = try await transport.send(TransportRequest(url: url))
            }
            throw Unexpected(description: "expected no answer from a closed port")
        } catch let error as TransportError {
            print("embed: closed port: \(error.kind.rawValue)")
        }
    }
}
