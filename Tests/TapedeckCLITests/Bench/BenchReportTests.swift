import RawJSON
import Testing

@testable import TapedeckCLI

@Suite("Report of bench")
struct BenchReportTests {
    private static func sample(_ seconds: Double) -> BenchSample {
        BenchSample(
            wallSeconds: seconds,
            cpuSeconds: seconds / 2,
            peakBytes: 30_400_000,
            firstRecordSeconds: 0.062,
            written: 400_000,
            requests: 2_001,
            tooManyRequests: 3,
            serverCPUSeconds: 0.1
        )
    }

    private static func report(rounds: Int) -> BenchReport {
        var startUp = BenchMeasurement(job: "start-up", variant: "", items: 0)
        startUp.samples = [BenchSample(wallSeconds: 0.021, cpuSeconds: 0.018, peakBytes: 16_000_000)]
        var own = BenchMeasurement(job: "summaries", variant: "", items: 200_000)
        own.samples = (0..<rounds).map { Self.sample(1 + Double($0)) }
        var ceiling = BenchMeasurement(job: "summaries", variant: "", items: 200_000)
        ceiling.program = BenchMeasurement.simulator
        ceiling.samples = [BenchSample(wallSeconds: 0.1, cpuSeconds: 0.05, requests: 2_000)]
        var limited = BenchMeasurement(job: "rate-1", variant: "8 at once", items: 1_250)
        var sample = Self.sample(20)
        sample.idealSeconds = 19.6
        limited.samples = [sample]
        var failed = BenchMeasurement(job: "media", variant: "", items: 0)
        failed.failure = "There is no room."
        return BenchReport(
            conditions: .init(tool: "/bin/tapedeck", version: "1.2.3", scale: 1, rounds: rounds),
            startUp: startUp,
            measurements: [own, ceiling, limited, failed]
        )
    }

    @Test("The table says what was measured, and why something was not")
    func table() throws {
        let lines = Self.report(rounds: 1).lines(width: 110)
        #expect(lines.first == "tapedeck 1.2.3 starts in 21 ms (18 ms CPU, 16 MB).")
        let row = try #require(lines.first { $0.hasPrefix("summaries") })
        let cells = row.split(separator: "  ").map { $0.trimmingPrefix { $0 == " " } }.filter { !$0.isEmpty }
        #expect(
            cells == ["summaries", "200 000", "1.00 s", "200 k", "500 ms", "2.50", "30 MB", "62 ms", "2 001", "3"]
        )
        #expect(lines.contains { $0.hasPrefix("rate-1, 8 at once") && $0.hasSuffix(" 1.02") })
        #expect(lines.contains { $0.hasPrefix("  simulator alone") && $0.contains("2.00 M") })
        #expect(lines.contains("  media: There is no room."))
        #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= 110 })
    }

    @Test("Several rounds show how far they lie apart")
    func spread() throws {
        let lines = Self.report(rounds: 3).lines(width: 120)
        let row = try #require(lines.first { $0.hasPrefix("summaries") })
        #expect(row.hasSuffix("100 %"))
        #expect(row.contains("2.00 s"))
    }

    @Test("The document has each figure with its median and its ends, or null")
    func json() throws {
        var writer = JSONWriter()
        writer.beginObject()
        Self.report(rounds: 3).write(to: &writer)
        writer.endObject()
        let root = try JSONDocument(parsing: writer.take()).root
        #expect(root["rounds"]?.integer == 3)
        #expect(root["start_up"]?["wall_seconds"]?["median"]?.double == 0.021)
        let measurements = try #require(root["measurements"]).elements.map { $0 }
        #expect(measurements.map { $0["program"]?.string } == ["tapedeck", "simulator", "tapedeck", "tapedeck"])
        let own = try #require(measurements.first)
        #expect(own["wall_seconds"]?["median"]?.double == 2)
        #expect(own["wall_seconds"]?["least"]?.double == 1)
        #expect(own["wall_seconds"]?["most"]?.double == 3)
        #expect(own["wall_by_ideal"]?.isNull == true)
        #expect(own["failure"]?.isNull == true)
        #expect(measurements.last?["failure"]?.string == "There is no room.")
    }

    @Test("A report is whole when everything was measured, whether or not other programs are installed")
    func whole() {
        var report = Self.report(rounds: 1)
        #expect(!report.isWhole)
        report.measurements[3].program = "curl"
        #expect(report.isWhole)
    }
}
