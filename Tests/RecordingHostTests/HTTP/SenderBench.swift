import RawJSON
import RecordingKit
import RecordingTestKit
import Testing

@testable import RecordingHost

/// A request sender over a scripted transport, in no time.
struct SenderBench {
    static let start = Timestamp(secondsSince1970: 1_800_000_000)
    static let source = "clinic"

    let transport: ScriptedTransport
    let clock: ManualClock
    let monitor: SourceMonitor
    let sender: RequestSender
    let ledger: MemoryLedger

    init(
        _ routes: [ScriptedRoute],
        over wrapped: (any HTTPTransport)? = nil,
        transport scripted: ScriptedTransport? = nil,
        authenticator: any Authenticator = FixedAuthenticator(
            fields: [HTTPHeaders.Field(name: "Authorization", value: "Bearer s3cret")]
        ),
        clock: ManualClock = .automatic(at: SenderBench.start),
        baseURL: String = "https://api.test/v1",
        rules: WindowRules = .unfiltered,
        policy: RetryPolicy = RetryPolicy(),
        classifier: ResponseClassifier = ResponseClassifier(),
        concurrency: Int = 8,
        credentialOrigins: [OriginPattern] = [],
        credentialParameters: [String] = [],
        auditLimit: Int? = nil
    ) throws {
        transport = scripted ?? ScriptedTransport(routes)
        self.clock = clock
        let ledger = MemoryLedger()
        self.ledger = ledger
        let monitor = SourceMonitor(source: SenderBench.source, clock: clock, onProgress: { _ in })
        self.monitor = monitor
        sender = RequestSender(
            transport: wrapped ?? transport,
            pacer: Pacer(limits: ConnectorLimits(concurrency: concurrency), clock: clock) {
                monitor.waits(from: $0, until: $1)
            },
            authenticator: authenticator,
            classifier: classifier,
            policy: policy,
            clock: clock,
            jitter: { 0.5 },
            destination: RequestSender.Destination(
                source: SenderBench.source,
                baseURL: try #require(HTTPURL(baseURL)),
                rules: rules,
                limits: TransportLimits(),
                requestIDHeader: "X-Request-Id",
                credentialOrigins: credentialOrigins,
                credentialParameters: credentialParameters
            ),
            monitor: monitor,
            auditBudget: AuditBudget(limit: auditLimit, ledger: ledger)
        )
    }

    /// A bench whose `GET /v1/things` is answered in turn.
    static func things(_ answers: [ScriptedAnswer], policy: RetryPolicy = RetryPolicy()) throws -> SenderBench {
        try SenderBench([ScriptedRoute("GET", "/v1/things", answers: answers)], policy: policy)
    }

    @discardableResult
    func send(_ request: APIRequest = .get("/things"), canShrink: Bool = false) async throws -> APIResponse {
        try await sender.send(PreparedRequest(request: request, canShrink: canShrink))
    }
}
