import Synchronization

/// One request on its way through faults, limits, credentials and the platform.
extension PlatformSimulator {
    private struct Admission {
        var decision = FaultInjector.Decision()
        var limitWait: Int64?
        var number: UInt64 = 0
    }

    func reply(to request: HTTPRequest) -> WireReply {
        let route = KismetRoute.parse(request.path)
        let endpoint = route.endpoint == .unknown ? Self.webexEndpoint(request.path) : route.endpoint
        let credential = Self.credential(request, endpoint)
        let admission = admit(request, endpoint, credential: credential)
        let wallMilliseconds = clock.wallMilliseconds()
        let wallSeconds = CivilTime.floorDivide(wallMilliseconds, 1000)
        let exchange = Exchange(
            request: request,
            endpoint: endpoint,
            route: route.route,
            effect: admission.decision.effect,
            number: admission.number,
            wallMilliseconds: wallMilliseconds,
            requestID: requestID(request, endpoint, admission.number)
        )
        var style = RetryAfterStyle.none
        var response: HTTPResponse
        if let effect = exchange.effect, effect.replacesAnswer {
            response = effect.replacement(request, wallSeconds: wallSeconds) { error(exchange, $0, $1) }
            style = effect.retryAfter
        } else if let wait = admission.limitWait, let limit = plan.rateLimit {
            style = limit.style(waitNanoseconds: wait, wallMilliseconds: wallMilliseconds)
            response = FaultEffect.tooManyRequests(style).replacement(request, wallSeconds: wallSeconds) {
                error(exchange, $0, $1)
            }
        } else {
            response = answer(exchange)
        }
        response.headers.append((endpoint.platform == .kismet ? "X-Request-Id" : "trackingid", exchange.requestID))
        if endpoint.platform == .webex, response.contentType.hasPrefix("application/json") {
            response.contentType = "application/json;charset=UTF-8"
        }
        if case .wrongTotal(let excess) = exchange.effect { response.body.growTotal(by: excess) }
        response.duplicatesHeaders = admission.decision.duplicatesHeaders
        response.closes = response.closes || !request.keepsAlive
        count(response, credential: credential, wait: style.waitNanoseconds(wallMilliseconds: wallMilliseconds))
        var reply = (exchange.effect ?? .latency(0)).spoil(response, wallSeconds: wallSeconds)
        reply.delayMilliseconds = plan.latencyMilliseconds + admission.decision.latencyMilliseconds
        return reply
    }

    private func admit(_ request: HTTPRequest, _ endpoint: SimulatorEndpoint, credential: String?) -> Admission {
        let now = clock.monotonicNanoseconds()
        return state.withLock { state in
            state.requestNumber += 1
            state.statistics.requests += 1
            state.statistics.requestsByEndpoint[endpoint, default: 0] += 1
            state.requests?.append(SimulatedRequest(endpoint: endpoint, target: request.target))
            var admission = Admission()
            admission.number = state.requestNumber
            if let credential {
                if state.retryAfter.isRunning(credential, now: now) { state.statistics.requestsWhileRetryAfter += 1 }
                if plan.rateLimit?.platform == nil || plan.rateLimit?.platform == endpoint.platform {
                    admission.limitWait = state.limiter?.take(credential, now: now)
                }
            }
            // A request that the limit turns away is not one that a fault could have struck.
            guard admission.limitWait == nil, !state.faults.isEmpty else { return admission }
            admission.decision = state.faults.decide(endpoint, max: request.query["max"].flatMap { Int($0) })
            for kind in admission.decision.kinds { state.statistics.faults[kind, default: 0] += 1 }
            if admission.decision.killsToken { state.tokens.killAccessTokens() }
            return admission
        }
    }

    private func count(_ response: HTTPResponse, credential: String?, wait: Int64) {
        guard response.status >= 400 else { return }
        let now = clock.monotonicNanoseconds()
        state.withLock { state in
            if response.status == 429 { state.statistics.tooManyRequests += 1 }
            if response.status < 500 { state.statistics.clientErrors += 1 } else { state.statistics.serverErrors += 1 }
            guard let credential else { return }
            let grace = Int64(plan.retryAfterGraceMilliseconds) * 1_000_000
            state.retryAfter.note(credential, now: now, wait: wait, grace: grace)
        }
    }

    private static func webexEndpoint(_ path: String) -> SimulatorEndpoint {
        switch path {
        case SimulatorEndpoint.webexAccessSummary.rawValue: .webexAccessSummary
        case SimulatorEndpoint.webexAccessDetail.rawValue: .webexAccessDetail
        case SimulatorEndpoint.webexRecordings.rawValue: .webexRecordings
        case SimulatorEndpoint.webexSites.rawValue: .webexSites
        case SimulatorEndpoint.webexAccessToken.rawValue: .webexAccessToken
        default: isRecording(path) ? .webexRecording : .unknown
        }
    }

    private static func isRecording(_ path: String) -> Bool {
        let prefix = "\(SimulatorEndpoint.webexRecordings.rawValue)/"
        return path.hasPrefix(prefix) && path.count > prefix.count && !path.dropFirst(prefix.count).contains("/")
    }

    /// What limits are kept by; `nil` for the token endpoint and unknown paths, which have none.
    private static func credential(_ request: HTTPRequest, _ endpoint: SimulatorEndpoint) -> String? {
        switch endpoint.platform {
        case .kismet: request[header: "x-client-id"] ?? "kismet"
        case .webex: endpoint == .webexAccessToken ? nil : request[header: "authorization"] ?? "webex"
        case nil: nil
        }
    }

    private func requestID(_ request: HTTPRequest, _ endpoint: SimulatorEndpoint, _ number: UInt64) -> String {
        let random = SeededHash.value(plan.seed, 71, number)
        guard endpoint.platform != .kismet else { return String(random, radix: 16) }
        if let sent = request[header: "trackingid"], !sent.isEmpty { return sent }
        return "ROUTER_\(String(random, radix: 16, uppercase: true))-01BB-\(number)"
    }
}
