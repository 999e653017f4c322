/// Answers of the Webex API to a request that was let in, from the organization as it stands.
struct WebexAPI {
    let view: WebexView
    let now: Int64
    let trackingID: String
    let linkFault: FaultEffect?
    let authority: String

    static let largestPage = 100

    var plan: WebexPlan { view.world.plan }
    private var isAdmin: Bool { plan.authorization.isAdmin }

    /// - Parameter desk: what is known of files; made only for an answer that is about them.
    func answer(_ endpoint: SimulatorEndpoint, _ request: HTTPRequest, desk: () -> MediaDesk) -> HTTPResponse {
        if let scope = missingScope(endpoint) { return error(403, "Missing required scope: \(scope)") }
        switch endpoint {
        case .webexAccessSummary: return accessSummary(request)
        case .webexAccessDetail: return accessDetail(request)
        case .webexRecordings: return recordings(request, desk())
        case .webexRecording: return recording(request, desk())
        case .webexSites: return sites()
        default: return error(404, "The requested resource could not be found.")
        }
    }

    func error(_ status: Int, _ message: String) -> HTTPResponse {
        WebexErrors.response(status, message, trackingID: trackingID)
    }

    private func missingScope(_ endpoint: SimulatorEndpoint) -> String? {
        let wanted =
            endpoint == .webexSites
            ? ["meeting:admin_preferences_read", "meeting:preferences_read"]
            : ["meeting:admin_recordings_read", "meeting:recordings_read"]
        return wanted.contains(where: plan.authorization.scopes.contains) ? nil : wanted.last
    }

    private func sites() -> HTTPResponse {
        var body = JSONBytes(capacity: 64 * plan.sites.count)
        body.raw("{\"sites\":[")
        for (index, site) in plan.sites.enumerated() {
            if index > 0 { body.raw(",") }
            body.raw("{\"siteUrl\":")
            body.string(site.name)
            body.raw(",\"default\":")
            body.boolean(index == 0)
            body.raw("}")
        }
        body.raw("]}")
        return HTTPResponse(status: 200, body: body.bytes)
    }

    private func accessSummary(_ request: HTTPRequest) -> HTTPResponse {
        let zone = request[header: "timezone"].flatMap(FixedZone.init(name:)) ?? .utc
        do throws(WebexRefusal) {
            let size = try pageSize(request.query)
            let window = try WebexWindow.read(request.query, zone: zone, now: now, quirks: plan.quirks).get()
            let start = try summaryStart(request.query)
            guard let site = request.query["siteUrl"].map(view.world.siteIndex(named:)) ?? 0, site < plan.sites.count
            else {
                return error(403, "The site is not accessible.")
            }
            let scan = SummaryScan(
                site: site,
                host: host(request.query, site: site),
                range: window.range,
                size: min(size, plan.quirks.largestSummaryPage ?? size),
                zone: zone
            )
            return page(scan, start: start, request)
        } catch {
            return self.error(400, error.message)
        }
    }

    private struct SummaryScan {
        let site: Int
        let host: HostFilter
        let range: Range<Int64>
        let size: Int
        let zone: FixedZone
    }

    private func page(
        _ scan: SummaryScan,
        start: (position: WebexPosition, pages: Int)?,
        _ request: HTTPRequest
    ) -> HTTPResponse {
        let pages = (start?.pages ?? 0) + 1
        var body = JSONBytes(capacity: 64 + scan.size * 256)
        body.raw("{\"items\":[")
        var count = 0
        var last = start?.position
        var hasMore = false
        var clock = DayClock()
        let isEmptied = plan.quirks.emptyPageEvery.map { pages.isMultiple(of: $0) } ?? false
        view.visit(site: scan.site, in: scan.range, after: start?.position) { recording in
            guard scan.host.includes(recording.host) else { return true }
            guard count < scan.size, !isEmptied else {
                hasMore = true
                return false
            }
            if count > 0 { body.raw(",") }
            if scan.zone == .utc {
                view.world.summaryWriter.write(recording, to: &body, clock: &clock)
            } else {
                body.webexSummary(recording, world: view.world, zone: scan.zone)
            }
            count += 1
            last = recording.position
            return true
        }
        body.raw("]}")
        var response = HTTPResponse(status: 200, body: body.bytes)
        let resume = last ?? WebexPosition(time: .max, ordinal: -1)
        response.headers = links(hasMore ? .summaries(resume, pages: pages) : nil, request)
        return response
    }

