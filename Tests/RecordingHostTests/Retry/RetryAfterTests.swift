import RecordingHost
import RecordingKit
import Testing

@Suite("Retry-After")
struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT.
    private let now = Timestamp(secondsSince1970: 784_111_777)

    private func read(_ values: [String], date: String? = nil) -> RetryAfter {
        RetryAfter(values, date: date, now: now)
    }

    @Test(
        "numbers of seconds are read",
        arguments: [
            ("5", 5.0), ("0", 0), ("120", 120), ("1.5", 1.5), (".5", 0.5), ("5.", 5), ("0.0001", 0.001), ("+3", 3),
            ("007", 7),
            (" 5 ", 5), ("\t5", 5), ("5, 10", 10), ("10,5", 10), ("-1", 0), ("-0.5", 0), ("1.0000000000001", 1),
        ] as [(String, Double)]
    )
    func seconds(_ text: String, seconds: Double) {
        #expect(read([text]) == .wait(.seconds(seconds)))
    }

    @Test(
        "the three forms of a date are read",
        arguments: [
            "Sun, 06 Nov 1994 08:50:37 GMT", "Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:50:37 1994",
        ]
    )
    func dates(_ text: String) {
        #expect(read([text]) == .wait(.seconds(60)))
        #expect(read(["  \(text) "]) == .wait(.seconds(60)))
    }

    @Test(
        "a date is compared with the server's own time, whichever way the clocks differ",
        arguments: [
            ("Sun, 06 Nov 1994 09:49:37 GMT", "Sun, 06 Nov 1994 09:49:40 GMT"),
            ("Sat, 05 Nov 1994 08:49:37 GMT", "Sat, 05 Nov 1994 08:49:40 GMT"),
            ("Fri, 06 Nov 2054 08:49:37 GMT", "Fri, 06 Nov 2054 08:49:40 GMT"),
        ]
    )
    func skewedClock(date: String, retryAfter: String) {
        #expect(read([retryAfter], date: date) == .wait(.seconds(3)))
    }

    @Test("a Date that cannot be read counts as this side's time")
    func unreadableDate() {
        #expect(read(["Sun, 06 Nov 1994 08:50:37 GMT"], date: "yesterday") == .wait(.seconds(60)))
    }

    @Test("a date that has passed means no wait")
    func past() {
        #expect(read(["Sun, 06 Nov 1994 08:49:36 GMT"]) == .wait(.zero))
    }

    @Test(
        "huge numbers, times since 1970 and far dates count as the longest wait",
        arguments: [
            "31536001", "1790000000", "99999999999999999999999999", "9223372036854775808",
            "Mon, 01 Jan 2096 00:00:00 GMT",
        ]
    )
    func huge(_ text: String) {
        #expect(read([text]) == .wait(RetryAfter.longest))
    }

    @Test(
        "what means nothing is unreadable",
        arguments: [
            "", " ", "rand(30),add(30)", "soon", "5s", "1e3", "0x10", "5,", ",5", "5,soon", "--5", "-", "+", ".",
            "1.2.3", "٣", "½",
            "5;10", "5 10", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994", "NaN", "inf", "null",
        ]
    )
    func unreadable(_ text: String) {
        #expect(read([text]) == .unreadable)
        #expect(read([text]).duration == nil)
    }

    @Test("a field that was not sent is absent")
    func absent() {
        #expect(read([]) == .absent)
        #expect(read([]).duration == nil)
    }

    @Test("of several field lines the longest wait counts, and one that is unreadable makes all so")
    func severalLines() {
        #expect(read(["5", "7", "6"]) == .wait(.seconds(7)))
        #expect(read(["5", "soon"]) == .unreadable)
    }

    @Test("random text never traps, and a wait is never negative or too long")
    func fuzz() {
        var random = RandomSequence(seed: 1)
        let words = [
            "0", "9", "5", "99999999999999999999", ".", ",", "-", "+", " ", "\t", ":", "Sun", "Sunday", "Nov", "06",
            "1994", "94",
            "08:49:37", "GMT", "rand(30)", "é", "\u{301}", "🎈", "\u{0}", "e", "T", "Z", "25:61:61", "-1", "\"",
        ]
        for _ in 0..<50_000 {
            let text = (0..<Int.random(in: 0..<10, using: &random)).map { _ in words.randomElement(using: &random) ?? ""
            }.joined()
            let spaced = text.replacing("Sun", with: "Sun, ")
            let result = read([spaced], date: Bool.random(using: &random) ? text : nil)
            if let wait = result.duration { #expect(wait >= .zero && wait <= RetryAfter.longest) }
        }
    }
}
