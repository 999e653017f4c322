/// The header fields in which a platform tells of its limits, where they are not the well-known ones that the host reads anyway.
///
/// Of several names the first that an answer has counts. Names are compared without regard to case.
public struct RateSignals: Sendable, Hashable {
    /// Fields with the number of requests that a window allows.
    public var limit: [String]
    /// Fields with the number of requests that are left in this window.
    public var remaining: [String]
    /// Fields that say when this window ends.
    ///
    /// On a 429 without a wait of its own, this is the platform's wish.
    public var reset: [String]
    /// How ``reset`` is written; default seconds.
    public var resetUnit: WaitUnit
    /// Fields with the wait that the platform asks for; what is readable there goes before `Retry-After`.
    public var retryAfter: [String]
    /// How ``retryAfter`` is written; default seconds.
    public var retryAfterUnit: WaitUnit

    /// Names header fields; none by default.
    public init(
        limit: [String] = [],
        remaining: [String] = [],
        reset: [String] = [],
        resetUnit: WaitUnit = .seconds,
        retryAfter: [String] = [],
        retryAfterUnit: WaitUnit = .seconds
    ) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
        self.resetUnit = resetUnit
        self.retryAfter = retryAfter
        self.retryAfterUnit = retryAfterUnit
    }
}