    private func accessDetail(_ request: HTTPRequest) -> HTTPResponse {
        let zone = request[header: "timezone"].flatMap(FixedZone.init(name:)) ?? .utc
        do throws(WebexRefusal) {
            let size = try pageSize(request.query)
            guard let identifier = request.query["recordingId"], !identifier.isEmpty else {
                throw WebexRefusal("'recordingId' is required.")
            }
            var start = 0
            if let text = request.query["cursor"] {
                guard case .rows(let next) = WebexCursor(text) else { throw WebexRefusal("The cursor is not valid.") }
                start = max(0, next)
            }
            guard let key = WebexKey(identifier: identifier, seed: view.world.seed),
                let recording = view.recording(key),
                maySeeDetail(recording, request.query)
            else { return error(404, "The requested resource could not be found.") }
            let total = view.accessRowCount(recording)
            let end = min(total, start + size)
            var body = JSONBytes(capacity: 64 + size * 240)
            body.raw("{\"items\":[")
            for ordinal in min(start, end)..<end {
                if ordinal > start { body.raw(",") }
                body.webexAccessRow(view.accessRow(recording, ordinal), of: recording, world: view.world, zone: zone)
            }
            body.raw("]}")
            var response = HTTPResponse(status: 200, body: body.bytes)
            response.headers = links(end < total ? .rows(end) : nil, request)
            return response
        } catch {
            return self.error(400, error.message)
        }
    }

    func links(_ cursor: WebexCursor?, _ request: HTTPRequest) -> [(name: String, value: String)] {
        WebexLink(quirks: plan.quirks, fault: linkFault, authority: authority, request: request).fields(next: cursor)
    }

    func pageSize(_ query: QueryParameters) throws(WebexRefusal) -> Int {
        guard let text = query["max"] else { return 10 }
        if plan.quirks.nextHasNullMax, text == "null" { return 10 }
        guard let size = Int(text), size >= 1, size <= Self.largestPage || plan.quirks.clampsMax else {
            throw WebexRefusal("'max' must be equal to or greater than 1 and equal to or less than 100.")
        }
        return min(size, Self.largestPage)
    }

    private func summaryStart(_ query: QueryParameters) throws(WebexRefusal) -> (position: WebexPosition, pages: Int)? {
        guard let text = query["cursor"] else { return nil }
        guard case .summaries(let position, let pages) = WebexCursor(text) else {
            throw WebexRefusal("The cursor is not valid.")
        }
        return (position, pages)
    }

    func host(_ query: QueryParameters, site: Int) -> HostFilter {
        guard isAdmin, let email = query["hostEmail"] else { return .only(0) }
        if email == "all" { return .all }
        let host = (0..<max(1, plan.hosts)).first { WebexWorld.hostEmail(site: site, host: $0) == email }
        return host.map(HostFilter.only) ?? .nobody
    }

    func maySeeDetail(_ recording: WebexRecording, _ query: QueryParameters) -> Bool {
        guard isAdmin else { return recording.host == 0 }
        guard let email = query["hostEmail"] else { return recording.host == 0 || !plan.detailNeedsHostEmail }
        return email == WebexWorld.hostEmail(site: recording.key.site, host: recording.host)
    }
}

/// Whose recordings a listing shows.
enum HostFilter: Equatable {
    case all
    case only(Int)
    case nobody

    func includes(_ host: Int) -> Bool {
        switch self {
        case .all: true
        case .only(let wanted): host == wanted
        case .nobody: false
        }
    }
}
