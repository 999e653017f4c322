import RecordingHost
import RecordingKit
import Testing

@Suite("Rate header fields")
struct RateHeadersTests {
    private let now = Timestamp(secondsSince1970: 1_790_000_000)

    @Test(
        "every known form tells how long nothing should be sent",
        arguments: [
            (["RateLimit-Limit": "100", "RateLimit-Remaining": "0", "RateLimit-Reset": "12"], 12.0),
            (["ratelimit-limit": "100, 100;w=60", "ratelimit-remaining": "0", "ratelimit-reset": "12"], 12),
            (["RateLimit": "limit=100, remaining=0, reset=7"], 7),
            (["RateLimit": "\"hour\";r=0;t=30"], 30),
            (["RateLimit": "\"day\";r=900;t=7200, \"minute\";r=0;t=9"], 9),
            (["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "5"], 5),
            (["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000020"], 20),
            (["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000020000"], 20),
            (["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0.25"], 0.25),
            (["X-Rate-Limit-Limit": "10", "X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Window": "40"], 40),
            (["X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": "3", "X-Rate-Limit-Window": "40"], 3),
            (["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "3600"], 60),
            (["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999999999"], 60),
        ] as [([String: String], Double)]
    )
    func closes(_ fields: [String: String], seconds: Double) throws {
        let headers = HTTPHeaders(fields.map { HTTPHeaders.Field(name: $0.key, value: $0.value) })
        let rate = try #require(RateHeaders(headers: headers, now: now))
        #expect(rate.closesFor == .seconds(seconds))
    }

    @Test(
        "nothing is closed while something remains, or when no end is named",
        arguments: [
            ["X-RateLimit-Remaining": "1", "X-RateLimit-Reset": "5"],
            ["X-RateLimit-Remaining": "0"],
            ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "0"],
            ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1789999999"],
            ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "Sun, 06 Nov 1994 08:49:37 GMT"],
            ["X-RateLimit-Limit": "10", "X-RateLimit-Reset": "5"],
            ["RateLimit": "\"hour\";r=5;t=30"],
        ] as [[String: String]]
    )
    func staysOpen(_ fields: [String: String]) {
        let headers = HTTPHeaders(fields.map { HTTPHeaders.Field(name: $0.key, value: $0.value) })
        #expect(RateHeaders(headers: headers, now: now)?.closesFor == nil)
    }

    @Test(
        "garbage is ignored",
        arguments: [
            [:],
            ["RateLimit": ""], ["RateLimit": "=;=,;r"], ["RateLimit-Remaining": "-1"],
            ["X-RateLimit-Remaining": "many"],
            ["X-RateLimit-Remaining": "."], ["X-RateLimit-Remaining": "1e3"], ["X-RateLimit-Remaining": "1.2.3"],
            ["X-RateLimit-Reset": "12"], ["X-RateLimit-Remaining": "0x10"], ["X-RateLimit-Remaining": "٣"],
        ] as [[String: String]]
    )
    func garbage(_ fields: [String: String]) {
        let headers = HTTPHeaders(fields.map { HTTPHeaders.Field(name: $0.key, value: $0.value) })
        #expect(RateHeaders(headers: headers, now: now) == nil)
    }

    @Test("the limit, what remains and the end are read")
    func values() throws {
        let headers: HTTPHeaders = [
            "X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "4999", "X-RateLimit-Reset": "90",
        ]
        let rate = try #require(RateHeaders(headers: headers, now: now))
        #expect(rate.limit == 5_000)
        #expect(rate.remaining == 4_999)
        #expect(rate.reset == .seconds(90))
    }

    @Test("random text never traps, and never closes for longer than a minute")
    func fuzz() {
        var random = RandomSequence(seed: 7)
        let words = [
            "0", "0", "9", "77", "1790000", ".", ",", ";", "=", "r=0", "t=", "q", "\"", " ", "-", "e9", "remaining=0",
            "reset=", "é",
        ]
        var closings = 0
        for _ in 0..<20_000 {
            func text() -> String {
                (0..<Int.random(in: 0..<6, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
                    .joined()
            }
            let headers: HTTPHeaders = [
                "RateLimit": text(), "X-RateLimit-Limit": text(), "X-RateLimit-Remaining": text(),
                "X-RateLimit-Reset": text(),
            ]
            let closing = RateHeaders(headers: headers, now: now)?.closesFor ?? .zero
            #expect(closing >= .zero && closing <= RateHeaders.longestClosing)
            if closing > .zero { closings += 1 }
        }
        #expect(closings > 0)
    }
}
