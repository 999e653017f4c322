import RecordingHost
import RecordingKit
import Synchronization

/// A transport that answers whatever is asked, in order.
final class OpenTransport: HTTPTransport {
    private struct State {
        var requests: [TransportRequest] = []
        var rest: ArraySlice<TransportResponse>
    }

    private let state: Mutex<State>

    init(_ answers: [TransportResponse]) {
        state = Mutex(State(rest: answers[...]))
    }

    var requests: [TransportRequest] { state.withLock { $0.requests } }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        let response = state.withLock { state in
            state.requests.append(request)
            return state.rest.popFirst()
        }
        guard let response else { throw TransportError(.transportFailed, "nothing is left") }
        return response
    }
}
