import RecordingKit

/// Puts together what sends one source's requests.
struct SourceMachinery: Sendable {
    let transport: any HTTPTransport
    let clock: any HostClock
    let jitter: @Sendable () -> Double

    /// What sends a source's requests.
    ///
    /// - Throws: `TapedeckError` with code `configuration_invalid`.
    func sender(
        of assembly: SourceAssembly,
        ledger: any Ledger,
        monitor: SourceMonitor,
        auditBudget: AuditBudget,
        pacers: PacerPool,
        attempts: Int = 8
    ) throws -> RequestSender {
        let descriptor = assembly.descriptor
        let source = assembly.configuration.id
        let policy = RetryPolicy(maximumAttempts: attempts, maximumWait: assembly.limits.maximumWait)
        let limits = TransportLimits(allowsInsecureHTTP: assembly.parsed.settings.boolean("allowInsecureHTTP"))
        let exchange = TokenExchange(
            transport: transport,
            clock: clock,
            policy: policy,
            jitter: jitter,
            limits: SourceMachinery.tokenLimits(limits),
            source: source,
            requestIDHeader: descriptor.requestIDHeader
        )
        let factory = AuthenticatorFactory(
            settings: assembly.parsed,
            baseURL: assembly.baseURL,
            source: source,
            ledger: ledger,
            exchange: exchange,
            clock: clock,
            random: jitter
        )
        return RequestSender(
            transport: transport,
            pacer: pacers.pacer(of: assembly, clock: clock) { monitor.waits(from: $0, until: $1) },
            authenticator: try factory.make(assembly.authentication),
            classifier: ResponseClassifier(rules: descriptor.responseRules, signals: descriptor.rateSignals),
            policy: policy,
            clock: clock,
            jitter: jitter,
            destination: RequestSender.Destination(
                source: source,
                baseURL: assembly.baseURL,
                rules: descriptor.windowRules,
                limits: limits,
                requestIDHeader: descriptor.requestIDHeader,
                credentialOrigins: descriptor.credentialOrigins,
                credentialParameters: assembly.authentication.configured(in: assembly.parsed)?.queryNames ?? []
            ),
            monitor: monitor,
            auditBudget: auditBudget
        )
    }

    /// A renewal is carried to its end when a run is stopped, so it must not take long.
    private static func tokenLimits(_ limits: TransportLimits) -> TransportLimits {
        var limits = limits
        limits.idleTimeout = .seconds(10)
        limits.totalTimeout = .seconds(20)
        return limits
    }
}
