import RawJSON
import RecordingKit

/// Sends a source's requests: waits for the pacer, resolves the credential, sends, classifies, and accepts or acts.
struct RequestSender: Sendable {
    let transport: any HTTPTransport
    let pacer: Pacer
    let authenticator: any Authenticator
    let classifier: ResponseClassifier
    let policy: RetryPolicy
    let clock: any HostClock
    let jitter: @Sendable () -> Double
    let destination: Destination
    let monitor: SourceMonitor
    let auditBudget: AuditBudget
    let pageSizes = PageSizeMemory()
    let longWait = LongWait()
    let clockGuard = ClockGuard()

    /// Where requests go and what holds for them.
    struct Destination: Sendable {
        let source: String
        let baseURL: HTTPURL
        let rules: WindowRules
        let limits: TransportLimits
        let requestIDHeader: String?
        /// Where links to files may carry the credentials, besides the origin of ``baseURL``.
        var credentialOrigins: [OriginPattern] = []
        /// The names of the query's parameters that carry the credentials.
        var credentialParameters: [String] = []
    }

    /// What one exchange came to.
    private struct Exchange {
        var verdict: Verdict
        var decision: RetryPolicy.Decision
        var credential: Credential
        var response: TransportResponse?
        var json: JSONValue?
    }

    /// More tries than these do not heal a platform that cuts its answers short.
    private static let attemptsForDamagedAnswers = 4
    /// How often a request may be overtaken by a renewal before its rejection counts.
    private static let staleCredentialsTolerated = 5

    /// Sends until there is an answer or a failure.
    ///
    /// - Throws: `TapedeckError`; `PageTooSlow` for a request that can shrink; `CancellationError`.
    func send(_ prepared: PreparedRequest) async throws -> APIResponse {
        var attempt = 0
        var hasRenewed = false
        var staleCredentials = 0
        while true {
            attempt += 1
            let exchange = try await exchangeOnce(
                prepared,
                attempt: attempt,
                isRepeated: attempt > 1 || hasRenewed || staleCredentials > 0
            )
            switch exchange.verdict.action {
            case .accept:
                guard let response = exchange.response, let json = exchange.json else {
                    throw failure(exchange, prepared, attempts: attempt)
                }
                return APIResponse(
                    status: response.status,
                    headers: exchange.credential.cleaning(response.headers),
                    json: try exchange.credential.cleaning(json)
                )
            case .fail:
                throw failure(exchange, prepared, attempts: attempt)
            case .refreshCredential:
                let isCurrent = await authenticator.isCurrent(exchange.credential)
                attempt -= 1
                if !isCurrent, staleCredentials < RequestSender.staleCredentialsTolerated {
                    // Another request has had it renewed meanwhile: this one was sent with what is known to be dead.
                    staleCredentials += 1
                } else if !hasRenewed, try await authenticator.renew(after: exchange.credential) {
                    hasRenewed = true
                } else {
                    throw failure(exchange, prepared, attempts: attempt + 1)
                }
            case .shrinkPage where prepared.canShrink:
                throw PageTooSlow()
            case .retry, .waitUntil, .shrinkPage:
                try await holdBack(exchange, prepared, attempt: attempt)
            }
        }
    }

    private func exchangeOnce(
        _ prepared: PreparedRequest,
        attempt: Int,
        isRepeated: Bool
    ) async throws -> Exchange {
        let permit = try await pacer.acquire()
        var outcome = Pacer.Outcome.failed
        defer { pacer.finish(permit, outcome) }
        if let end = longWait.end { throw waitTooLong(until: end, prepared) }
        let credential = try await authenticator.credential()
        let read = try await auditBudget.spend(on: prepared, of: destination.source, at: clock.now)
        monitor.sent(isRepeated: isRepeated, auditCost: prepared.request.auditCost)
        let sentAt = clock.now
        do {
            let response = try await RedirectFollower(transport: transport, credential: credential)
                .send(makeRequest(prepared))
            if let read { try await noteAnswer(to: read, response, sentAt: sentAt) }
            try checkClock(response, sentAt: sentAt, prepared)
            let (verdict, json) = classifier.classify(response, now: clock.now)
            let decision = policy.decide(attempt: attempt, serverWish: verdict.serverWish, jitter: jitter())
            outcome = pacing(verdict, decision, attempt)
            if case .waitUntil = verdict.action, case .comeBack(let wait) = decision {
                longWait.note(until: clock.now.end(of: wait))
            }
            if verdict.code == .rateLimited { monitor.refused() }
            let rate = RateHeaders(headers: response.headers, signals: classifier.signals, now: clock.now)
            if let closed = rate?.closesFor { pacer.close(for: closed) }
            return Exchange(
                verdict: verdict,
                decision: decision,
                credential: credential,
                response: response,
                json: json
            )
        } catch let error as TransportError {
            return Exchange(
                verdict: classifier.classify(error),
                decision: policy.decide(attempt: attempt, serverWish: nil, jitter: jitter()),
                credential: credential
            )
        }
    }

