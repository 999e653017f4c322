public import RecordingHost
import RecordingKit

/// Fetches files with libcurl, all of them on one thread of its own.
///
/// HTTP/1.1, one connection for each request that is under way, kept alive for later ones. Receivers are called on that thread: one that
/// takes its time holds up all others. It may be called concurrently; beyond about a hundred requests at the same time the cost of each
/// grows with their number.
///
/// Addresses are judged before a connection is made and again before a request goes out on one, so that what a name resolves to, and
/// connections that are kept from earlier requests, are held to the request's policy. Of a name with several addresses the allowed ones are
/// tried. Through a proxy the address of the target cannot be seen: then the URL's host is judged if it is an address or `localhost`, and
/// everything else is the proxy's to refuse.
///
/// As with ``CurlTransport``, libcurl itself sends a request again when a kept connection turns out to be closed before a byte of an answer
/// has come. Call ``shutdown()`` when it is no longer needed; a transport that is dropped stops its thread by itself.
public final class CurlMediaTransport: MediaTransport {
    private let configuration: CurlMediaTransportConfiguration
    private let loop: TransferLoop

    /// Starts the thread.
    ///
    /// - Throws: ``TransportError`` with `transportFailed` when libcurl or the thread cannot be started.
    public init(
        configuration: CurlMediaTransportConfiguration = CurlMediaTransportConfiguration()
    ) throws(TransportError) {
        self.configuration = configuration
        loop = try TransferLoop(options: LoopOptions(configuration))
    }

    /// Sends a GET with `Accept-Encoding: identity`, unless the request sets that field, and hands the answer to `receiver`.
    ///
    /// No content coding is undone. An answer without `Content-Length` and without chunks ends where the connection is closed: nothing tells
    /// whether that was its end. What a server sends beyond `Content-Length` is left out. Cancelling the task ends the call at once, also
    /// while the bandwidth limit holds it back, and closes its connection.
    ///
    /// - Throws: `TransportError`: `insecure`, `addressRefused` and, for a request that cannot be written as HTTP, `transportFailed`,
    ///   before anything is sent; `transportFailed` after ``shutdown()``; the other kinds for what happens on the way. What the receiver
    ///   throws. `CancellationError` when the task is cancelled.
    public func fetch(_ request: MediaRequest, into receiver: any MediaReceiver) async throws {
        try Task.checkCancellation()
        let wire = try WireRequest(request, proxy: configuration.proxy)
        guard wire.proxy.isDirect || request.addresses.allows(host: request.url.origin.host) else {
            throw AddressGuard.refusal
        }
        let ticket = TransferTicket()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let order = MediaOrder(
                    request: wire,
                    addresses: request.addresses,
                    receiver: receiver,
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
public func withCurlMediaTransport<Result>(
    configuration: CurlMediaTransportConfiguration = CurlMediaTransportConfiguration(),
    _ body: (CurlMediaTransport) async throws -> Result
) async throws -> Result {
    let transport = try CurlMediaTransport(configuration: configuration)
    do {
        let result = try await body(transport)
        await transport.shutdown()
        return result
    } catch {
        await transport.shutdown()
        throw error
    }
}
