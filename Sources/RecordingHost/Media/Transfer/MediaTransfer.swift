import RecordingKit

/// Fetches one file into the spool: asks, follows, continues what was cut, and gets a fresh link when one died.
struct MediaTransfer: Sendable {
    let transport: any MediaTransport
    let authenticator: any Authenticator
    let clock: any HostClock
    let jitter: @Sendable () -> Double
    let policy: RetryPolicy
    let limits: MediaLimits
    let addresses: AddressPolicy
    let baseOrigin: HTTPOrigin
    /// Where credentials may go besides ``baseOrigin``.
    let credentialOrigins: [OriginPattern]

    /// What fetches files for a source whose API is at `baseURL`: a private address is allowed only where that is one.
    init(_ sender: RequestSender, transport: any MediaTransport) {
        self.transport = transport
        authenticator = sender.authenticator
        clock = sender.clock
        jitter = sender.jitter
        policy = sender.policy
        limits = MediaLimits(allowsInsecureHTTP: sender.destination.limits.allowsInsecureHTTP)
        baseOrigin = sender.destination.baseURL.origin
        credentialOrigins = sender.destination.credentialOrigins
        let own = NetworkAddress(baseOrigin.host.filter { $0 != "[" && $0 != "]" })?.reach
        addresses = AddressPolicy(
            allowsLoopback: baseOrigin.isLoopback || own == .loopback,
            allowsPrivate: own == .privateNetwork
        )
    }

    /// So many bytes between two cuts count as progress, so that a server which cuts often still comes to an end.
    private static let progress: Int64 = 64 << 10
    private static let longestChain = 5
    /// A link that dies within this time is not used any more.
    private static let linkMargin = Duration.seconds(10)

    /// Fetches the file to its end.
    ///
    /// - Returns: the beginning of the last answer.
    /// - Throws: ``MediaFailure``, ``LinkRefused``; `TapedeckError` of asking, of the spool and of the disk; `CancellationError`.
    func fetch(_ link: MediaLink, into spool: SpoolFile, supply: inout LinkSupply) async throws -> MediaResponseHead? {
        var link = link
        var place = try start(of: link)
        var attempt = 0
        var gained: Int64 = 0
        var head: MediaResponseHead?
        var cause: TransportError?
        // A fresh link is tried whatever this machine's clock says of its end: another would look no better to a clock that is wrong.
        var isFresh = true
        while true {
            if !isFresh, let end = link.expiresAt, end < clock.now.advanced(by: Self.linkMargin) {
                link = try await supply.renew(link.rendition, hasGained: true)
                place = try start(of: link)
            }
            isFresh = false
            let before = spool.furthest
            let credential = place.carriesCredentials ? try await authenticator.credential() : nil
            let failure = try await exchange(place.url, credential, spool)
            cause = failure ?? cause
            let came = spool.furthest - before
            gained += came
            attempt = came >= Self.progress ? 1 : attempt + 1
            var wish: Duration?
            if let taken = spool.takeAnswer() {
                if case .body = taken.answer { head = taken.head }
                switch taken.answer {
                case .body where failure == nil && spool.isWhole != false, .finished: return head
                case .body, .startOver: break
                case .redirect(let location):
                    place = try follow(location, from: place, credential)
                    attempt -= 1
                    continue
                case .linkDied:
                    link = try await supply.renew(link.rendition, hasGained: gained > 0)
                    (place, gained, isFresh) = (try start(of: link), 0, true)
                    continue
                case .passing(_, let wait): wish = wait
                case .refused(let code, let reason): throw MediaFailure(code, reason)
                }
                if case .startOver = taken.answer { try spool.startOver() }
            }
            if let failure, !MediaFailure.mayPass(failure) { throw MediaFailure(failure) }
            try await pause(attempt: attempt, wish: wish, cause)
            // A place that a redirect named may be good for one request only.
            if place.redirects > 0 { place = try start(of: link) }
        }
    }

    /// Sends one request; a failure that may pass is returned, everything else thrown.
    private func exchange(
        _ url: HTTPURL,
        _ credential: Credential?,
        _ spool: SpoolFile
    ) async throws -> TransportError? {
        var url = url
        let (offset, validator) = spool.place
        var headers: HTTPHeaders = ["Accept": "*/*"]
        if offset > 0 {
            if let version = validator.ifRange {
                headers.set("Range", "bytes=\(offset)-")
                headers.set("If-Range", version)
            } else {
                try spool.startOver()
            }
        }
        try credential?.authorize("GET", &url, &headers, body: nil)
        do {
            let request = MediaRequest(url: url, headers: headers, limits: limits, addresses: addresses)
            try await transport.fetch(request, into: spool)
            return nil
        } catch let error as TransportError {
            return error
        }
    }

    private func mayCarryCredentials(to origin: HTTPOrigin) -> Bool {
        origin == baseOrigin || credentialOrigins.contains { $0.matches(origin) }
    }

    private func pause(attempt: Int, wish: Duration?, _ cause: TransportError?) async throws {
        switch policy.decide(attempt: max(attempt, 1), serverWish: wish, jitter: jitter()) {
        case .wait(let wait): try await clock.sleep(until: clock.uptime + wait)
        case .comeBack(let wait): throw TapedeckError.waitTooLong(until: clock.now.end(of: wait))
        case .giveUp:
            throw cause.map(MediaFailure.init)
                ?? MediaFailure(.serverError, "The server of the file kept failing, or sent another version each time.")
        }
    }

    private func start(of link: MediaLink) throws -> Place {
        guard let url = HTTPURL(link.url) else {
            throw MediaFailure(.malformedResponse, "The platform's link to the file is not a valid https address.")
        }
        return Place(url: url, carriesCredentials: link.sendsCredentials && mayCarryCredentials(to: url.origin))
    }

    private func follow(_ location: String, from place: Place, _ credential: Credential?) throws -> Place {
        guard place.redirects < Self.longestChain, let target = place.url.resolving(location) else {
            throw MediaFailure(.redirectRefused, "The link leads on and on, or to nowhere.")
        }
        guard target.origin.isSecure || !place.url.origin.isSecure else {
            throw MediaFailure(.redirectRefused, "The link leads from an encrypted to an unencrypted place.")
        }
        var next = place
        next.url = credential?.cleaning(target) ?? target
        next.redirects += 1
        next.carriesCredentials = place.carriesCredentials && mayCarryCredentials(to: target.origin)
        return next
    }

    /// Where the file is asked for.
    private struct Place {
        var url: HTTPURL
        /// How many redirects have led here from the link.
        var redirects = 0
        /// Whether credentials are wanted, and the way here has led nowhere but where they may go.
        var carriesCredentials: Bool
    }
}
