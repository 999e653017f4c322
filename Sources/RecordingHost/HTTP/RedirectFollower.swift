import RecordingKit

/// Follows redirects of safe requests (RFC 9110 §15.4), without credentials as soon as the origin changes.
struct RedirectFollower: Sendable {
    let transport: any HTTPTransport
    let credential: Credential

    private static let longestChain = 5

    /// Sends, and follows up to five redirects; an answer that must not be followed is returned as it is.
    ///
    /// So is a redirect to another origin that then asks for the credentials: that they are missing there says nothing about them.
    func send(_ request: TransportRequest) async throws -> TransportResponse {
        var request = request
        let start = request.url.origin
        var departure: TransportResponse?
        for _ in 0..<RedirectFollower.longestChain {
            let response = try await transport.send(request)
            guard let target = target(of: response, to: request, start: start) else {
                return [401, 403].contains(response.status) ? departure ?? response : response
            }
            if target.origin != request.url.origin {
                departure = departure ?? response
                for field in credential.fields { request.headers.remove(field.name) }
                for name in ["Authorization", "Cookie", "Proxy-Authorization"] { request.headers.remove(name) }
            }
            request.url = target
        }
        return try await transport.send(request)
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
