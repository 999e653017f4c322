/// Everything of a simulator that changes, behind its one lock.
struct SimulatorState: Sendable {
    var statistics = SimulatorStatistics()
    var faults: FaultInjector
    var limiter: RateLimiter?
    var retryAfter = RetryAfterLedger()
    var kismet = KismetOverlay()
    var webex = WebexOverlay()
    var media: MediaOverlay
    var tokens: WebexTokens
    var requestNumber: UInt64 = 0
    /// What arrived since somebody asked for it to be kept; `nil` means that nothing is kept.
    var requests: [SimulatedRequest]?

    init(plan: SimulatorPlan) {
        faults = FaultInjector(plan.faults, seed: plan.seed)
        limiter = plan.rateLimit.map { RateLimiter($0.kind) }
        media = MediaOverlay(faults: plan.media?.faults ?? [])
        tokens = WebexTokens(plan: plan.webex.authorization, seed: plan.seed)
    }
}
