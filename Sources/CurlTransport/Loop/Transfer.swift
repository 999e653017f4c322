import CCurl
import RecordingHost

/// One request on the loop, from its first to its last moment there.
///
/// Confined to the loop's thread.
final class Transfer {
    let ticket: TransferTicket
    let handle: EasyHandle
    let exchange: any Exchange
    let isPlainGet: Bool
    var watch: ProgressWatch
    /// Whether libcurl has it.
    var isAdded = false
    /// Whether it waits for bandwidth.
    var isHeld = false
    /// Whether each read is followed by a pause until the loop has charged for it: libcurl reads a hundred times in a row
    /// from a socket that has so much.
    private let isMetered: Bool
    private var isPaused = false
    /// The bytes of the body that no bandwidth was charged for.
    private var uncharged = 0
    private var headers = HeaderBudget()
    private var failure: TransportError?

    init(_ order: any TransferOrder, handle: EasyHandle, isMetered: Bool) {
        ticket = order.ticket
        exchange = order.makeExchange()
        self.handle = handle
        self.isMetered = isMetered
        isPlainGet = order.request.method == "GET" && order.request.body == nil
        watch = ProgressWatch(idleTimeout: order.request.idleTimeout, slow: order.request.slowWatch)
    }

    /// Takes a part of the body; false when it must not go on.
    func receive(_ part: Span<UInt8>) -> Bool {
        watch.note(bytes: part.count, at: .now)
        uncharged += part.count
        if isMetered, !isPaused {
            isPaused = true
            handle.pauseReceiving()
        }
        return failure == nil && exchange.receive(part, on: handle)
    }

    /// Counts a header line; false when it must not go on.
    func countHeader(bytes: Int) -> Bool {
        watch.note(bytes: bytes, at: .now)
        guard headers.take(bytes: bytes) else {
            failure = TransportError(.malformed, "the header section is too large")
            return false
        }
        return true
    }

    /// There is a connection, new or kept; false when the request must not go out on it.
    func begin(on address: NetworkAddress?) -> Bool {
        watch.begin(at: .now)
        return exchange.admits(address)
    }

    /// How many bytes came since this was last asked.
    func takeUncharged() -> Int {
        defer { uncharged = 0 }
        return uncharged
    }

    /// Ends the pause after a read.
    func resume() {
        guard isPaused else { return }
        // Before the call, in which libcurl may hand over what it has kept.
        isPaused = false
        handle.resumeReceiving()
    }

    /// Tells the caller how it ended.
    func finish(_ result: CURLcode) {
        exchange.finish(result, failure: failure, on: handle)
    }

    /// Why it must end now, or nil.
    func verdict(at now: ContinuousClock.Instant) -> TransportError? {
        watch.verdict(at: now) {
            handle.size(CURLINFO_SIZE_UPLOAD_T) + handle.size(CURLINFO_SIZE_DOWNLOAD_T)
                + handle.integer(CURLINFO_HEADER_SIZE)
        }
    }
}
