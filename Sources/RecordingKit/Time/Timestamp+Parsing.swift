public import RawJSON

extension Timestamp {
    /// More bytes than any time needs; a text that is longer has digits of a fraction that nobody can use, and is refused.
    private static let longestText = 128

    /// Reads an ISO 8601 date and time as the platforms write it.
    ///
    /// Takes `YYYY-MM-DD` followed by `T`, `t` or a space and `hh:mm` or `hh:mm:ss`, an optional fraction of any length
    /// (digits past the ninth are dropped) after `.` or `,`, and `Z`, `z`, `+hh:mm`, `+hhmm` or `+hh`. A time without a zone,
    /// and a date alone (midnight), are read as UTC only when `unzonedIsUTC` is set. A leap second, which only the end
    /// of a UTC day can have, reads as the second after it. Returns nil for everything else, also for an instant outside the
    /// years 0 ... 9999 in UTC; never traps.
    ///
    /// - Parameters:
    ///   - text: what the platform sent.
    ///   - unzonedIsUTC: whether the platform declares that a time without a zone is UTC; default true.
    public init?(_ text: some StringProtocol, unzonedIsUTC: Bool = true) {
        let read = text.utf8.withContiguousStorageIfAvailable { bytes in
            unsafe Timestamp(DigitScanner(bytes), unzonedIsUTC: unzonedIsUTC)
        }
        if let read {
            guard let read else { return nil }
            self = read
            return
        }
        // Only text bridged from another language is not contiguous.
        let bytes = Array(text.utf8.prefix(Timestamp.longestText + 1))
        let time = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe Timestamp(DigitScanner(bytes), unzonedIsUTC: unzonedIsUTC)
        }
        guard let time else { return nil }
        self = time
    }

    /// Reads a JSON string as ``init(_:unzonedIsUTC:)`` reads a text, without making one; nil also for any other value.
    public init?(_ value: JSONValue, unzonedIsUTC: Bool = true) {
        let read = unsafe value.withPlainText { bytes in
            unsafe Timestamp(DigitScanner(bytes), unzonedIsUTC: unzonedIsUTC)
        }
        guard let time = read ?? value.string.flatMap({ Timestamp($0, unzonedIsUTC: unzonedIsUTC) }) else { return nil }
        self = time
    }

    private init?(_ start: DigitScanner, unzonedIsUTC: Bool) {
        var scanner = start
        guard scanner.count <= Timestamp.longestText, let year = scanner.number(width: 4), scanner.skip("-"),
            let month = scanner.number(width: 2), scanner.skip("-"), let day = scanner.number(width: 2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let midnight = date.daysSince1970 * 86_400
        if scanner.isAtEnd {
            guard unzonedIsUTC else { return nil }
            self.init(secondsSince1970: midnight)
            return
        }
        guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "), let hour = scanner.number(width: 2),
            scanner.skip(":"), let minute = scanner.number(width: 2), hour <= 23, minute <= 59
        else { return nil }
        var second: Int64 = 0
        var fraction: (nanoseconds: Int64, digits: Int) = (0, 0)
        if scanner.skip(":") {
            guard let value = scanner.number(width: 2), value <= 60 else { return nil }
            second = value
            if scanner.skip(".") || scanner.skip(",") {
                guard let value = scanner.fraction() else { return nil }
                fraction = value
            }
        }
        guard let offset = scanner.zoneOffset(unzonedIsUTC: unzonedIsUTC), scanner.isAtEnd else { return nil }
        let seconds = midnight + hour * 3_600 + minute * 60 + second - offset
        guard (Timestamp.firstSecond...Timestamp.lastSecond).contains(seconds),
            second < 60 || seconds.isMultiple(of: 86_400)
        else { return nil }
        self.init(
            secondsSince1970: seconds,
            nanoseconds: fraction.nanoseconds,
            fractionDigits: fraction.digits
        )
    }
}

/// Reads fixed-width ASCII digits from the front of a text.
///
/// Safe on the condition that a scanner does not leave the scope that lends it the bytes.
@safe
private struct DigitScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    @unsafe
    init(_ bytes: UnsafeBufferPointer<UInt8>) { unsafe self.bytes = bytes }

    var count: Int { unsafe bytes.count }

    var isAtEnd: Bool { position == count }

    /// The byte that is due; 0, which no time holds, at the end.
    private var next: UInt8 { position < count ? unsafe bytes[position] : 0 }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard UInt32(next) == scalar.value else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int64? {
        let value = next &- 0x30
        guard value < 10 else { return nil }
        position += 1
        return Int64(value)
    }

    mutating func number(width: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<width {
            guard let next = digit() else { return nil }
            value = value * 10 + next
        }
        return value
    }

    mutating func fraction() -> (nanoseconds: Int64, digits: Int)? {
        var value: Int64 = 0
        var digits = 0
        while let next = digit() {
            guard digits < 9 else { continue }
            value = value * 10 + next
            digits += 1
        }
        guard digits > 0 else { return nil }
        for _ in digits..<9 { value *= 10 }
        return (value, digits)
    }

    /// Seconds east of UTC.
    mutating func zoneOffset(unzonedIsUTC: Bool) -> Int64? {
        if isAtEnd { return unzonedIsUTC ? 0 : nil }
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64
        if skip("+") {
            sign = 1
        } else if skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = number(width: 2), hours <= 23 else { return nil }
        if isAtEnd { return sign * hours * 3_600 }
        _ = skip(":")
        guard let minutes = number(width: 2), minutes <= 59 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
