import RecordingHost
import RecordingKit

/// A request that has been checked and put into the terms of libcurl.
struct WireRequest: Sendable {
    let method: String
    let url: String
    /// Lines for `CURLOPT_HTTPHEADER`.
    let headerLines: [String]
    let body: [UInt8]?
    let proxy: ProxyRoute
    let connectTimeout: Int
    /// 0 for no limit.
    let totalTimeout: Int
    let idleTimeout: Duration
    /// The fewest bytes in a period; nil for no such limit.
    let slowWatch: SlowWatch?

    /// Checks `request`.
    ///
    /// - Throws: `insecure` for plain http to a host that is not loopback; `transportFailed` for what cannot be written as
    ///   HTTP, or would let a value forge other parts of the request.
    init(_ request: TransportRequest, proxy: ProxySetting) throws(TransportError) {
        guard isToken(request.method), request.method != "CONNECT", request.method != "TRACE" else {
            throw TransportError(.transportFailed, "the method is not one that can be sent")
        }
        guard request.method != "HEAD" || request.body == nil else {
            throw TransportError(.transportFailed, "a HEAD request cannot have content")
        }
        method = request.method
        url = request.url.text
        headerLines = try WireRequest.lines(for: request)
        body = request.body
        self.proxy = try proxy.route(to: request.url, allowsInsecureHTTP: request.limits.allowsInsecureHTTP)
        connectTimeout = milliseconds(request.limits.connectTimeout)
        totalTimeout = milliseconds(request.limits.totalTimeout)
        idleTimeout = .milliseconds(milliseconds(request.limits.idleTimeout))
        slowWatch = nil
    }

    /// Checks `request`.
    ///
    /// - Throws: as for a call.
    init(_ request: MediaRequest, proxy: ProxySetting) throws(TransportError) {
        method = "GET"
        url = request.url.text
        let coding = request.headers["Accept-Encoding"] == nil ? ["Accept-Encoding: identity"] : []
        headerLines = try WireRequest.lines(for: request.headers) + coding
        body = nil
        self.proxy = try proxy.route(to: request.url, allowsInsecureHTTP: request.limits.allowsInsecureHTTP)
        connectTimeout = milliseconds(request.limits.connectTimeout)
        totalTimeout = 0
        idleTimeout = .milliseconds(milliseconds(request.limits.idleTimeout))
        slowWatch = SlowWatch(
            minimum: request.limits.bytesEverySlowPeriod,
            period: .milliseconds(milliseconds(request.limits.slowPeriod))
        )
    }

    private static func lines(for request: TransportRequest) throws(TransportError) -> [String] {
        var lines = try lines(for: request.headers)
        if request.body != nil || request.method == "POST" {
            // Without these, libcurl waits for `100 Continue` and calls the content a form.
            lines.append("Expect:")
            if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        }
        return lines
    }

    private static func lines(for headers: HTTPHeaders) throws(TransportError) -> [String] {
        var lines: [String] = []
        lines.reserveCapacity(headers.fields.count + 2)
        for field in headers.fields {
            guard isToken(field.name), field.value.utf8.allSatisfy(isFieldByte) else {
                throw TransportError(.transportFailed, "a header field holds characters that HTTP forbids")
            }
            guard !ownFields.contains(field.name.lowercased()) else {
                throw TransportError(.transportFailed, "a header field of the connection was set by the request")
            }
            // libcurl takes `Name:` to mean that the field must not be sent, and `Name;` to mean an empty value.
            let isEmpty = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            lines.append(isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        return lines
    }

    /// The fields that belong to the connection and the framing: with them a request could be made to look like two.
    private static let ownFields: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization", "proxy-connection", "te",
        "trailer", "transfer-encoding", "upgrade",
    ]
}

/// Whether `text` is a token (RFC 9110 §5.6.2).
private func isToken(_ text: String) -> Bool {
    !text.isEmpty
        && text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
            default: false
            }
        }
}

/// Whether a field value may hold `byte` (RFC 9110 §5.5).
private func isFieldByte(_ byte: UInt8) -> Bool {
    byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
}

/// Whole milliseconds, rounded up; at least 1, as libcurl takes 0 to mean no limit, and at most 24 days.
private func milliseconds(_ duration: Duration) -> Int {
    guard duration < .milliseconds(Int32.max) else { return Int(Int32.max) }
    let (seconds, attoseconds) = duration.components
    let fraction = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return max(1, Int(max(-1, seconds)) * 1000 + Int(fraction))
}
