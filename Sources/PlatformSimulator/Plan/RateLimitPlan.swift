/// A limit on requests, kept for each platform and credential on its own.
///
/// The token endpoint is exempt.
package struct RateLimitPlan: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Tokens come at a steady rate and collect up to the capacity.
        case tokenBucket(perSecond: Double, capacity: Int)
        /// So many requests in each interval counted from the first request.
        case fixedWindow(limit: Int, seconds: Double)
    }

    /// How the wait until the next free request is told.
    package enum Announcement: Sendable, Equatable {
        case none
        /// Whole seconds, rounded up.
        case seconds
        /// Seconds with three decimals, rounded up.
        case fraction
        /// An HTTP date, rounded up to the next second.
        case date
        case text(String)
    }

    package var kind: Kind
    package var announcement: Announcement
    /// The platform that is limited; `nil` limits both.
    package var platform: SimulatedPlatform?

    package init(_ kind: Kind, announcement: Announcement = .seconds, platform: SimulatedPlatform? = nil) {
        self.kind = kind
        self.announcement = announcement
        self.platform = platform
    }

    func style(waitNanoseconds wait: Int64, wallMilliseconds: Int64) -> RetryAfterStyle {
        switch announcement {
        case .none: return .none
        case .text(let text): return .text(text)
        case .seconds: return .seconds(Int((wait + 999_999_999) / 1_000_000_000))
        case .fraction: return .fraction(Double((wait + 999_999) / 1_000_000) / 1000)
        case .date:
            let second = CivilTime.floorDivide(wallMilliseconds, 1000)
            let end = wallMilliseconds + (wait + 999_999) / 1_000_000
            return .date(secondsAhead: Int((end - second * 1000 + 999) / 1000))
        }
    }
}
