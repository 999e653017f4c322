import RawJSON
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("Figures of bench")
struct BenchFiguresTests {
    @Test(
        "A median lies in the middle, whatever the order",
        arguments: [([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([7], 7)] as [([Double], Double)]
    )
    func median(values: [Double], median: Double) throws {
        let spread = try #require(Spread(values))
        #expect(spread.median == median)
        #expect(spread.least == values.min())
        #expect(spread.most == values.max())
    }

    @Test("Nothing has no spread, and zero no share")
    func noSpread() {
        #expect(Spread([]) == nil)
        #expect(Spread([0, 0])?.relative == nil)
        #expect(Spread([9, 10, 12])?.relative == 0.3)
    }

    @Test(
        "Spans come in the unit that suits them",
        arguments: [
            (0.000_4, "0.4 ms"), (0.0214, "21 ms"), (0.9994, "999 ms"), (1.234, "1.23 s"), (12.34, "12.3 s"),
            (99.96, "1 min 40 s"),
            (125, "2 min 05 s"),
        ]
    )
    func span(seconds: Double, text: String) {
        #expect(FigureText.span(seconds) == text)
    }

    @Test(
        "Numbers have three digits that say something",
        arguments: [
            (0.0521, "0.052"), (5.214, "5.21"), (52.14, "52.1"), (521.4, "521"), (5_214, "5 214"), (9.996, "10.0"),
        ]
    )
    func number(value: Double, text: String) {
        #expect(FigureText.number(value) == text)
    }

    @Test(
        "Rates are short",
        arguments: [(64.96, "65.0"), (9_400, "9 400"), (163_400, "163 k"), (999_600, "1.00 M"), (1_284_000, "1.28 M")]
    )
    func rate(value: Double, text: String) {
        #expect(FigureText.rate(value) == text)
    }

    @Test(
        "Whole numbers are in groups of three",
        arguments: [(0, "0"), (999, "999"), (1_000, "1 000"), (10_000_000, "10 000 000")]
    )
    func count(number: Int, text: String) {
        #expect(FigureText.count(number) == text)
    }

    @Test("Figures are made from the samples of all rounds")
    func measurement() throws {
        var measurement = BenchMeasurement(job: "summaries", variant: "", items: 1_000)
        measurement.samples = [(1.0, 0.003), (2, 0.005), (4, 0.004)].map { wall, cpu in
            BenchSample(wallSeconds: wall, cpuSeconds: cpu, idealSeconds: 1)
        }
        #expect(measurement.cpuMicrosecondsPerItem?.median == 4)
        #expect(measurement.itemsPerSecond?.median == 500)
        #expect(measurement.wallByIdeal?.most == 4)
        #expect(measurement.peakBytes == nil)
        measurement.items = 0
        #expect(measurement.cpuMicrosecondsPerItem == nil)
    }

    @Test("What a server says is read back as it was")
    func serverLines() throws {
        let announcement = BenchAnnouncement(
            job: "media",
            port: 8080,
            recordings: 1,
            from: try #require(Timestamp("2026-03-01T00:00:00Z")),
            to: try #require(Timestamp("2026-05-20T00:00:00Z")),
            kismet: .init(baseURL: "http://127.0.0.1:8080/k", clientID: "id", clientSecret: "secret"),
            webex: .init(baseURL: "http://127.0.0.1:8080/v1", accessToken: "token"),
            file: .init(url: "http://127.0.0.1:8081/f?x=\"", bytes: 5)
        )
        let statistics = BenchServerStatistics(
            requests: 10,
            tooManyRequests: 2,
            fileRequests: 1,
            wallSeconds: 1.5,
            cpuSeconds: 0.25
        )
        #expect(BenchAnnouncement(try Self.written(announcement.write)) == announcement)
        #expect(BenchServerStatistics(try Self.written(statistics.write)) == statistics)
        var without = announcement
        without.file = nil
        #expect(BenchAnnouncement(try Self.written(without.write)) == without)
        #expect(BenchAnnouncement(try Self.written(statistics.write)) == nil)
    }

    @Test("The counts of all sources are added up")
    func syncCounts() throws {
        let text = """
            {"sources":[{"counts":{"recordings":3,"written":{"recording":3,"access_summary":3}}},
             {"counts":{"recordings":4,"written":{"recording":1}}}]}
            """
        let counts = try #require(SyncCounts(try JSONDocument(parsing: text).root))
        #expect(counts.recordings == 7)
        #expect(counts.written == 7)
    }

    private static func written(_ body: (inout JSONWriter) -> Void) throws -> JSONValue {
        try JSONDocument(parsing: ResultJSON.object(command: "bench", exitCode: .complete, body)).root
    }
}
