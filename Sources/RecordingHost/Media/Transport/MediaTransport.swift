public import RecordingKit

/// Fetches bytes that may be many: the seam between the host and a network library for media.
///
/// A conforming type may be called concurrently. It has a loop of its own, so that API calls do not wait behind it. It follows no
/// redirects, decompresses nothing, stores no cookies, retries nothing and adds no credentials. Memory does not grow with the body.
public protocol MediaTransport: Sendable {
    /// Sends a GET and hands the answer to `receiver`; returns when its last byte was taken, or when the receiver wanted none.
    ///
    /// The receiver is called on a thread of the transport's, never concurrently, and not at all after this has returned or thrown.
    /// Cancelling the calling task must end the call promptly with `CancellationError` and free the connection.
    ///
    /// - Throws: ``TransportError`` when the answer has no end: `timedOut` also when fewer bytes came than the limits ask for,
    ///   `addressRefused` when the connection leads where the request must not go; what the receiver throws;
    ///   `CancellationError` when the task is cancelled.
    func fetch(_ request: MediaRequest, into receiver: any MediaReceiver) async throws
}

/// A GET for a file as it goes onto the wire.
public struct MediaRequest: Sendable {
    /// Where it goes, query included.
    public var url: HTTPURL
    /// All header fields but `Host` and those of the connection.
    public var headers: HTTPHeaders
    /// What the transport holds the exchange to.
    public var limits: MediaLimits
    /// Which addresses the connection may lead to, also one that was opened for an earlier request.
    public var addresses: AddressPolicy

    /// Describes a request.
    public init(
        url: HTTPURL,
        headers: HTTPHeaders = [:],
        limits: MediaLimits = MediaLimits(),
        addresses: AddressPolicy = .publicOnly
    ) {
        self.url = url
        self.headers = headers
        self.limits = limits
        self.addresses = addresses
    }
}

/// What a transport holds the fetching of a file to; there is no limit for the whole.
public struct MediaLimits: Sendable, Hashable {
    /// The longest time for connecting, TLS included; default 20 seconds.
    public var connectTimeout: Duration
    /// The longest time without a single byte; default 60 seconds.
    public var idleTimeout: Duration
    /// The fewest bytes that must come within every ``slowPeriod``; default 64 KiB, 0 for no such limit.
    ///
    /// The periods follow one another from the moment there is a connection. The time that a bandwidth limit holds the
    /// transfer back does not count.
    public var bytesEverySlowPeriod: Int
    /// The time in which ``bytesEverySlowPeriod`` must come; default 60 seconds.
    public var slowPeriod: Duration
    /// Whether plain http may go to hosts other than loopback; default false.
    public var allowsInsecureHTTP: Bool

    /// Sets limits.
    public init(
        connectTimeout: Duration = .seconds(20),
        idleTimeout: Duration = .seconds(60),
        bytesEverySlowPeriod: Int = 64 << 10,
        slowPeriod: Duration = .seconds(60),
        allowsInsecureHTTP: Bool = false
    ) {
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.bytesEverySlowPeriod = bytesEverySlowPeriod
        self.slowPeriod = slowPeriod
        self.allowsInsecureHTTP = allowsInsecureHTTP
    }
}

/// The beginning of an answer.
public struct MediaResponseHead: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields of the final answer, in order, duplicates kept.
    public var headers: HTTPHeaders

    /// Describes the beginning of an answer.
    public init(status: Int, headers: HTTPHeaders = [:]) {
        self.status = status
        self.headers = headers
    }
}

/// Takes one answer, part by part; synchronous, so that a part is never copied.
public protocol MediaReceiver: AnyObject, Sendable {
    /// Takes the beginning, once, before the first part, also when there is no body; false when the body is not wanted.
    ///
    /// - Throws: what ends the transfer and is thrown to the caller.
    func begin(_ head: MediaResponseHead) throws -> Bool

    /// Takes the next part of the body.
    ///
    /// - Throws: what ends the transfer and is thrown to the caller.
    func receive(_ part: Span<UInt8>) throws
}
