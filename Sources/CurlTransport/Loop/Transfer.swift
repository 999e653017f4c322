import CCurl
import RecordingHost
import RecordingKit

/// One request on the loop, from its first to its last moment there.
///
/// Confined to the loop's thread.
final class Transfer {
    let ticket: TransferTicket
    let handle: EasyHandle
    let isPlainGet: Bool
    var reception: Reception
    var idle: IdleWatch
    private let continuation: CheckedContinuation<TransportResponse, any Error>

    init(_ order: TransferOrder, handle: EasyHandle) {
        ticket = order.ticket
        continuation = order.continuation
        self.handle = handle
        isPlainGet = order.request.method == "GET" && order.request.body == nil
        reception = Reception(bodyLimit: order.request.bodyLimit)
        idle = IdleWatch(timeout: order.request.idleTimeout)
    }

    /// Tells the caller how it ended.
    ///
    /// The loop forgets the transfer before it calls this, so that nobody calls it again.
    func finish(_ result: CURLcode) {
        if let failure = reception.failure {
            continuation.resume(throwing: failure)
        } else if result == CURLE_OK {
            continuation.resume(returning: takeResponse())
        } else {
            let proxyStatus = handle.integer(CURLINFO_HTTP_CONNECTCODE)
            continuation.resume(throwing: transportError(result, proxyStatus: proxyStatus))
        }
    }

    /// Tells the caller that it was ended from this side.
    func abandon(_ error: any Error) {
        continuation.resume(throwing: error)
    }

    /// Looks at what libcurl has counted, and returns whether the connection has been silent for too long.
    func isIdle(at now: ContinuousClock.Instant) -> Bool {
        guard idle.isExpired(at: now) else { return false }
        let bytes =
            handle.size(CURLINFO_SIZE_UPLOAD_T) + handle.size(CURLINFO_SIZE_DOWNLOAD_T)
            + handle.integer(CURLINFO_HEADER_SIZE)
        idle.note(bytes: bytes, at: now)
        return idle.isExpired(at: now)
    }

    private func takeResponse() -> TransportResponse {
        var response = TransportResponse(status: handle.integer(CURLINFO_RESPONSE_CODE), body: reception.body)
        handle.forEachHeader { name, value in response.headers.add(name, value) }
        return response
    }
}
