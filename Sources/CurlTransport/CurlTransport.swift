public import RecordingHost

/// Sends requests with libcurl, all of them on one thread of its own.
///
/// Connections are kept alive and shared by all calls. It may be called concurrently; beyond about a hundred requests at the
/// same time the cost of each request grows with their number.
///
/// When a server closes an idle connection just as a request goes out on it, and no byte of an answer has come, libcurl
/// itself sends the request again on a fresh connection (RFC 9112 §9.3.1). Nothing else is ever sent twice.
///
/// Call ``shutdown()`` when it is no longer needed. A transport that is dropped instead stops its thread by itself, but
/// nobody can tell when that is over.
public final class CurlTransport: HTTPTransport {
    private let configuration: CurlTransportConfiguration
    private let loop: TransferLoop

    /// Starts the thread.
    ///
    /// - Throws: ``TransportError`` with `transportFailed` when libcurl or the thread cannot be started.
    public init(configuration: CurlTransportConfiguration = CurlTransportConfiguration()) throws(TransportError) {
        self.configuration = configuration
        loop = try TransferLoop(options: LoopOptions(configuration))
    }

    /// Sends `request` and returns the answer, whatever its status.
    ///
    /// The body is collected in memory, decompressed, up to the request's limit. Cancelling the task ends the call at once and
    /// closes its connection.
    ///
    /// - Throws: `TransportError`: `insecure` and, for a request that cannot be written as HTTP, `transportFailed`, before
    ///   anything is sent; `transportFailed` after ``shutdown()``; the other kinds for what happens on the way.
    ///   `CancellationError` when the task is cancelled.
    public func send(_ request: TransportRequest) async throws -> TransportResponse {
        try Task.checkCancellation()
        let bodyLimit = max(0, request.limits.bodyBytes)
        let request = try WireRequest(request, proxy: configuration.proxy)
        let ticket = TransferTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let order = CallOrder(
                    request: request,
                    bodyLimit: bodyLimit,
                    ticket: ticket,
                    continuation: continuation
                )
                loop.submit(order)
            }
        } onCancel: {
            ticket.cancel()
            loop.cancel(ticket)
        }
    }

    /// Ends every call that is under way with `transportFailed`, closes all connections and stops the thread.
    ///
    /// Returns when all of that is done, also when the task is cancelled. May be called repeatedly and concurrently.
    public func shutdown() async {
        await loop.stop()
    }
}

/// Runs `body` with a transport that is shut down when `body` ends, however it ends.
///
/// - Throws: ``TransportError`` with `transportFailed` when the transport cannot be started; what `body` throws.
public func withCurlTransport<Result>(
    configuration: CurlTransportConfiguration = CurlTransportConfiguration(),
    _ body: (CurlTransport) async throws -> Result
) async throws -> Result {
    let transport = try CurlTransport(configuration: configuration)
    do {
        let result = try await body(transport)
        await transport.shutdown()
        return result
    } catch {
        await transport.shutdown()
        throw error
    }
}
