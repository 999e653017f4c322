package import RecordingKit

/// What a server asks for in `Retry-After` (RFC 9110 §10.2.3), read so that no value that was ever seen is misread or fatal.
///
/// Seconds, fractions of seconds, the three HTTP dates, `0`, negative numbers and lists are understood; a date is corrected by
/// the answer's own `Date`, so that a wrong clock on either side does no harm. Anything else is `unreadable`.
package enum RetryAfter: Sendable, Hashable {
    /// The field was not sent.
    case absent
    /// How long to wait; zero for a time that has passed and for negative numbers, at most ``longest``.
    case wait(Duration)
    /// The field was sent and means nothing, such as `rand(30),add(30)`.
    case unreadable

    /// The longest wait that is told apart: a year.
    ///
    /// Larger numbers count as this.
    package static let longest: Duration = .seconds(365 * 86_400)

    /// Reads the field.
    ///
    /// - Parameters:
    ///   - values: the field's values, one for each field line.
    ///   - date: the answer's `Date`, or nil.
    ///   - now: this side's time.
    package init(_ values: [String], date: String?, now: Timestamp) {
        guard !values.isEmpty else {
            self = .absent
            return
        }
        let serverNow = date.flatMap { HTTPDate.parse($0, now: now) } ?? now
        let waits = values.compactMap { RetryAfter.wait(in: $0, serverNow: serverNow) }
        self = waits.count == values.count ? waits.max().map(RetryAfter.wait) ?? .unreadable : .unreadable
    }

    /// The wait, or nil when the server gave none that can be read.
    package var duration: Duration? {
        guard case .wait(let duration) = self else { return nil }
        return duration
    }

    private static func wait(in text: String, serverNow: Timestamp) -> Duration? {
        let trimmed = text.trimmingSpaces
        if let date = HTTPDate.parse(trimmed, now: serverNow) {
            return clamp(date.duration(since: serverNow))
        }
        let elements = trimmed.split(separator: ",", omittingEmptySubsequences: false)
        let waits = elements.compactMap { seconds($0.trimmingSpaces) }
        guard waits.count == elements.count else { return nil }
        return waits.max()
    }

    /// A decimal number of seconds without an exponent.
    private static func seconds(_ text: String) -> Duration? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty || parts.count == 2, digits.contains(where: \.isNumber),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        if isNegative { return .zero }
        let whole = parts[0].isEmpty ? 0 : Int64(parts[0].prefix(18)) ?? 0
        guard parts[0].count <= 18, whole <= longest.components.seconds else { return longest }
        let fraction = parts.count == 2 ? Double("0.\(parts[1].prefix(9))") ?? 0 : 0
        return clamp(.seconds(whole) + .milliseconds(Int64((fraction * 1_000).rounded(.up))))
    }

    private static func clamp(_ duration: Duration) -> Duration {
        min(max(duration, .zero), longest)
    }
}

extension StringProtocol {
    /// The text without leading and trailing spaces and tabs.
    var trimmingSpaces: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
