import Testing

@testable import RecordingKit

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "Known days have their known count of seconds",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -86_400), ("2000-02-29", 951_782_400), ("2000-03-01", 951_868_800),
            ("1900-03-01", -2_203_891_200), ("2024-12-31", 1_735_603_200), ("2038-01-19", 2_147_472_000),
            ("0000-01-01", -62_167_219_200), ("9999-12-31", 253_402_214_400), ("0001-01-01", -62_135_596_800),
        ] as [(String, Int64)]
    )
    func knownDays(text: String, seconds: Int64) throws {
        let instant = try #require(Timestamp(text))
        #expect(instant.seconds == seconds)
        #expect(instant.day == text)
        #expect(instant.description == text + "T00:00:00Z")
    }

    @Test(
        "What platforms write is read as UTC",
        arguments: [
            ("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z"),
            ("2026-01-31t08:00:00z", "2026-01-31T08:00:00Z"),
            ("2026-01-31 08:00", "2026-01-31T08:00:00Z"),
            ("2026-01-31T08:00:00+08:00", "2026-01-31T00:00:00Z"),
            ("2026-01-31T08:00:00+0530", "2026-01-31T02:30:00Z"),
            ("2026-01-31T23:30:00-01", "2026-02-01T00:30:00Z"),
            ("2026-01-31T08:00:00.5Z", "2026-01-31T08:00:00.5Z"),
            ("2026-01-31T08:00:00,500Z", "2026-01-31T08:00:00.500Z"),
            ("2026-01-31T08:00:00.1234567Z", "2026-01-31T08:00:00.1234567Z"),
            ("2026-01-31T08:00:00.1234567899Z", "2026-01-31T08:00:00.123456789Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
            ("2017-01-01T08:59:60+09:00", "2017-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.9Z", "9999-12-31T23:59:59.9Z"),
        ]
    )
    func readsPlatformTexts(text: String, expected: String) {
        #expect(Timestamp(text)?.description == expected)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "2026", "2026-1-31", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-01-00",
            "2026-01-31T", "2026-01-31T24:00:00Z", "2026-01-31T08", "2026-01-31T08:60:00Z", "2026-01-31T08:00:61Z",
            "2026-01-31T08:00:60Z", "2026-01-31T08:00:00.Z", "2026-01-31T08:00.5Z", "2026-01-31T08:00:00+24:00",
            "2026-01-31T08:00:00+08:60", "2026-01-31T08:00:00+08:", "2026-01-31T08:00:00+8", "2026-01-31T08:00:00ZZ",
            "2026-01-31T08:00:00 Z", " 2026-01-31", "2026-01-31 ", "2026-01-31T08:00:00UTC", "+2026-01-31",
            "-026-01-31",
            "２０２６-01-31", "2026-01-3\u{0661}", "2026-01-31\u{0301}", "10000-01-01", "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z", "2026/01/31", "20260131T080000Z",
        ]
    )
    func refusesGarbage(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("A time without a zone is refused where the platform does not say that it is UTC")
    func refusesUnzonedWhenAsked() {
        #expect(Timestamp("2026-01-31T08:00:00", unzonedIsUTC: false) == nil)
        #expect(Timestamp("2026-01-31", unzonedIsUTC: false) == nil)
        #expect(Timestamp("2026-01-31T08:00:00Z", unzonedIsUTC: false) != nil)
        #expect(Timestamp("2026-01-31T08:00:00") != nil)
    }

    @Test("Every instant is written as text that reads back as the same instant and the same text", arguments: 0...9)
    func roundTrips(digits: Int) throws {
        var generator = SeededGenerator(seed: UInt64(digits) + 1)
        let step = (0..<(9 - digits)).reduce(into: Int64(1)) { step, _ in step *= 10 }
        for _ in 0..<500 {
            let fraction = digits == 0 ? 0 : Int64.random(in: 0..<1_000_000_000, using: &generator) / step * step
            let instant = Timestamp(
                secondsSince1970: .random(in: Timestamp.firstSecond...Timestamp.lastSecond, using: &generator),
                nanoseconds: fraction,
                fractionDigits: digits
            )
            let back = try #require(Timestamp(instant.description))
            #expect(back == instant)
            #expect(back.description == instant.description)
            #expect(instant.description.utf8.count == (digits == 0 ? 20 : 21 + digits))
        }
    }

    @Test("The same instant at any offset is equal, and hashes alike")
    func offsetsAreEqual() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let seconds = Int64.random(in: 0...4_000_000_000, using: &generator)
            let minutes = Int64.random(in: -1_439...1_439, using: &generator)
            let local = Timestamp(secondsSince1970: seconds + minutes * 60).description.dropLast()
            let hours = String(abs(minutes) / 60 + 100).suffix(2)
            let rest = String(abs(minutes) % 60 + 100).suffix(2)
            let text = "\(local)\(minutes < 0 ? "-" : "+")\(hours):\(rest)"
            let instant = try #require(Timestamp(text))
            #expect(instant == Timestamp(secondsSince1970: seconds))
            #expect(instant.hashValue == Timestamp(secondsSince1970: seconds, fractionDigits: 3).hashValue)
        }
    }

    @Test("Instants are ordered in time, also before 1970 and within a second")
    func ordersByInstant() {
        let ascending = [
            Timestamp.earliest, Timestamp(secondsSince1970: -1), Timestamp(secondsSince1970: 0, nanoseconds: -1),
            Timestamp(secondsSince1970: 0), Timestamp(secondsSince1970: 0, nanoseconds: 1), Timestamp.latest,
        ]
        #expect(ascending.shuffled().sorted() == ascending)
        #expect(zip(ascending, ascending.dropFirst()).allSatisfy { $0 < $1 && !($1 < $0) })
    }

    @Test("Nanoseconds are carried into the seconds in both directions")
    func carriesNanoseconds() {
        #expect(Timestamp(secondsSince1970: 1, nanoseconds: 2_500_000_000).seconds == 3)
        let before = Timestamp(secondsSince1970: 0, nanoseconds: -1, fractionDigits: 9)
        #expect(before.description == "1969-12-31T23:59:59.999999999Z")
    }

    @Test("Advancing and the duration between are each other's inverse")
    func advances() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let start = Timestamp(secondsSince1970: .random(in: -4_000_000_000...4_000_000_000, using: &generator))
            let duration = Duration.nanoseconds(Int64.random(in: -(1 << 60)...(1 << 60), using: &generator))
            #expect(start.advanced(by: duration).duration(since: start) == duration)
        }
    }

    @Test("Arithmetic that leaves the years 0 to 9999 stops at their ends")
    func saturates() {
        #expect(Timestamp(secondsSince1970: .max, nanoseconds: .max) == .latest)
        #expect(Timestamp(secondsSince1970: .min, nanoseconds: .min) == .earliest)
        #expect(Timestamp.latest.advanced(by: .seconds(Int64.max)) == .latest)
        #expect(Timestamp.earliest.advanced(by: .seconds(Int64.min)) == .earliest)
        #expect(Timestamp.latest.description == "9999-12-31T23:59:59.999999999Z")
        #expect(Timestamp.earliest.description == "0000-01-01T00:00:00Z")
    }

    @Test("Cutting down to whole seconds goes back in time on both sides of 1970")
    func cutsDown() {
        #expect(Timestamp(secondsSince1970: 5, nanoseconds: 9).wholeSeconds == Timestamp(secondsSince1970: 5))
        #expect(Timestamp(secondsSince1970: -5, nanoseconds: 9).wholeSeconds == Timestamp(secondsSince1970: -5))
    }
}
