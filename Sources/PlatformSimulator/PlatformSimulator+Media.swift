import Synchronization

/// The media origin: one request for a file on its way from its link to its bytes.
extension PlatformSimulator {
    private static let refusedHeaders = ["x-client-id", "x-client-secret", "authorization", "cookie"]

    func mediaReply(to request: HTTPRequest) -> WireReply {
        let carriesCredentials = Self.refusedHeaders.contains { request[header: $0] != nil }
        count { statistics in
            statistics.requests += 1
            statistics.requestsWithClientHeaders += carriesCredentials ? 1 : 0
        }
        guard !carriesCredentials else {
            return laidOut(
                MediaPages.storageError(400, "InvalidArgument", "Only one auth mechanism allowed"),
                request
            )
        }
        guard !request.path.hasPrefix("/pages/") else {
            count { $0.webPages += 1 }
            return laidOut(MediaPages.signIn, request)
        }
        let path = request.path.hasPrefix("/moved/") ? String(request.path.dropFirst("/moved".count)) : request.path
        switch signer.verdict(on: request, path: path, now: clock.wallSeconds) {
        case .unknownPath:
            return laidOut(MediaPages.storageError(404, "NoSuchKey", "The specified key does not exist."), request)
        case .expired(let platform):
            count { $0.expiredLinks += 1 }
            return laidOut(MediaPages.expired(platform), request)
        case .forged(let platform):
            count { $0.forgedLinks += 1 }
            return laidOut(MediaPages.forged(platform), request)
        case .good(let id, _) where request.method != "GET":
            // A presigned link is signed for one method.
            count { $0.forgedLinks += 1 }
            return laidOut(MediaPages.forged(id.platform), request)
        case .good(let id, let link):
            guard let file = mediaFile(id, path: path) else {
                return laidOut(
                    MediaPages.storageError(404, "NoSuchKey", "The specified key does not exist."),
                    request
                )
            }
            return reply(to: request, with: file, link: link, isMoved: path != request.path)
        }
    }

    private func reply(to request: HTTPRequest, with file: MediaFile, link: String, isMoved: Bool) -> WireReply {
        let admission: (faults: [MediaFault], number: Int)? = state.withLock { state in
            let number = (state.media.requests[file.id] ?? 0) + 1
            var faults = state.media.faults(of: file, request: number)
            let uses = state.media.requestsByLink[link] ?? 0
            let isDead = faults.contains { if case .linkDies(let after) = $0 { uses >= after } else { false } }
            guard !isDead else {
                state.statistics.media.expiredLinks += 1
                return nil
            }
            state.media.requests[file.id] = number
            state.media.requestsByLink[link] = uses + 1
            state.statistics.media.requestsByFile[file.id, default: 0] += 1
            if isMoved { faults.removeAll { $0.isRedirect } }
            for fault in faults { state.statistics.media.faults[fault.name, default: 0] += 1 }
            return (faults, number)
        }
        guard let admission else { return laidOut(MediaPages.expired(file.recording.platform), request) }
        let id = file.id
        let reply = MediaResponder(
            request: request,
            file: file,
            faults: admission.faults,
            number: admission.number,
            otherOrigin: "http://localhost:\(mediaPort)",
            wallSeconds: clock.wallSeconds,
            onSent: { [self] bytes in count { $0.bytesByFile[id, default: 0] += bytes } }
        ).reply()
        if reply.bytes.starts(with: Array("HTTP/1.1 206".utf8)) { count { $0.partialAnswers[id, default: 0] += 1 } }
        return reply
    }

    private func laidOut(_ response: HTTPResponse, _ request: HTTPRequest) -> WireReply {
        var response = response
        response.closes = !request.keepsAlive
        if request.method == "HEAD" {
            response.declaredLength = response.body.count
            return WireReply(bytes: response.headBytes(wallSeconds: clock.wallSeconds))
        }
        return WireReply(bytes: response.wireBytes(wallSeconds: clock.wallSeconds))
    }

    private func count(_ change: (inout MediaStatistics) -> Void) {
        state.withLock { change(&$0.statistics.media) }
    }

    /// What the APIs say about files in one answer that has links.
    func mediaDesk(wallSeconds: Int64) -> MediaDesk {
        let (overrides, serial) = state.withLock { state in
            state.media.linkSerial += 1
            return (state.media.states, state.media.linkSerial)
        }
        return MediaDesk(library: library, signer: signer, overrides: overrides, now: wallSeconds, serial: serial)
    }

    /// A fresh link to the main file of a Webex recording that was generated, by its place in the order of sites, then of listings.
    package func webexFileLink(recordingAt index: Int) -> String? {
        let recording = webex.recording(webex.key(at: index)).media(seed: plan.seed)
        return mediaDesk(wallSeconds: clock.wallSeconds).links(to: recording)["video"]
    }

    var library: MediaLibrary { MediaLibrary(plan: plan.media ?? MediaPlan(), seed: plan.seed, start: startSeconds) }

    private var signer: MediaSigner {
        let media = library.plan
        return MediaSigner(
            seed: plan.seed,
            origin: mediaOrigin,
            kismetLinkSeconds: media.kismetLinkSeconds,
            webexLinkSeconds: media.webexLinkSeconds
        )
    }

    /// A file that exists at the moment.
    private func mediaFile(_ id: MediaFileID, path: String) -> MediaFile? {
        switch id.platform {
        case .kismet:
            guard let place = MediaSigner.egress(inPath: path), (1...max(1, plan.kismet.calls)).contains(place.call)
            else { return nil }
            let view = KismetView(world: kismet, overlay: state.withLock { $0.kismet })
            guard let egress = view.egress(place.egress, of: view.call(place.call - 1)), egress.hasFile else {
                return nil
            }
            return library.file(of: egress.media, rendition: id.rendition)
        case .webex:
            let view = WebexView(world: webex, overlay: state.withLock { $0.webex })
            guard let key = WebexKey(identifier: id.recordingID, seed: plan.seed),
                let recording = view.recording(key)
            else { return nil }
            return library.file(of: recording.media(seed: plan.seed), rendition: id.rendition)
        }
    }
}

extension MediaFault {
    /// Such as `resets`.
    var name: String { String(String(describing: self).prefix { $0 != "(" }) }

    var isRedirect: Bool {
        switch self {
        case .redirectsToOtherPath, .redirectsToOtherOrigin, .redirects: true
        default: false
        }
    }
}
