/// Reads the ISO 8601 forms that the platforms accept in queries.
enum TimestampParser {
    /// Milliseconds since 1970 of a date or a date with a time.
    ///
    /// `2020-07-12`, `2020-07-12T09:30`, `…:00`, `…:00.123`, each with `Z`, `+08:00`, `+0800`, `+08` or no zone.
    /// Fractions beyond milliseconds are rounded up, so that an exclusive end keeps what lies before it.
    /// - Parameter zone: the zone of a text that names none.
    /// - Returns: `nil` for anything else, a space in place of a plus sign included.
    static func milliseconds(_ text: String, zone: FixedZone) -> Int64? {
        var scanner = DigitScanner(text)
        guard let date = day(&scanner) else { return nil }
        var total = date * CivilTime.secondsPerDay * 1000
        guard scanner.take("T") || scanner.take("t") else {
            return scanner.atEnd ? total - Int64(zone.offsetSeconds) * 1000 : nil
        }
        guard let hour = scanner.number(2), hour < 24, scanner.take(":"), let minute = scanner.number(2), minute < 60
        else { return nil }
        total += Int64(hour * 3600 + minute * 60) * 1000
        if scanner.take(":") {
            guard let second = scanner.number(2), second <= 60 else { return nil }
            total += Int64(second) * 1000
            if scanner.take(".") || scanner.take(",") {
                guard let fraction = scanner.fractionMilliseconds() else { return nil }
                total += fraction
            }
        }
        guard let offset = offsetSeconds(&scanner, default: zone.offsetSeconds), scanner.atEnd else { return nil }
        return total - Int64(offset) * 1000
    }

    /// Days since 1970 of `YYYY-MM-DD` and nothing else.
    static func wholeDay(_ text: String) -> Int64? {
        var scanner = DigitScanner(text)
        guard let day = day(&scanner), scanner.atEnd else { return nil }
        return day
    }

    private static func day(_ scanner: inout DigitScanner) -> Int64? {
        guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2), scanner.take("-"),
            let day = scanner.number(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = CivilTime.days(year: year, month: month, day: day)
        let back = CivilTime(seconds: days * CivilTime.secondsPerDay)
        return back.month == month && back.day == day ? days : nil
    }

    private static func offsetSeconds(_ scanner: inout DigitScanner, default fallback: Int) -> Int? {
        if scanner.atEnd { return fallback }
        if scanner.take("Z") || scanner.take("z") { return 0 }
        let sign: Int
        if scanner.take("+") {
            sign = 1
        } else if scanner.take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = scanner.number(2), hours < 24 else { return nil }
        if scanner.atEnd { return sign * hours * 3600 }
        _ = scanner.take(":")
        guard let minutes = scanner.number(2), minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

private struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var atEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    mutating func number(_ digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<(position + digits)] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += digits
        return value
    }

    mutating func fractionMilliseconds() -> Int64? {
        var value: Int64 = 0
        var count = 0
        var roundsUp = false
        while position < bytes.count, (48...57).contains(bytes[position]) {
            let digit = Int64(bytes[position] - 48)
            if count < 3 { value = value * 10 + digit } else if digit > 0 { roundsUp = true }
            count += 1
            position += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<max(count, 3) { value *= 10 }
        return value + (roundsUp ? 1 : 0)
    }
}
