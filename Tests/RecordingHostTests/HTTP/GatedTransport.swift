import RecordingHost
import RecordingTestKit

/// A transport that holds the first request until the test lets it go; the others pass.
actor GatedTransport: HTTPTransport {
    private let base: ScriptedTransport
    private var hasArrived = false
    private var isOpen = false
    private var held: CheckedContinuation<Void, Never>?
    private var watcher: CheckedContinuation<Void, Never>?

    init(_ base: ScriptedTransport) { self.base = base }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        if !hasArrived {
            hasArrived = true
            watcher?.resume()
            if !isOpen { await withCheckedContinuation { held = $0 } }
        }
        return try await base.send(request)
    }

    /// Returns when a request is being held.
    func arrival() async {
        if !hasArrived { await withCheckedContinuation { watcher = $0 } }
    }

    /// Lets the request go.
    func open() {
        isOpen = true
        held?.resume()
        held = nil
    }
}
