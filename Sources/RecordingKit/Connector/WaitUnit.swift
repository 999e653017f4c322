/// How a platform writes for how long, or until when, it wants to be left alone.
public struct WaitUnit: Sendable, Hashable {
    /// The name in declarations, such as `unix_seconds`.
    public let rawValue: String

    private init(name: String) { rawValue = name }

    /// The unit with this name, or nil.
    public init?(rawValue: String) {
        guard let known = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = known
    }

    /// A number of seconds, perhaps with a fraction.
    public static let seconds = Self(name: "seconds")
    /// A number of milliseconds.
    public static let milliseconds = Self(name: "milliseconds")
    /// A time in seconds since 1970, perhaps with a fraction.
    public static let unixSeconds = Self(name: "unix_seconds")
    /// A time in milliseconds since 1970.
    public static let unixMilliseconds = Self(name: "unix_milliseconds")
    /// A time in one of the forms of HTTP (RFC 9110 §5.6.7).
    public static let httpDate = Self(name: "http_date")
    /// A time such as `2026-01-31T08:00:00Z` (RFC 3339); without a zone it is UTC.
    public static let rfc3339 = Self(name: "rfc3339")
    /// All of them.
    public static let all: [Self] = [.seconds, .milliseconds, .unixSeconds, .unixMilliseconds, .httpDate, .rfc3339]
}
