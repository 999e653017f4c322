import RecordingKit
import Testing

@testable import ConnectorManifest

@Suite("Times as platforms write them")
struct TimeConversionTests {
    @Test(
        "times since 1970 keep every digit that they have",
        arguments: [
            ("0", 0, "1970-01-01T00:00:00Z"),
            ("1548789650", 0, "2019-01-29T19:20:50Z"),
            ("1548789650.5", 0, "2019-01-29T19:20:50.5Z"),
            ("1.548789650e9", 0, "2019-01-29T19:20:50Z"),
            ("-1", 0, "1969-12-31T23:59:59Z"),
            ("1548789650123", 3, "2019-01-29T19:20:50.123Z"),
            ("1548789650000", 3, "2019-01-29T19:20:50.000Z"),
            ("-1", 3, "1969-12-31T23:59:59.999Z"),
            ("1548789650123456", 6, "2019-01-29T19:20:50.123456Z"),
            ("1759932000000000000", 9, "2025-10-08T14:00:00.000000000Z"),
            ("1759932000000000001.9", 9, "2025-10-08T14:00:00.000000001Z"),
        ]
    )
    func unix(text: String, digits: Int, expected: String) {
        #expect(TimeConversion(.unix(digits: digits)).read(text)?.description == expected)
    }

