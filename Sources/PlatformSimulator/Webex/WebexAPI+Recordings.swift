/// The Recordings API: the list, and details with links to files.
extension WebexAPI {
    /// `GET /recordings`: what started in a window, newest first, of one site or of all.
    func recordings(_ request: HTTPRequest, _ desk: MediaDesk) -> HTTPResponse {
        let zone = zone(of: request)
        do throws(WebexRefusal) {
            let size = try pageSize(request.query)
            let range = try recordingsWindow(request.query, zone: zone)
            var start = 0
            if let text = request.query["cursor"] {
                guard case .rows(let next) = WebexCursor(text) else { throw WebexRefusal("The cursor is not valid.") }
                start = max(0, next)
            }
            var sites = Array(plan.sites.indices)
            if let name = request.query["siteUrl"] {
                guard let site = view.world.siteIndex(named: name) else {
                    return error(403, "The site is not accessible.")
                }
                sites = [site]
            }
            var found: [WebexRecording] = []
            for site in sites {
                let host = host(request.query, site: site)
                view.visit(site: site, in: range, after: nil) { recording in
                    if host.includes(recording.host) { found.append(recording) }
                    return true
                }
            }
            found.sort { ($0.time, $1.key.ordinal, $1.key.site) > ($1.time, $0.key.ordinal, $0.key.site) }
            let end = min(found.count, start + size)
            var body = JSONBytes(capacity: 64 + size * 512)
            body.raw("{\"items\":[")
            for index in min(start, end)..<end {
                if index > start { body.raw(",") }
                body.webexRecording(found[index], world: view.world, desk: desk, zone: zone, links: nil)
            }
            body.raw("]}")
            var response = HTTPResponse(status: 200, body: body.bytes)
            response.headers = links(end < found.count ? .rows(end) : nil, request)
            return response
        } catch {
            return self.error(400, error.message)
        }
    }

    /// `GET /recordings/{id}`: one recording with links, unless something stands in their way.
    func recording(_ request: HTTPRequest, _ desk: MediaDesk) -> HTTPResponse {
        guard let recording = recording(named: request) else {
            return error(404, "The requested resource could not be found.")
        }
        let media = recording.media(seed: view.world.seed)
        var links: [String: String]?
        switch desk.state(of: media) {
        case .available: links = desk.links(to: media)
        case .preventsDownloading, .deleted: break
        case .forbidden: return error(403, "Missing required scope: meeting:recordings_read")
        case .scanned: return error(423, "The requested resource is temporarily unavailable.")
        case .late: return error(404, "The requested resource could not be found.")
        case .needsConfirmation:
            return error(428, "File(s) cannot be scanned for malware and need to be force downloaded.")
        case .purged: return error(410, "The requested resource is no longer available.")
        }
        var body = JSONBytes(capacity: 2048)
        body.webexRecording(
            recording,
            world: view.world,
            desk: desk,
            zone: zone(of: request),
            links: .some(links)
        )
        return HTTPResponse(status: 200, body: body.bytes)
    }

    /// The recording that a path names, if the request may see it and asks on its site.
    func recording(named request: HTTPRequest) -> WebexRecording? {
        guard let id = request.path.split(separator: "/").last.map(String.init),
            let key = WebexKey(identifier: id, seed: view.world.seed), let recording = view.recording(key),
            maySeeDetail(recording, request.query)
        else { return nil }
        guard let site = request[header: "siteurl"] else { return recording }
        return view.world.siteIndex(named: site) == recording.key.site ? recording : nil
    }

    private func zone(of request: HTTPRequest) -> FixedZone {
        request[header: "timezone"].flatMap(FixedZone.init(name:)) ?? .utc
    }

    /// The last seven days unless said otherwise; no longest window is documented for this list.
    private func recordingsWindow(_ query: QueryParameters, zone: FixedZone) throws(WebexRefusal) -> Range<Int64> {
        func instant(_ name: String) throws(WebexRefusal) -> Int64? {
            guard let text = query[name], !text.isEmpty else { return nil }
            guard let parsed = TimestampParser.milliseconds(text, zone: zone) else {
                throw WebexRefusal("'\(name)' is not a valid ISO 8601 date and time.")
            }
            return CivilTime.floorDivide(parsed + 999, 1000)
        }
        let from = try instant("from")
        let week = WebexWindow.defaultMilliseconds / 1000
        let to = try instant("to") ?? from.map { $0 + week } ?? CivilTime.floorDivide(now, 1000)
        let start = from ?? (to - week)
        guard start <= to else { throw WebexRefusal("'from' cannot be after 'to'.") }
        return start..<to
    }
}

extension JSONBytes {
    /// A recording as the Recordings API shows it.
    ///
    /// - Parameter links: what only details have, by rendition: `.some(nil)` where downloading is prevented, which half of the
    ///   recordings show as null and the others by leaving the member out.
    mutating func webexRecording(
        _ recording: WebexRecording,
        world: WebexWorld,
        desk: MediaDesk,
        zone: FixedZone,
        links: [String: String]??
    ) {
        let id = recording.key.identifierText(seed: world.seed)
        let media = recording.media(seed: world.seed)
        raw("{\"id\":")
        string(id)
        raw(",\"topic\":")
        raw(world.topicBytes[recording.topic])
        raw(",\"createTime\":")
        timestamp(media.madeAt, zone: zone)
        raw(",\"timeRecorded\":")
        timestamp(recording.time, zone: zone)
        raw(",\"siteUrl\":")
        raw(world.siteBytes[recording.key.site])
        raw(",\"downloadUrl\":")
        string("\(desk.signer.origin)/pages/lsr.php?RCID=\(id)")
        raw(",\"playbackUrl\":")
        string("\(desk.signer.origin)/pages/ldr.php?RCID=\(id)")
        raw(",\"password\":\"********\"")
        if case .some(let links) = links { downloadLinks(links, recording, now: desk.now, signer: desk.signer, zone) }
        raw(",\"format\":")
        string(desk.library.isARF(media) ? "ARF" : "MP4")
        raw(",\"serviceType\":\"MeetingCenter\",\"durationSeconds\":1800,\"sizeBytes\":")
        integer(desk.library.file(of: media, rendition: "video")?.length ?? 0)
        raw(",\"shareToMe\":false,\"status\":")
        string(desk.state(of: media) == .deleted ? "deleted" : "available")
        raw(",\"hostEmail\":")
        raw(world.hostBytes[recording.key.site][recording.host])
        raw("}")
    }

    private mutating func downloadLinks(
        _ links: [String: String]?,
        _ recording: WebexRecording,
        now: Int64,
        signer: MediaSigner,
        _ zone: FixedZone
    ) {
        guard let links else {
            if recording.key.ordinal.isMultiple(of: 2) { raw(",\"temporaryDirectDownloadLinks\":null") }
            return
        }
        raw(",\"temporaryDirectDownloadLinks\":{")
        for (member, rendition) in [
            ("recordingDownloadLink", "video"), ("audioDownloadLink", "audio"),
            ("transcriptDownloadLink", "transcript"),
        ] {
            guard let link = links[rendition] else { continue }
            string(member)
            raw(":")
            string(link)
            raw(",")
        }
        raw("\"expiration\":")
        timestamp(now + Int64(signer.webexLinkSeconds), zone: zone)
        raw("}")
    }
}
