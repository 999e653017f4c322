import RecordingKit
import Testing

@testable import RecordingHost

@Suite("Dates in HTTP")
struct HTTPDateTests {
    private let now = Timestamp(secondsSince1970: 1_790_000_000)

    @Test(
        "the three forms name the same instant",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "sun, 06 nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun Nov 06 08:49:37 1994",
        ]
    )
    func forms(_ text: String) {
        #expect(HTTPDate.parse(text, now: now) == Timestamp(secondsSince1970: 784_111_777))
    }

    @Test(
        "a two-digit year more than 50 years ahead is in the past",
        arguments: [
            ("26", "2026"), ("76", "2076"), ("77", "1977"), ("99", "1999"), ("00", "2000"),
        ]
    )
    func centuries(short: String, full: String) {
        let expected = HTTPDate.parse("Sun, 01 Mar \(full) 00:00:00 GMT", now: now)
        #expect(expected != nil)
        #expect(HTTPDate.parse("Sunday, 01-Mar-\(short) 00:00:00 GMT", now: now) == expected)
    }

    @Test("leap days exist where the calendar has them")
    func leapDays() {
        #expect(HTTPDate.parse("Thu, 29 Feb 2024 00:00:00 GMT", now: now) != nil)
        #expect(HTTPDate.parse("Thu, 29 Feb 2023 00:00:00 GMT", now: now) == nil)
    }

    @Test(
        "everything else is nil",
        arguments: [
            "", "5", "Sun", "Sun, 06 Nov 1994", "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 199 08:49:37 GMT",
            "Sun Nov  6 08:49:37 94", "Sun Nov  6 08:49:37 1994 GMT", "1994-11-06T08:49:37Z",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, ٠٦ Nov 1994 08:49:37 GMT", "Sun, 99999999999999999999 Nov 1994 08:49:37 GMT",
        ]
    )
    func garbage(_ text: String) {
        #expect(HTTPDate.parse(text, now: now) == nil)
    }
}
