/// An instant in UTC that remembers how many fractional digits it was written with.
///
/// Seconds count from 1970-01-01T00:00:00Z and ignore leap seconds. A platform that gives whole seconds gets whole seconds
/// back, one that gives seven digits gets seven (RFC 3339 §5.6). Ordering and equality are by instant alone.
///
/// Every instant lies in the years 0 ... 9999, which is all that RFC 3339 can write; arithmetic that leads out of them stops
/// at ``earliest`` or ``latest`` and never traps.
public struct Timestamp: Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z; negative before it.
    public let seconds: Int64
    /// Nanoseconds within the second, 0 ..< 1 000 000 000.
    public let nanoseconds: Int32
    /// How many fractional digits to write, from 0 to 9.
    public let fractionDigits: UInt8

    /// Makes an instant from seconds and nanoseconds since 1970, or the nearest one that can be written.
    ///
    /// - Parameters:
    ///   - seconds: whole seconds since 1970-01-01T00:00:00Z.
    ///   - nanoseconds: added to `seconds`; any value, carried over into the seconds.
    ///   - fractionDigits: digits to write after the point, clamped to 0 ... 9; default 0.
    public init(secondsSince1970 seconds: Int64, nanoseconds: Int64 = 0, fractionDigits: Int = 0) {
        var carry = nanoseconds / 1_000_000_000
        var rest = nanoseconds % 1_000_000_000
        if rest < 0 {
            rest += 1_000_000_000
            carry -= 1
        }
        let (sum, overflows) = seconds.addingReportingOverflow(carry)
        let whole = overflows ? (carry < 0 ? .min : .max) : sum
        if whole < Timestamp.firstSecond {
            self.seconds = Timestamp.firstSecond
            self.nanoseconds = 0
        } else if whole > Timestamp.lastSecond {
            self.seconds = Timestamp.lastSecond
            self.nanoseconds = 999_999_999
        } else {
            self.seconds = whole
            self.nanoseconds = Int32(rest)
        }
        self.fractionDigits = UInt8(min(max(fractionDigits, 0), 9))
    }

    /// The first instant of the year 0.
    public static let earliest = Timestamp(secondsSince1970: firstSecond)

    /// The last nanosecond of the year 9999.
    public static let latest = Timestamp(secondsSince1970: lastSecond, nanoseconds: 999_999_999, fractionDigits: 9)

    /// The seconds that can be written, `0000-01-01T00:00:00Z` and `9999-12-31T23:59:59Z`.
    static let firstSecond: Int64 = -62_167_219_200
    static let lastSecond: Int64 = 253_402_300_799

    /// The instant that is `duration` later, with the same number of fractional digits.
    public func advanced(by duration: Duration) -> Timestamp {
        let (wholeSeconds, attoseconds) = duration.components
        let (sum, overflows) = seconds.addingReportingOverflow(wholeSeconds)
        return Timestamp(
            secondsSince1970: overflows ? (wholeSeconds < 0 ? .min : .max) : sum,
            nanoseconds: Int64(nanoseconds) + attoseconds / 1_000_000_000,
            fractionDigits: Int(fractionDigits)
        )
    }

    /// How much later this instant is than `other`; negative when it is earlier.
    public func duration(since other: Timestamp) -> Duration {
        .seconds(seconds - other.seconds) + .nanoseconds(Int64(nanoseconds) - Int64(other.nanoseconds))
    }

    /// The same instant cut down to whole seconds.
    public var wholeSeconds: Timestamp { Timestamp(secondsSince1970: seconds) }

    /// The same instant when it is a whole second, else the next whole second.
    public var roundedUpToSecond: Timestamp {
        Timestamp(secondsSince1970: nanoseconds == 0 ? seconds : seconds + 1)
    }

    /// The calendar day in UTC, as `YYYY-MM-DD`.
    public var day: String { String(description.prefix(10)) }
}

extension Timestamp: Hashable, Comparable {
    /// Equal when both name the same instant, however it was written.
    public static func == (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds == right.seconds && left.nanoseconds == right.nanoseconds
    }

    /// Earlier instants come first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// Hashes the instant alone.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(seconds)
        hasher.combine(nanoseconds)
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with `Z` and ``fractionDigits`` digits of the second's fraction; what is finer is cut off.
    public var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(32)
        append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends what ``description`` says as ASCII.
    package func append(to text: inout [UInt8]) {
        var days = seconds / 86_400
        var secondOfDay = seconds % 86_400
        if secondOfDay < 0 {
            secondOfDay += 86_400
            days -= 1
        }
        CivilDate(daysSince1970: days).append(to: &text)
        text.append(UInt8(ascii: "T"))
        text.appendPair(secondOfDay / 3_600)
        text.append(UInt8(ascii: ":"))
        text.appendPair(secondOfDay / 60 % 60)
        text.append(UInt8(ascii: ":"))
        text.appendPair(secondOfDay % 60)
        if fractionDigits > 0 {
            text.append(UInt8(ascii: "."))
            var divisor: Int32 = 100_000_000
            for _ in 0..<fractionDigits {
                text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: nanoseconds / divisor % 10))
                divisor /= 10
            }
        }
        text.append(UInt8(ascii: "Z"))
    }
}

extension [UInt8] {
    /// Appends the two decimal digits of a number from 0 to 99.
    mutating func appendPair(_ number: Int64) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
