package import RawJSON
package import RecordingKit

/// The one table from an answer to what is done about it.
///
/// Unknown means permanent.
package struct ResponseClassifier: Sendable {
    private let rules: [ResponseRule]
    /// The platform's own header fields about its limits.
    let signals: RateSignals

    /// Makes the table, with a connector's additions, which go first, and its platform's header fields.
    package init(rules: [ResponseRule] = [], signals: RateSignals = RateSignals()) {
        self.rules = rules
        self.signals = signals
    }

    /// Judges a complete answer to a request that expects JSON.
    ///
    /// - Returns: the verdict, and the parsed body when the answer is accepted.
    package func classify(_ response: TransportResponse, now: Timestamp) -> (verdict: Verdict, json: JSONValue?) {
        let wish = ServerWish(response, signals: signals, now: now)
        // Parsed once, also where a rule has to look into it.
        let looksInside = rules.contains { $0.statuses.contains(response.status) && $0.readsBody }
        let parsed = looksInside ? try? JSONDocument(parsing: response.body).root : nil
        if let verdict = connectorVerdict(response, parsed, wish) { return (verdict, nil) }
        if (200...299).contains(response.status) { return judgeBody(response, parsed) }
        return (judgeStatus(response.status, wish), nil)
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

    private func judgeStatus(_ status: Int, _ wish: ServerWish) -> Verdict {
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
        case 423: judgeLock(wish)
        case 429:
            .failure(
                .waitUntil,
                .rateLimited,
                "The platform asks for fewer requests.",
                serverWish: wish.waitAfterRefusal
            )
        case 408, 425:
            .failure(
                .retry,
                .serverError,
                "The platform could not take the request in time.",
                serverWish: wish.wait
            )
        case 504:
            .failure(.shrinkPage, .serverError, "The platform took too long.", serverWish: wish.wait)
        case 500, 502, 503, 507, 509, 520...530:
            .failure(
                status == 503 && wish.wait != nil ? .waitUntil : .retry,
                .serverError,
                "The platform failed.",
                serverWish: wish.wait
            )
        case 300...399:
            .failure(.fail, .redirectRefused, "The redirect cannot be followed.")
        default:
            .failure(.fail, .unexpectedStatus, "The platform refused the request.")
        }
    }

    /// A lock concerns one thing and says nothing of the rate: the others are asked for meanwhile unless the platform names a wait.
    private func judgeLock(_ wish: ServerWish) -> Verdict {
        var verdict = Verdict.failure(
            wish.wait == nil ? .retry : .waitUntil,
            .rateLimited,
            "What was asked for is locked for now.",
            serverWish: wish.wait
        )
        verdict.isAboutRate = false
        return verdict
    }

    private func judgeBody(_ response: TransportResponse, _ parsed: JSONValue?) -> (Verdict, JSONValue?) {
        if response.body.isEmpty {
            return response.status == 204 || response.status == 205
                ? (.accepted, JSONValue.null)
                : (.failure(.retry, .truncatedResponse, "The answer is empty."), nil)
        }
        if isMarkup(response) {
            return (.failure(.fail, .notJSON, "The answer is a web page where JSON was due."), nil)
        }
        if let parsed { return (.accepted, parsed) }
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
        // By far the most common one, which needs no search.
        if !type.hasPrefix("application/json"), type.hasPrefix("text/html") || type.contains("xml") { return true }
        return response.body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } == UInt8(ascii: "<")
    }

    private func connectorVerdict(
        _ response: TransportResponse,
        _ body: JSONValue?,
        _ wish: ServerWish
    ) -> Verdict? {
        guard let rule = rules.first(where: { $0.statuses.contains(response.status) && matches($0, body) }) else {
            return nil
        }
        let wait = rule.wait.flatMap { wish.wait(at: $0, in: body) }
        switch rule.meaning {
        case .retry:
            return .failure(.retry, .serverError, "The platform failed.", serverWish: wait ?? wish.wait)
        case .rateLimited:
            return .failure(
                .waitUntil,
                .rateLimited,
                "The platform asks for fewer requests.",
                serverWish: wait ?? wish.waitAfterRefusal
            )
        case .unauthorized:
            return .failure(.refreshCredential, .unauthorized, "The credentials were rejected.")
        case .failure(let code):
            return .failure(.fail, code, "The platform refused the request.")
        }
    }

    private func matches(_ rule: ResponseRule, _ body: JSONValue?) -> Bool {
        guard let pointer = rule.pointer else { return true }
        guard let value = body?.value(at: pointer), !value.isNull else { return false }
        return rule.value == nil || rule.value == value.scalarText ?? value.boolean.map(String.init)
    }
}

extension ResponseRule {
    /// Whether the rule depends on what is in the body.
    fileprivate var readsBody: Bool {
        if case .body = wait?.place { return true }
        return pointer != nil
    }
}

extension JSONValue {
    /// The JSON value `null`, for an answer without content.
    package static var null: JSONValue? { try? JSONDocument(parsing: Array("null".utf8)).root }
}