    private func checkClock(_ response: TransportResponse, sentAt: Timestamp, _ prepared: PreparedRequest) throws {
        do {
            try clockGuard.check(response.headers, sentAt: sentAt, receivedAt: clock.now)
        } catch var error as TapedeckError {
            error.source = destination.source
            error.endpoint = "\(prepared.request.method) \(prepared.request.endpoint)"
            throw error
        }
    }

    /// Only what was answered with success has left its entry for certain, and so only that is given a time.
    private func noteAnswer(to read: AuditRead, _ response: TransportResponse, sentAt: Timestamp) async throws {
        let date = (200...299).contains(response.status) ? response.headers["Date"] : nil
        try await auditBudget.answered(
            read,
            requestID: response.headers.requestID(in: destination.requestIDHeader),
            platformTime: date.flatMap { HTTPDate.parse($0, now: sentAt) }
        )
    }

    /// What the pacer learns from an answer.
    private func pacing(_ verdict: Verdict, _ decision: RetryPolicy.Decision, _ attempt: Int) -> Pacer.Outcome {
        guard verdict.action == .waitUntil else { return .answered }
        let wait: Duration
        switch decision {
        case .wait(let time): wait = time
        case .giveUp: wait = max(verdict.serverWish ?? .zero, policy.backOff(attempt: attempt, jitter: 1))
        // Nothing is sent any more; a gate closed for that long would only keep those who wait from learning it.
        case .comeBack: return .failed
        }
        return verdict.isAboutRate ? .refused(wait: wait) : .postponed(wait: wait)
    }

    /// Waits as the policy says, or throws when waiting is over; a closed gate is waited for in the pacer.
    private func holdBack(_ exchange: Exchange, _ prepared: PreparedRequest, attempt: Int) async throws {
        // A refusal for there being too many was not acted upon by the platform, so it may be repeated whatever it was.
        let mayRepeat = prepared.request.isReplayable || exchange.verdict.code == .rateLimited
        let isHopeless =
            exchange.verdict.code == .truncatedResponse
            && attempt >= RequestSender.attemptsForDamagedAnswers
        guard mayRepeat, !isHopeless else { throw failure(exchange, prepared, attempts: attempt) }
        switch exchange.decision {
        case .wait(let wait):
            guard exchange.verdict.action != .waitUntil else { return }
            let now = clock.uptime
            monitor.waits(from: now, until: now + wait)
            try await clock.sleep(until: now + wait)
        case .giveUp:
            throw failure(exchange, prepared, attempts: attempt)
        case .comeBack(let wait):
            var error = TapedeckError.waitTooLong(until: clock.now.end(of: wait))
            complete(&error, exchange, prepared, attempts: attempt)
            throw error
        }
    }

    private func makeRequest(_ prepared: PreparedRequest) -> TransportRequest {
        let now = clock.now
        var headers = prepared.request.headers
        if headers["Accept"] == nil { headers.set("Accept", "application/json") }
        let content = prepared.content(rules: destination.rules, now: now)
        if let content { headers.set("Content-Type", content.type) }
        return TransportRequest(
            method: prepared.request.method,
            url: prepared.url(base: destination.baseURL, rules: destination.rules, now: now),
            headers: headers,
            body: content?.bytes,
            limits: destination.limits
        )
    }

    private func failure(_ exchange: Exchange, _ prepared: PreparedRequest, attempts: Int) -> TapedeckError {
        var error = TapedeckError(exchange.verdict.code ?? .unexpectedStatus, exchange.verdict.reason)
        complete(&error, exchange, prepared, attempts: attempts)
        return error
    }

    private func waitTooLong(until end: Timestamp, _ prepared: PreparedRequest) -> TapedeckError {
        var error = TapedeckError.waitTooLong(until: end)
        error.source = destination.source
        error.endpoint = prepared.request.description
        return error
    }

    private func complete(
        _ error: inout TapedeckError,
        _ exchange: Exchange,
        _ prepared: PreparedRequest,
        attempts: Int
    ) {
        error.source = destination.source
        error.endpoint = "\(prepared.request.method) \(prepared.request.endpoint)"
        error.status = exchange.response?.status
        error.requestID = exchange.response?.headers.requestID(in: destination.requestIDHeader)
        error.attempts = attempts
    }
}
