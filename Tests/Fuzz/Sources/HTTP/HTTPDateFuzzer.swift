import Foundation
import RecordingKit

@testable import RecordingHost

extension Fuzzer {
    /// HTTP dates: what is read can be written in each of the three forms and read again, and is what the C library says.
    ///
    /// The input's first eight bytes are a time of their own.
    static let httpDate = Fuzzer(name: "http-date") { bytes in
        let now = Timestamp(secondsSince1970: 1_780_000_000)
        let text = String(decoding: bytes.dropFirst(8), as: UTF8.self)
        if let time = HTTPDate.parse(text, now: now) {
            demandForms(of: time, now: now)
            demand(time.nanoseconds == 0, "a date with a fraction")
            if let seconds = systemTime(text) {
                demand(time.seconds == seconds, "the system reads \(seconds), not \(time.seconds)")
            }
        } else {
            demand(!isFixdate(text), "a well-formed date is refused")
        }
        demandTimestamp(text)
        let number = bytes.prefix(8).reduce(into: Int64(0)) { $0 = $0 << 8 | Int64($1) }
        let span = Timestamp.latest.seconds - Timestamp.earliest.seconds
        let seconds = Timestamp.earliest.seconds + number.magnitude.remainder(span + 1)
        demandForms(of: Timestamp(secondsSince1970: seconds), now: now)
        let day = seconds.magnitude.remainder(86_400)
        for local in [seconds, Timestamp.earliest.seconds + day, Timestamp.latest.seconds - day] {
            demandZone(
                local,
                minutes: number.magnitude.remainder(2_879) - 1_439,
                nanoseconds: number.magnitude.remainder(1_000_000_000)
            )
        }
    }

    private static func demandForms(of time: Timestamp, now: Timestamp) {
        let parts = HTTPDateText(time)
        for text in [parts.fixdate, parts.asctime] {
            demand(HTTPDate.parse(text, now: now) == time, "\(text) is read as another time than \(time)")
        }
        demand(systemTime(parts.fixdate) == time.seconds, "the system reads \(parts.fixdate) as another time")
        // A year of two digits is at most 50 years ahead.
        guard (1_977...2_076).contains(parts.year) else { return }
        demand(HTTPDate.parse(parts.rfc850, now: now) == time, "\(parts.rfc850) is read as another time than \(time)")
    }

    /// A time with a fraction, as clocks show it that many minutes east of UTC.
    private static func demandZone(_ local: Int64, minutes: Int64, nanoseconds: Int64) {
        let zone = HTTPDateText.clock(Int(minutes.magnitude) / 60, Int(minutes.magnitude) % 60)
        let clock = HTTPDateText(Timestamp(secondsSince1970: local)).internet
        let text = "\(clock).\(HTTPDateText.padded(Int(nanoseconds), 9))\(minutes < 0 ? "-" : "+")\(zone)"
        let seconds = local - minutes * 60
        let isInBounds = (Timestamp.earliest.seconds...Timestamp.latest.seconds).contains(seconds)
        guard let time = Timestamp(text) else { return demand(!isInBounds, "\(text) is refused") }
        demand(isInBounds && time.seconds == seconds, "\(text) is read as \(time)")
        demand(time.nanoseconds == nanoseconds, "\(text) is read with another fraction")
    }

    /// RFC 3339 times: what is read is written so that it reads as the same.
    private static func demandTimestamp(_ text: String) {
        guard let time = Timestamp(text) else { return }
        demand(Timestamp(time.description, unzonedIsUTC: false) == time, "\(time) does not read as itself")
        demand(time >= .earliest && time <= .latest, "a time out of bounds")
        if let zoned = Timestamp(text, unzonedIsUTC: false) { demand(zoned == time, "a zone is read in two ways") }
    }

    /// Whether a text is what the calendar makes of the time in it.
    private static func isFixdate(_ text: String) -> Bool {
        guard let seconds = systemTime(text) else { return false }
        return HTTPDateText(Timestamp(secondsSince1970: seconds)).fixdate == text
    }

    /// What the C library's calendar makes of an IMF-fixdate; nil when it is none.
    private static func systemTime(_ text: String) -> Int64? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard text.utf8.count == 29, words.count == 6, words[5] == "GMT",
            let month = HTTPDateText.months.firstIndex(of: String(words[2])), let day = digits(words[1], 2),
            let year = digits(words[3], 4)
        else { return nil }
        let clock = words[4].split(separator: ":", omittingEmptySubsequences: false).map { digits($0, 2) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2], hour < 24,
            minute < 60,
            second < 60, (1...31).contains(day)
        else { return nil }
        var parts = unsafe tm()
        unsafe parts.tm_year = year - 1_900
        unsafe parts.tm_mon = CInt(month)
        unsafe parts.tm_mday = day
        unsafe parts.tm_hour = hour
        unsafe parts.tm_min = minute
        unsafe parts.tm_sec = second
        let seconds = unsafe Int64(timegm(&parts))
        // The 31st of a month of 30 days is carried over into the next.
        return unsafe parts.tm_mday == day ? seconds : nil
    }

    private static func digits(_ word: Substring, _ count: Int) -> CInt? {
        word.utf8.count == count && word.utf8.allSatisfy { (0x30...0x39).contains($0) } ? CInt(word) : nil
    }
}

/// The three forms of a time in HTTP.
private struct HTTPDateText {
    let year: Int
    private let month: String
    private let number: Int
    private let day: Int
    private let weekday: String
    private let clock: String

    init(_ time: Timestamp) {
        var seconds = time_t(time.seconds)
        var parts = unsafe tm()
        _ = unsafe gmtime_r(&seconds, &parts)
        year = unsafe Int(parts.tm_year) + 1_900
        month = unsafe Self.months[Int(parts.tm_mon)]
        day = unsafe Int(parts.tm_mday)
        weekday = unsafe Self.days[Int(parts.tm_wday)]
        clock = unsafe Self.clock(Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec))
        number = unsafe Int(parts.tm_mon) + 1
    }

    static func clock(_ numbers: Int...) -> String { numbers.map { padded($0, 2) }.joined(separator: ":") }

    /// RFC 3339, without a fraction and a zone.
    var internet: String { "\(Self.padded(year, 4))-\(two(number))-\(two(day))T\(clock)" }

    var fixdate: String { "\(weekday.prefix(3)), \(two(day)) \(month) \(Self.padded(year, 4)) \(clock) GMT" }
    var rfc850: String { "\(weekday), \(two(day))-\(month)-\(two(year % 100)) \(clock) GMT" }
    var asctime: String {
        "\(weekday.prefix(3)) \(month) \(day < 10 ? " \(day)" : "\(day)") \(clock) \(Self.padded(year, 4))"
    }

    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private func two(_ number: Int) -> String { Self.padded(number, 2) }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension UInt64 {
    fileprivate func remainder(_ divisor: Int64) -> Int64 { Int64(self % UInt64(divisor)) }
}
