import RawJSON
import RecordingKit

/// Sends requests to a token endpoint: few tries, short waits, and rejected credentials told from a platform that is down.
struct TokenExchange: Sendable {
    let transport: any HTTPTransport
    let clock: any HostClock
    let policy: RetryPolicy
    let jitter: @Sendable () -> Double
    let limits: TransportLimits
    let source: String
    let requestIDHeader: String?

    /// Sends one request until it is answered or the tries are used up.
    ///
    /// - Returns: the parsed answer.
    /// - Throws: `TapedeckError`: `unauthorized` when the platform rejects the client or its refresh token.
    func send(_ request: TransportRequest) async throws -> JSONValue {
        var attempt = 0
        while true {
            attempt += 1
            let (verdict, json, response) = try await attemptOnce(request)
            if verdict.action == .accept, let json { return json }
            let canRetry = verdict.action == .retry || verdict.action == .waitUntil || verdict.action == .shrinkPage
            let decision = policy.decide(attempt: attempt, serverWish: verdict.serverWish, jitter: jitter())
            guard canRetry, case .wait(let wait) = decision else {
                throw failure(verdict, response, attempts: attempt)
            }
            try await clock.sleep(until: clock.uptime + wait)
        }
    }

    private func attemptOnce(
        _ request: TransportRequest
    ) async throws -> (Verdict, JSONValue?, TransportResponse?) {
        let classifier = ResponseClassifier()
        do {
            let response = try await transport.send(request)
            let (verdict, json) = classifier.classify(response, now: clock.now)
            return (verdict, json, response)
        } catch let error as TransportError {
            return (classifier.classify(error), nil, nil)
        }
    }

    private func failure(_ verdict: Verdict, _ response: TransportResponse?, attempts: Int) -> TapedeckError {
        // RFC 6749 §5.2: a bad grant is a 400, a bad client a 400 or 401.
        let isRejected = response.map { [400, 401, 403].contains($0.status) } ?? false
        var error =
            isRejected
            ? TapedeckError(
                .unauthorized,
                "The token endpoint rejected the client or its refresh token; authorise the integration again."
            )
            : TapedeckError(verdict.code ?? .unexpectedStatus, "No token could be had: \(verdict.reason)")
        error.source = source
        error.endpoint = "POST token endpoint"
        error.status = response?.status
        error.requestID = requestIDHeader.flatMap { name in response?.headers[name] }
        error.attempts = attempts
        return error
    }
}
