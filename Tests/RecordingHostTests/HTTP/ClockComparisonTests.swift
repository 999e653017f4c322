import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

@Suite("The machine's clock beside the platform's")
struct ClockComparisonTests {
    // Fri, 15 Jan 2027 08:00:00 GMT
    private static let now = SenderBench.start
    private static let onTime = "Fri, 15 Jan 2027 08:00:00 GMT"
    private static let yearAgo = "Thu, 15 Jan 2026 08:00:00 GMT"
    private static let inAYear = "Sat, 15 Jan 2028 08:00:00 GMT"

    private func compare(_ headers: HTTPHeaders, wait: Int64 = 0) -> ClockComparison {
        ClockComparison(headers, sentAt: Self.now.advanced(by: .seconds(-wait)), receivedAt: Self.now)
    }

    @Test("may differ by a day in either direction")
    func tolerance() throws {
        #expect(compare(["Date": Self.onTime]) == .right)
        #expect(compare(["Date": "Sat, 16 Jan 2027 08:00:00 GMT"]) == .right)
        #expect(compare(["Date": "Thu, 14 Jan 2027 08:00:00 GMT"]) == .right)
        let later = try #require(Timestamp("2027-01-16T08:00:01Z"))
        let earlier = try #require(Timestamp("2027-01-14T07:59:59Z"))
        #expect(compare(["Date": "Sat, 16 Jan 2027 08:00:01 GMT"]) == .wrong(platform: later))
        #expect(compare(["Date": "Thu, 14 Jan 2027 07:59:59 GMT"]) == .wrong(platform: earlier))
    }

    @Test("is compared with the time for which the request was under way")
    func underWay() {
        let dayBefore: HTTPHeaders = ["Date": "Thu, 14 Jan 2027 07:00:00 GMT"]
        #expect(compare(dayBefore) != .right)
        #expect(compare(dayBefore, wait: 3_600) == .right)
    }

    @Test(
        "is not judged by an answer without a date, with one that cannot be read, or from a cache",
        arguments: [
            [:], ["Date": ""], ["Date": "yesterday"], ["Date": "2026-01-15T08:00:00Z"],
            ["Date": yearAgo, "Age": "31536000"],
        ] as [HTTPHeaders]
    )
    func unknown(headers: HTTPHeaders) { #expect(compare(headers) == .unknown) }

    @Test("ends the source at its first answer when it is wrong, with both times", arguments: [yearAgo, inAYear])
    func wrong(date: String) async throws {
        let bench = try SenderBench.things([.status(200, headers: ["Date": date])])
        do {
            try await bench.send()
            Issue.record("The clock was not noticed.")
        } catch let error as TapedeckError {
            #expect(error.code == .clockWrong)
            #expect(error.reason.contains("2027-01-15T08:00:00Z"))
            #expect(error.reason.contains(date == Self.yearAgo ? "2026-01-15T08:00:00Z" : "2028-01-15T08:00:00Z"))
            #expect(error.source == SenderBench.source && error.endpoint == "GET /things")
            #expect(StopReason.endsSource(error, hasSucceeded: true))
        }
        #expect(bench.transport.requests.count == 1)
    }

    @Test("is judged by the first answer that has a date, whatever its status, and by no later one")
    func firstAnswers() async throws {
        let refused = try SenderBench.things([
            .status(500), .status(500, headers: ["Date": "never"]), .status(500, headers: ["Date": Self.yearAgo]),
        ])
        await #expect(throws: TapedeckError(.clockWrong, "")) { try await refused.send() }
        let trusted = try SenderBench.things([
            .status(500, headers: ["Date": Self.onTime]), .status(500, headers: ["Date": Self.yearAgo]), .json(nil),
        ])
        try await trusted.send()
        #expect(trusted.transport.unusedAnswers == 0)
    }
}
