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

    /// What one try came to.
    private struct Attempt<Value: Sendable>: Sendable {
        var verdict: Verdict
        var response: TransportResponse?
        var value: Value?
    }

    /// Sends one request until it is answered or the tries are used up.
    ///
    /// A try that has begun is carried to its end, `accept` included, even when the task is cancelled meanwhile: a platform that
    /// rotates refresh tokens may have retired the old one by then. The waits between tries end at once.
    ///
    /// - Parameter accept: keeps what a successful answer holds.
    /// - Returns: what `accept` made of the answer.
    /// - Throws: `TapedeckError`: `unauthorized` when the platform rejects the client or its refresh token; what `accept` throws;
    ///   `CancellationError`.
    func send<Value: Sendable>(
        _ request: TransportRequest,
        accept: @escaping @Sendable (JSONValue) async throws -> Value
    ) async throws -> Value {
        var attempts = 0
        while true {
            try Task.checkCancellation()
            attempts += 1
            let attempt = try await withoutCancellation { try await attemptOnce(request, accept) }
            if let value = attempt.value { return value }
            let verdict = attempt.verdict
            let decision = policy.decide(attempt: attempts, serverWish: verdict.serverWish, jitter: jitter())
            switch (verdict.action, decision) {
            case (.retry, .wait(let wait)), (.waitUntil, .wait(let wait)), (.shrinkPage, .wait(let wait)):
                try await clock.sleep(until: clock.uptime + wait)
            case (.retry, .comeBack(let wait)), (.waitUntil, .comeBack(let wait)), (.shrinkPage, .comeBack(let wait)):
                throw complete(.waitTooLong(until: clock.now.end(of: wait)), attempt.response, attempts)
            default:
                throw failure(verdict, attempt.response, attempts)
            }
        }
    }

    private func attemptOnce<Value: Sendable>(
        _ request: TransportRequest,
        _ accept: @Sendable (JSONValue) async throws -> Value
    ) async throws -> Attempt<Value> {
        let classifier = ResponseClassifier()
        let response: TransportResponse
        do {
            response = try await transport.send(request)
        } catch let error as TransportError {
            return Attempt(verdict: classifier.classify(error))
        }
        let (verdict, json) = classifier.classify(response, now: clock.now)
        guard verdict.action == .accept, let json else { return Attempt(verdict: verdict, response: response) }
        do {
            return Attempt(verdict: verdict, response: response, value: try await accept(json))
        } catch let error as TapedeckError {
            throw complete(error, response, 1)
        }
    }

    private func failure(_ verdict: Verdict, _ response: TransportResponse?, _ attempts: Int) -> TapedeckError {
        // RFC 6749 §5.2: a bad grant is a 400, a bad client a 400 or 401.
        let isRejected = response.map { [400, 401, 403].contains($0.status) } ?? false
        let error =
            isRejected
            ? TapedeckError(
                .unauthorized,
                "The token endpoint rejected the client or its refresh token; authorise the integration again."
            )
            : TapedeckError(verdict.code ?? .unexpectedStatus, "No token could be had: \(verdict.reason)")
        return complete(error, response, attempts)
    }

    private func complete(
        _ error: TapedeckError,
        _ response: TransportResponse?,
        _ attempts: Int
    ) -> TapedeckError {
        var error = error
        error.source = source
        error.endpoint = "POST token endpoint"
        error.status = response?.status
        error.requestID = response?.headers.requestID(in: requestIDHeader)
        error.attempts = attempts
        return error
    }
}
