public import RecordingKit

/// Sends one HTTP request and returns the whole answer: the seam between the host and a network library.
///
/// A conforming type may be called concurrently. It follows no redirects, stores no cookies, retries nothing and adds no
/// credentials: the host decides all of that. Cancelling the calling task must end the call promptly with `CancellationError`
/// and must free the connection.
public protocol HTTPTransport: Sendable {
    /// Sends `request` and returns the answer, whatever its status.
    ///
    /// - Throws: ``TransportError`` when there is no complete answer; `CancellationError` when the task is cancelled.
    func send(_ request: TransportRequest) async throws -> TransportResponse
}

/// A request as it goes onto the wire.
public struct TransportRequest: Sendable {
    /// The method's name, such as `GET`.
    public var method: String
    /// Where it goes, query included.
    public var url: HTTPURL
    /// All header fields but `Host`, `Content-Length` and those of the connection.
    public var headers: HTTPHeaders
    /// The content, or nil.
    public var body: [UInt8]?
    /// What the transport holds the exchange to.
    public var limits: TransportLimits

    /// Describes a request.
    public init(
        method: String = "GET",
        url: HTTPURL,
        headers: HTTPHeaders = [:],
        body: [UInt8]? = nil,
        limits: TransportLimits = TransportLimits()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
    }
}

/// What a transport holds one exchange to.
public struct TransportLimits: Sendable, Hashable {
    /// The longest time for connecting, TLS included; default 20 seconds.
    public var connectTimeout: Duration
    /// The longest time without a single byte; default 60 seconds.
    public var idleTimeout: Duration
    /// The longest time for the whole exchange; default 5 minutes.
    public var totalTimeout: Duration
    /// The largest body after decompression, in bytes; default 64 MiB.
    public var bodyBytes: Int
    /// Whether plain http may go to hosts other than loopback; default false.
    public var allowsInsecureHTTP: Bool

    /// Sets limits.
    public init(
        connectTimeout: Duration = .seconds(20),
        idleTimeout: Duration = .seconds(60),
        totalTimeout: Duration = .seconds(300),
        bodyBytes: Int = 64 << 20,
        allowsInsecureHTTP: Bool = false
    ) {
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.totalTimeout = totalTimeout
        self.bodyBytes = bodyBytes
        self.allowsInsecureHTTP = allowsInsecureHTTP
    }
}

/// A complete answer.
public struct TransportResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields of the final answer, in order, duplicates kept.
    public var headers: HTTPHeaders
    /// The content after decompression.
    public var body: [UInt8]

    /// Describes an answer.
    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