    @Test(
        "what cannot be an instant is none",
        arguments: [
            "", "x", "1x", "0x10", "1 ", "--1", "1.", ".5", "1e", "1e999", "253402300800", "1548789650123", "9e300",
        ]
    )
    func noUnix(text: String) { #expect(TimeConversion(.unix(digits: 0)).read(text) == nil) }

    @Test(
        "the dates of mails are read",
        arguments: [
            ("Tue, 31 Aug 2010 20:36:28 +0000", "2010-08-31T20:36:28Z"),
            ("Fri, 05 Oct 2012 18:14:32 +0200", "2012-10-05T16:14:32Z"),
            ("5 oct 2012 18:14 -0030", "2012-10-05T18:44:00Z"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("1 Jan 49 00:00:00 EST", "2049-01-01T05:00:00Z"),
            ("1 Jan 50 00:00:00 UT", "1950-01-01T00:00:00Z"),
        ]
    )
    func mail(text: String, expected: String) {
        #expect(TimeConversion(.mail).read(text)?.description == expected)
    }

    @Test(
        "what is no date of a mail is none",
        arguments: [
            "", "Tue, 31 Aug 2010", "31 Xxx 2010 20:36:28 +0000", "31 Feb 2010 20:36:28 +0000",
            "31 Aug 2010 25:00:00 +0000",
            "31 Aug 2010 20:36:28", "31 Aug 2010 20:36:28 CEST", "2010-08-31T20:36:28Z", "031 Aug 2010 20:36:28 GMT",
        ]
    )
    func noMail(text: String) { #expect(TimeConversion(.mail).read(text) == nil) }

    @Test(
        "a time that names no zone takes the declared one",
        arguments: [
            ("2026-01-31T10:00:00", "+02:00", "2026-01-31T08:00:00Z"),
            ("2026-01-31 10:00:00.25", "-0330", "2026-01-31T13:30:00.25Z"),
            ("2026-01-31", "+01", "2026-01-30T23:00:00Z"),
            ("2026-01-31T10:00:00Z", "+02:00", "2026-01-31T10:00:00Z"),
            ("2026-01-31T10:00:00+05:00", "+02:00", "2026-01-31T05:00:00Z"),
            ("2026-01-31T10:00:00", "utc", "2026-01-31T10:00:00Z"),
            ("2026-01-31 10:00:00 -0400", "+02:00", "2026-01-31T14:00:00Z"),
            ("2026-01-31 10:00:00 UTC", "+02:00", "2026-01-31T10:00:00Z"),
            ("2026-01-31 10:00:00.5 GMT", "+02:00", "2026-01-31T10:00:00.5Z"),
        ]
    )
    func zones(text: String, zone: String, expected: String) throws {
        let conversion = TimeConversion(.iso, zone: try TimeConversion.zone(zone))
        #expect(conversion.read(text)?.description == expected)
    }

    @Test(
        "what only looks like a time is none",
        arguments: ["2026-01-31 CET", "2026-01-31 10:00 -", " +0200", "soon UTC", "x Z"]
    )
    func noTime(text: String) { #expect(TimeConversion(.iso).read(text) == nil) }

    @Test("zones with a name are refused", arguments: ["Europe/Berlin", "CET", "", "2", "+25:00", "+2"])
    func namedZones(zone: String) throws {
        #expect(try #require(problem { try TimeConversion.zone(zone) }).member == "zone")
    }

    @Test(
        "a pattern reads a time in an order of its own",
        arguments: [
            ("yyyy-MM-dd HH:mm:ss", "2026-01-31 10:20:30", "2026-01-31T09:20:30Z"),
            ("MM/dd/yyyy hh:mm a", "01/31/2026 12:05 am", "2026-01-30T23:05:00Z"),
            ("M/d/yyyy h:mm a", "1/3/2026 1:05 PM", "2026-01-03T12:05:00Z"),
            ("d. MMM yyyy", "3. feb 2026", "2026-02-02T23:00:00Z"),
            ("yyyyMMdd'T'HHmmssZ", "20260131T102030Z", "2026-01-31T10:20:30Z"),
            ("yyyy-MM-dd HH:mm:ss.SSS Z", "2026-01-31 10:20:30.250 +0100", "2026-01-31T09:20:30.250Z"),
        ]
    )
    func patterns(pattern: String, text: String, expected: String) throws {
        let conversion = TimeConversion(.pattern(try TimePattern(pattern)), zone: 3_600)
        #expect(conversion.read(text)?.description == expected)
    }

    @Test(
        "what does not follow the pattern is no time",
        arguments: [
            "2026-01-31", "2026-13-01 10:00:00", "2026-01-31 10:00:00Z", "2026-1-31 10:00:00", "２026-01-31 10:00:00",
        ]
    )
    func noPattern(text: String) throws {
        #expect(TimeConversion(.pattern(try TimePattern("yyyy-MM-dd HH:mm:ss"))).read(text) == nil)
    }

    @Test(
        "a pattern that cannot name an instant is refused",
        arguments: ["HH:mm", "yy-MM-dd", "yyyy-MM-dd'T", "yyyy-MM-ddTQ", "d d MM yyyy"]
    )
    func badPatterns(pattern: String) throws {
        #expect(try #require(problem { try TimePattern(pattern) }).member == "pattern")
    }

    @Test("what is written is read back", arguments: 0..<200)
    func roundTrip(step: Int64) throws {
        // A large step that is prime to the lengths of days, months and years.
        let time = Timestamp(
            secondsSince1970: (step - 100) * 86_400_000 / 7 * 13 + step,
            nanoseconds: step * 7_654_321,
            fractionDigits: 9
        )
        #expect(TimeConversion(.mail).read(TimeText.rfc2822(time)) == time.wholeSeconds)
        #expect(TimeConversion(.iso).read(time.description) == time)
        #expect(TimeConversion(.unix(digits: 9)).read(TimeText.unix(time, digits: 9)) == time)
        let pattern = try TimePattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSZ")
        #expect(TimeConversion(.pattern(pattern)).read(time.description) == time)
    }

    @Test("the day of the week follows the calendar")
    func weekdays() {
        #expect(TimeText.rfc2822(Timestamp(secondsSince1970: 0)) == "Thu, 01 Jan 1970 00:00:00 +0000")
        #expect(TimeText.rfc2822(Timestamp(secondsSince1970: -1)) == "Wed, 31 Dec 1969 23:59:59 +0000")
        #expect(TimeText.unix(Timestamp(secondsSince1970: -1), digits: 3) == "-1000")
        #expect(TimeText.unix(Timestamp(secondsSince1970: -1, nanoseconds: 1_000_000), digits: 3) == "-999")
        #expect(TimeText.unix(Timestamp(secondsSince1970: 0, nanoseconds: 5_000_000), digits: 3) == "5")
        #expect(TimeText.unix(Timestamp(secondsSince1970: 0), digits: 9) == "0")
    }
}
