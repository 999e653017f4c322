/// Everything that decides what a simulator serves, as a value: the data, the platforms' options, the faults and the limits.
///
/// The same plan, clock and order of requests give the same answers, byte for byte but for request identifiers and dates.
package struct SimulatorPlan: Sendable {
    /// Decides all generated data and every probability.
    package var seed: UInt64
    package var kismet: KismetPlan
    package var webex: WebexPlan
    /// Faults in the order in which they are asked; the first that replaces an answer wins, additions (latency, token death,
    /// duplicated headers) add up.
    package var faults: [Fault]
    package var rateLimit: RateLimitPlan?
    /// A wait before every answer, in milliseconds.
    package var latencyMilliseconds: Int
    /// How long after an answer with `Retry-After` a request still counts as having been on the wire, in milliseconds.
    package var retryAfterGraceMilliseconds: Int
    /// The newest instant of generated data, seconds since 1970; `nil` means the start of the clock's day (UTC) at `init`.
    package var anchor: Int64?
    /// What a second listener serves as the origin of media; `nil` means that there is none.
    package var media: MediaPlan?
    /// The origin of media links where nothing serves media.
    ///
    /// Nothing answers at the default: `.invalid` is reserved (RFC 6761 §6.4).
    package var mediaOrigin: String

    package init(
        seed: UInt64 = 1,
        kismet: KismetPlan = KismetPlan(),
        webex: WebexPlan = WebexPlan(),
        faults: [Fault] = [],
        rateLimit: RateLimitPlan? = nil,
        latencyMilliseconds: Int = 0,
        retryAfterGraceMilliseconds: Int = 2,
        anchor: Int64? = nil,
        media: MediaPlan? = nil,
        mediaOrigin: String = "https://s3.simulator.invalid"
    ) {
        self.seed = seed
        self.kismet = kismet
        self.webex = webex
        self.faults = faults
        self.rateLimit = rateLimit
        self.latencyMilliseconds = latencyMilliseconds
        self.retryAfterGraceMilliseconds = retryAfterGraceMilliseconds
        self.anchor = anchor
        self.media = media
        self.mediaOrigin = mediaOrigin
    }
}
