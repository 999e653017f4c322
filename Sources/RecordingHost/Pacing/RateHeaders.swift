package import RecordingKit

/// What an answer says about the limit before it is met, in one of the header fields that platforms use for it.
///
/// Understood are `RateLimit` in both forms of the IETF draft (draft-ietf-httpapi-ratelimit-headers), its earlier
/// `RateLimit-Limit`, `-Remaining` and `-Reset`, and the same three as `X-RateLimit-…` and `X-Rate-Limit-…`, where the reset is
/// a number of seconds or a time in seconds (or milliseconds) since 1970; `X-Rate-Limit-Window` stands in for a reset that is
/// not sent. A connector's own names (`RateSignals`) go before these. What cannot be read is ignored.
package struct RateHeaders: Sendable, Hashable {
    /// The longest time for which a header field alone closes the gate; a longer wait takes a refusal.
    package static let longestClosing: Duration = .seconds(60)

    /// How many requests a window allows, or nil when that is not said.
    package let limit: Double?
    /// How many requests are left in this window, or nil when that is not said.
    package let remaining: Double?
    /// How long this window still lasts; nil when that is not said, zero when it is over.
    package let reset: Duration?

    /// Reads the header fields of an answer.
    ///
    /// - Parameters:
    ///   - headers: the answer's header fields.
    ///   - signals: the platform's own names.
    ///   - now: this side's time, for a reset that is given as a time.
    /// - Returns: nil when the fields are missing or say neither a limit nor what remains.
    package init?(headers: HTTPHeaders, signals: RateSignals = RateSignals(), now: Timestamp) {
        if let declared = RateHeaders(declared: signals, in: headers, now: now) {
            self = declared
            return
        }
        let families = ["RateLimit", "X-RateLimit", "X-Rate-Limit"].lazy.compactMap { prefix -> RateHeaders? in
            func number(_ suffix: String) -> Double? { headers["\(prefix)-\(suffix)"].flatMap(Self.leadingNumber) }
            return RateHeaders(
                limit: number("Limit"),
                remaining: number("Remaining"),
                reset: number("Reset") ?? number("Window"),
                now: now
            )
        }
        guard let found = Self.combined(headers.values(of: "RateLimit"), now: now) ?? families.first else { return nil }
        self = found
    }

    /// How long nothing should be sent: until the window ends when nothing remains, at most ``longestClosing``; else nil.
    package var closesFor: Duration? {
        guard let remaining, remaining < 1, let reset, reset > .zero else { return nil }
        return min(reset, Self.longestClosing)
    }

    private init?(declared signals: RateSignals, in headers: HTTPHeaders, now: Timestamp) {
        func first(of names: [String]) -> String? { names.lazy.compactMap { headers[$0] }.first }
        limit = first(of: signals.limit).flatMap(Self.leadingNumber)
        remaining = first(of: signals.remaining).flatMap(Self.leadingNumber)
        guard limit != nil || remaining != nil else { return nil }
        let serverNow = headers["Date"].flatMap { HTTPDate.parse($0, now: now) } ?? now
        reset = first(of: signals.reset).flatMap { signals.resetUnit.wait(in: $0, serverNow: serverNow) }
    }

    private init?(limit: Double?, remaining: Double?, reset: Double?, now: Timestamp) {
        guard limit != nil || remaining != nil else { return nil }
        self.limit = limit
        self.remaining = remaining
        self.reset = reset.map { Self.duration($0, now: now) }
    }

    /// The policy with the fewest requests left, from fields such as `"hour";r=0;t=30, "day";r=900;t=7200` or
    /// `limit=100, remaining=0, reset=30`.
    private static func combined(_ values: [String], now: Timestamp) -> RateHeaders? {
        let policies = values.flatMap { $0.split(separator: ",") }.map(parameters)
        let isNamed = policies.contains { $0["r"] != nil }
        let groups = isNamed ? policies : [policies.reduce(into: [:]) { $0.merge($1) { first, _ in first } }]
        let read = groups.compactMap { group in
            RateHeaders(
                limit: group["limit"] ?? group["q"],
                remaining: group["remaining"] ?? group["r"],
                reset: group["reset"] ?? group["t"],
                now: now
            )
        }
        return read.min { ($0.remaining ?? .infinity) < ($1.remaining ?? .infinity) }
    }

    private static func parameters(_ policy: Substring) -> [String: Double] {
        var parameters: [String: Double] = [:]
        for part in policy.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let number = leadingNumber(String(pair[1])) else { continue }
            parameters[pair[0].trimmingSpaces.lowercased()] = number
        }
        return parameters
    }

    /// The number before the first comma or semicolon: digits, perhaps with a fraction.
    private static func leadingNumber(_ text: String) -> Double? {
        let number = text.prefix { $0 != "," && $0 != ";" }.trimmingSpaces
        let isDecimal = number.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        return isDecimal && number.utf8.count <= 18 ? Double(number) : nil
    }

    private static func duration(_ reset: Double, now: Timestamp) -> Duration {
        // No window lasts 30 years, and no clock stands before 2001.
        guard reset >= 1e9 else { return .milliseconds(Int64((reset * 1_000).rounded(.up))) }
        let seconds = reset >= 1e12 ? reset / 1_000 : reset
        guard seconds < 1e11 else { return .seconds(100_000_000_000) }
        let time = Timestamp(
            secondsSince1970: Int64(seconds),
            nanoseconds: Int64(seconds.truncatingRemainder(dividingBy: 1) * 1e9)
        )
        return max(time.duration(since: now), .zero)
    }
}
