package import RawJSON
package import RecordingKit

/// The one table from an answer to what is done about it.
///
/// Unknown means permanent.
package struct ResponseClassifier: Sendable {
    private let rules: [ResponseRule]

    /// Makes the table, with a connector's additions, which go first.
    package init(rules: [ResponseRule] = []) { self.rules = rules }

    /// Judges a complete answer to a request that expects JSON.
    ///
    /// - Returns: the verdict, and the parsed body when the answer is accepted.
    package func classify(_ response: TransportResponse, now: Timestamp) -> (verdict: Verdict, json: JSONValue?) {
        let retryAfter = RetryAfter(
            response.headers.values(of: "Retry-After"),
            date: response.headers["Date"],
            now: now
        )
        if let verdict = connectorVerdict(response, retryAfter) { return (verdict, nil) }
        if (200...299).contains(response.status) { return judgeBody(response) }
        return (judgeStatus(response.status, retryAfter), nil)
    }

    /// Judges a failure to get an answer.
    package func classify(_ error: TransportError) -> Verdict {
        switch error.kind {
        case .unresolvedHost:
            .failure(.retry, .connectionFailed, "The host name could not be resolved.")
        case .notConnected:
            .failure(.retry, .connectionFailed, "No connection could be made.")
        case .connectionBroken:
            .failure(.retry, .connectionFailed, "The connection broke before the answer was complete.")
        case .truncated:
            .failure(.retry, .truncatedResponse, "The answer ended before its end.")
        case .timedOut:
            .failure(.retry, .timeout, "Nothing came before the time-out.")
        case .malformed:
            .failure(.retry, .malformedResponse, "The answer is not valid HTTP.")
        case .tlsFailed:
            .failure(
                .fail,
                .tlsFailed,
                "TLS could not be set up: check the certificate, the host name and the CA bundle."
            )
        case .tooLarge:
            .failure(.fail, .responseTooLarge, "The answer is larger than the limit for API answers.")
        case .insecure:
            .failure(
                .fail,
                .insecureURL,
                "Plain http goes only to this machine; use https, or set allowInsecureHTTP for a trusted network."
            )
        case .addressRefused:
            .failure(.fail, .addressRefused, "The connection leads to an address that the source does not belong to.")
        case .transportFailed:
            .failure(.fail, .connectionFailed, "The transport failed or was shut down.")
        }
    }

    private func judgeStatus(_ status: Int, _ retryAfter: RetryAfter) -> Verdict {
        switch status {
        case 401:
            .failure(.refreshCredential, .unauthorized, "The credentials were rejected.")
        case 403:
            .failure(.fail, .forbidden, "The credentials do not allow this.")
        case 404:
            .failure(.fail, .notFound, "It does not exist or is not accessible.")
        case 410:
            .failure(.fail, .gone, "It no longer exists.")
        case 428:
            .failure(.fail, .confirmationRequired, "The platform wants a confirmation first.")
        case 423, 429:
            .failure(.waitUntil, .rateLimited, "The platform asks for fewer requests.", serverWish: retryAfter.duration)
        case 408, 425:
            .failure(
                .retry,
                .serverError,
                "The platform could not take the request in time.",
                serverWish: retryAfter.duration
            )
        case 504:
            .failure(.shrinkPage, .serverError, "The platform took too long.", serverWish: retryAfter.duration)
        case 500, 502, 503, 507, 509, 520...530:
            .failure(
                status == 503 && retryAfter.duration != nil ? .waitUntil : .retry,
                .serverError,
                "The platform failed.",
                serverWish: retryAfter.duration
            )
        case 300...399:
            .failure(.fail, .redirectRefused, "The redirect cannot be followed.")
        default:
            .failure(.fail, .unexpectedStatus, "The platform refused the request.")
        }
    }

    private func judgeBody(_ response: TransportResponse) -> (Verdict, JSONValue?) {
        if response.body.isEmpty {
            return response.status == 204 || response.status == 205
                ? (.accepted, JSONValue.null)
                : (.failure(.retry, .truncatedResponse, "The answer is empty."), nil)
        }
        if isMarkup(response) {
            return (.failure(.fail, .notJSON, "The answer is a web page where JSON was due."), nil)
        }
        do {
            return (.accepted, try JSONDocument(parsing: response.body).root)
        } catch {
            return error.isTruncation
                ? (.failure(.retry, .truncatedResponse, "The JSON ends before its end."), nil)
                : (.failure(.fail, .malformedResponse, "The answer is not valid JSON (\(error))."), nil)
        }
    }

    private func isMarkup(_ response: TransportResponse) -> Bool {
        let type = response.headers["Content-Type"]?.lowercased() ?? ""
        if type.hasPrefix("text/html") || type.contains("xml") { return true }
        return response.body.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
    }

    private func connectorVerdict(_ response: TransportResponse, _ retryAfter: RetryAfter) -> Verdict? {
        for rule in rules where rule.status == response.status && matches(rule, response.body) {
            switch rule.meaning {
            case .retry:
                return .failure(.retry, .serverError, "The platform failed.", serverWish: retryAfter.duration)
            case .rateLimited:
                return .failure(
                    .waitUntil,
                    .rateLimited,
                    "The platform asks for fewer requests.",
                    serverWish: retryAfter.duration
                )
            case .unauthorized:
                return .failure(.refreshCredential, .unauthorized, "The credentials were rejected.")
            case .failure(let code):
                return .failure(.fail, code, "The platform refused the request.")
            }
        }
        return nil
    }

    private func matches(_ rule: ResponseRule, _ body: [UInt8]) -> Bool {
        guard let pointer = rule.pointer else { return true }
        guard let document = try? JSONDocument(parsing: body), let value = document.root.value(at: pointer),
            !value.isNull
        else { return false }
        return rule.value == nil || rule.value == value.scalarText
    }
}

extension JSONValue {
    /// The JSON value `null`, for an answer without content.
    package static var null: JSONValue? { try? JSONDocument(parsing: Array("null".utf8)).root }
}
