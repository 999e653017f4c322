import CCurl
import RecordingHost
import RecordingKit

/// A request whose answer goes to a receiver as it comes.
final class MediaExchange: Exchange {
    private enum Ending {
        case unwanted
        case failed(any Error)
    }

    private let receiver: any MediaReceiver
    private let continuation: CheckedContinuation<Void, any Error>
    private var addresses: AddressGuard
    private var hasBegun = false
    /// How the receiver has ended it.
    private var ending: Ending?

    init(
        receiver: any MediaReceiver,
        addresses: AddressGuard,
        continuation: CheckedContinuation<Void, any Error>
    ) {
        self.receiver = receiver
        self.addresses = addresses
        self.continuation = continuation
    }

    func receive(_ part: Span<UInt8>, on handle: EasyHandle) -> Bool {
        guard ending == nil else { return false }
        do {
            guard try begin(on: handle) else { return false }
            try receiver.receive(part)
            return true
        } catch {
            ending = .failed(error)
            return false
        }
    }

    func admits(_ address: NetworkAddress?) -> Bool { addresses.admits(address) }

    func finish(_ result: CURLcode, failure: TransportError?, on handle: EasyHandle) {
        if ending == nil, failure == nil, result == CURLE_OK {
            do { _ = try begin(on: handle) } catch { ending = .failed(error) }
        }
        switch ending {
        case .unwanted:
            continuation.resume()
        case .failed(let error):
            continuation.resume(throwing: error)
        case nil where result == CURLE_OK && failure == nil:
            continuation.resume()
        case nil:
            let proxyStatus = handle.integer(CURLINFO_HTTP_CONNECTCODE)
            let error = failure ?? addresses.failure(for: result) ?? transportError(result, proxyStatus: proxyStatus)
            continuation.resume(throwing: error)
        }
    }

    func abandon(_ error: any Error) {
        continuation.resume(throwing: error)
    }

    /// Hands over the beginning if that has not been done; false when the body is not wanted.
    private func begin(on handle: EasyHandle) throws -> Bool {
        guard !hasBegun else { return true }
        hasBegun = true
        var head = MediaResponseHead(status: handle.integer(CURLINFO_RESPONSE_CODE))
        handle.forEachHeader { name, value in head.headers.add(name, value) }
        guard try receiver.begin(head) else {
            ending = .unwanted
            return false
        }
        return true
    }
}
