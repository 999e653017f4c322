import Synchronization

/// A request with what was found out about it.
struct Exchange {
    let request: HTTPRequest
    let endpoint: SimulatorEndpoint
    let route: KismetRoute?
    let effect: FaultEffect?
    let number: UInt64
    let wallMilliseconds: Int64
    let requestID: String

    var wallSeconds: Int64 { CivilTime.floorDivide(wallMilliseconds, 1000) }
}

extension PlatformSimulator {
    func answer(_ exchange: Exchange) -> HTTPResponse {
        switch exchange.endpoint.platform {
        case .kismet: kismetAnswer(exchange)
        case .webex: webexAnswer(exchange)
        case nil: error(exchange, 404, "The requested resource could not be found.")
        }
    }

    func error(_ exchange: Exchange, _ status: Int, _ message: String) -> HTTPResponse {
        exchange.endpoint.platform == .kismet || exchange.request.path.hasPrefix("/api/")
            ? KismetAPI.error(status, message)
            : WebexErrors.response(status, message, trackingID: exchange.requestID)
    }

    private func kismetAnswer(_ exchange: Exchange) -> HTTPResponse {
        let request = exchange.request
        guard request[header: "x-client-id"] == plan.kismet.clientID,
            request[header: "x-client-secret"] == plan.kismet.clientSecret
        else { return KismetAPI.error(401, "Invalid client credentials") }
        guard request.method == "GET" else { return KismetAPI.error(405, "Method not allowed") }
        let view = KismetView(world: kismet, overlay: state.withLock { $0.kismet })
        if case .egress(let user, let call, let egress) = exchange.route {
            return show(view.call(user: user, call: call).flatMap { view.egress(egress, of: $0) }, exchange)
        }
        let api = KismetAPI(view: view)
        let response = api.answer(exchange.route, query: request.query)
        guard response.status == 200 else { return response }
        switch exchange.route {
        case .auditLogs(_, _, let egress):
            shiftPages(egress: egress, page: KismetPage(request.query).number, at: exchange.wallSeconds)
        default:
            break
        }
        return response
    }

    /// The details of an egress, unless something stands in their way.
    private func show(_ egress: KismetEgress?, _ exchange: Exchange) -> HTTPResponse {
        guard let egress else { return KismetAPI.notFound }
        let desk = mediaDesk(wallSeconds: exchange.wallSeconds)
        state.withLock { $0.statistics.media.shows[egress.id, default: 0] += 1 }
        switch desk.state(of: egress.media) {
        case .forbidden, .preventsDownloading, .needsConfirmation: return KismetAPI.error(403, "Forbidden")
        case .deleted: return KismetAPI.notFound
        case .purged: return KismetAPI.error(410, "Gone")
        case .available, .scanned, .late: break
        }
        recordRead(egress: egress.id, at: exchange.wallSeconds)
        return KismetAPI.show(egress, link: desk.link(to: egress))
    }

    /// Every *show* leaves a row in the egress's audit log.
    private func recordRead(egress: Int, at seconds: Int64) {
        state.withLock { state in
            state.statistics.showReads += 1
            state.kismet.addRow(egress: egress, event: "read", user: .string("7"), at: seconds, world: kismet)
        }
    }

    private func shiftPages(egress: Int, page: Int, at seconds: Int64) {
        guard page == plan.kismet.pageShiftAfterPage else { return }
        state.withLock { state in
            guard state.kismet.shiftedEgresses.insert(egress).inserted else { return }
            state.kismet.addRow(egress: egress, event: "read", user: .integer(3), at: seconds, world: kismet)
        }
    }

    private func webexAnswer(_ exchange: Exchange) -> HTTPResponse {
        let request = exchange.request
        if exchange.endpoint == .webexAccessToken {
            return state.withLock { state in
                let response = state.tokens.exchange(
                    request,
                    now: exchange.wallMilliseconds,
                    trackingID: exchange.requestID
                )
                state.statistics.tokenRefreshes += response.status == 200 ? 1 : 0
                return response
            }
        }
        let authorization = request[header: "authorization"]
        let (isKnown, overlay) = state.withLock { state in
            (state.tokens.accepts(authorization, now: exchange.wallMilliseconds), state.webex)
        }
        guard isKnown else { return error(exchange, 401, WebexErrors.unauthorized) }
        guard request.method == "GET" else { return error(exchange, 405, "The method is not supported.") }
        let api = WebexAPI(
            view: WebexView(world: webex, overlay: overlay),
            now: exchange.wallMilliseconds,
            trackingID: exchange.requestID,
            linkFault: exchange.effect,
            authority: request[header: "host"] ?? "127.0.0.1:\(port)"
        )
        if exchange.endpoint == .webexRecording, let recording = api.recording(named: request) {
            let id = recording.key.identifierText(seed: plan.seed)
            state.withLock { $0.statistics.media.linkRequests[id, default: 0] += 1 }
        }
        return api.answer(exchange.endpoint, request) { mediaDesk(wallSeconds: exchange.wallSeconds) }
    }
}

extension KismetOverlay {
    mutating func addRow(
        egress: Int,
        event: String,
        user: KismetAuditRow.User,
        changes: String? = nil,
        at seconds: Int64,
        world: KismetWorld
    ) {
        let id = world.firstAddedRowID + addedRowCount
        addedRowCount += 1
        let row = KismetAuditRow(
            id: id,
            egressID: egress,
            event: event,
            user: user,
            changes: changes,
            createdAt: seconds
        )
        addedRows[egress, default: []].append(row)
    }
}
