import CCurl
import RecordingHost
import RecordingKit

/// A call whose answer is collected in memory.
final class CallExchange: Exchange {
    private var reception: Reception
    private let continuation: CheckedContinuation<TransportResponse, any Error>

    init(bodyLimit: Int, continuation: CheckedContinuation<TransportResponse, any Error>) {
        reception = Reception(bodyLimit: bodyLimit)
        self.continuation = continuation
    }

    func receive(_ part: Span<UInt8>, on handle: EasyHandle) -> Bool {
        if reception.body.isEmpty {
            reception.expect(length: handle.size(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
        }
        return reception.append(part)
    }

    func admits(_ address: NetworkAddress?) -> Bool { true }

    func finish(_ result: CURLcode, failure: TransportError?, on handle: EasyHandle) {
        if let failure = failure ?? reception.failure {
            continuation.resume(throwing: failure)
        } else if result == CURLE_OK {
            continuation.resume(returning: takeResponse(from: handle))
        } else {
            let proxyStatus = handle.integer(CURLINFO_HTTP_CONNECTCODE)
            continuation.resume(throwing: transportError(result, proxyStatus: proxyStatus))
        }
    }

    func abandon(_ error: any Error) {
        continuation.resume(throwing: error)
    }

    private func takeResponse(from handle: EasyHandle) -> TransportResponse {
        var response = TransportResponse(status: handle.integer(CURLINFO_RESPONSE_CODE), body: reception.body)
        handle.forEachHeader { name, value in response.headers.add(name, value) }
        return response
    }
}
