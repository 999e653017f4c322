import RecordingKit

/// Follows redirects of safe requests (RFC 9110 §15.4), without credentials as soon as the origin changes.
struct RedirectFollower: Sendable {
    let transport: any HTTPTransport
    let credential: Credential

    private static let longestChain = 5

    /// Authorises and sends, and follows up to five redirects; an answer that must not be followed is returned as it is.
    ///
    /// So is a redirect to another origin that then asks for the credentials: that they are missing there says nothing about them.
    ///
    /// - Parameter request: without credentials; on its own origin they are put on for each redirect anew.
    func send(_ request: TransportRequest) async throws -> TransportResponse {
        var bare = request
        let start = request.url.origin
        var departure: TransportResponse?
        for _ in 0..<RedirectFollower.longestChain {
            let response = try await transport.send(authorized(bare, isHome: departure == nil))
            guard let target = target(of: response, to: bare, start: start) else {
                return [401, 403].contains(response.status) ? departure ?? response : response
            }
            if target.origin != bare.url.origin {
                departure = departure ?? response
                credential.withdraw(from: &bare.headers)
            }
            bare.url = credential.cleaning(target)
        }
        return try await transport.send(authorized(bare, isHome: departure == nil))
    }

    private func authorized(_ bare: TransportRequest, isHome: Bool) throws -> TransportRequest {
        guard isHome else { return bare }
        var request = bare
        try credential.authorize(bare.method, &request.url, &request.headers, body: bare.body)
        return request
    }

    /// Where a redirect leads, or nil when it is none or must not be followed: another method than GET or HEAD, an unreadable
    /// place, from encrypted to plain, or from elsewhere onto this machine.
    private func target(of response: TransportResponse, to request: TransportRequest, start: HTTPOrigin) -> HTTPURL? {
        guard [301, 302, 303, 307, 308].contains(response.status), request.method == "GET" || request.method == "HEAD",
            let location = response.headers["Location"], let target = request.url.resolving(location)
        else { return nil }
        let origin = target.origin
        if request.url.origin.isSecure, !origin.isSecure { return nil }
        if origin.isLoopback, !start.isLoopback { return nil }
        return target
    }
}
