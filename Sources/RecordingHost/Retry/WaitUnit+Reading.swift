package import RecordingKit

extension WaitUnit {
    /// How long a platform asks to wait; zero for a time that has passed and for negative numbers, at most ``RetryAfter/longest``.
    ///
    /// - Parameters:
    ///   - text: what the platform wrote.
    ///   - serverNow: the platform's time.
    /// - Returns: nil when the text means nothing in this unit.
    package func wait(in text: String, serverNow: Timestamp) -> Duration? {
        let text = text.trimmingSpaces
        switch self {
        case .seconds: return WaitUnit.decimal(text).map { WaitUnit.span(seconds: $0) }
        case .milliseconds: return WaitUnit.decimal(text).map { WaitUnit.span(seconds: $0 / 1_000) }
        case .unixSeconds: return WaitUnit.decimal(text).map { WaitUnit.span(seconds: $0 - serverNow.unixTime) }
        case .unixMilliseconds:
            return WaitUnit.decimal(text).map { WaitUnit.span(seconds: $0 / 1_000 - serverNow.unixTime) }
        case .httpDate: return HTTPDate.parse(text, now: serverNow).map { WaitUnit.span(to: $0, from: serverNow) }
        default: return Timestamp(text).map { WaitUnit.span(to: $0, from: serverNow) }
        }
    }

    /// Digits with a sign and a fraction at most, so that neither `inf` nor `0x10` is a number.
    private static func decimal(_ text: String) -> Double? {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let isDecimal = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        return isDecimal && digits.utf8.count <= 40 ? Double(text) : nil
    }

    /// A wait in whole milliseconds, shorter than was asked for by less than a microsecond if at all.
    ///
    /// In binary, 4.03 times 1000 is more than 4030.
    private static func span(seconds: Double) -> Duration {
        let longest = Double(RetryAfter.longest.components.seconds)
        let microseconds = (min(max(seconds, 0), longest) * 1_000_000).rounded()
        return .milliseconds(Int64((microseconds / 1_000).rounded(.up)))
    }

    private static func span(to end: Timestamp, from now: Timestamp) -> Duration {
        min(max(end.duration(since: now), .zero), RetryAfter.longest)
    }
}

extension Timestamp {
    /// Seconds since 1970.
    fileprivate var unixTime: Double {
        let span = duration(since: Timestamp(secondsSince1970: 0)).components
        return Double(span.seconds) + Double(span.attoseconds) / 1e18
    }
}
