import RawJSON
import RecordingHost
import RecordingKit
import Synchronization

/// Writes down what a connector does while its methods are called one after another; safe to use from any task.
final class ProbeLog: Sendable {
    private struct State {
        var phase = ReadingPhase.check
        var yields = 0
        var fetches: [Fetch] = []
        var exchanges: [Exchange] = []
    }

    private let state = Mutex(State())

    var fetches: [Fetch] { state.withLock { $0.fetches } }
    var exchanges: [Exchange] { state.withLock { $0.exchanges } }

    func begin(_ phase: ReadingPhase) {
        state.withLock { state in
            state.phase = phase
            state.yields = 0
        }
    }

    func noteYield() { state.withLock { $0.yields += 1 } }

    /// Notes that a page is asked for, and returns the index under which its answer is noted.
    func ask(_ request: APIRequest, _ paging: Paging?, page: Int) -> Int {
        state.withLock { state in
            state.fetches.append(
                Fetch(phase: state.phase, request: request, paging: paging, page: page, yields: state.yields)
            )
            return state.fetches.count - 1
        }
    }

    func answer(_ index: Int, _ response: APIResponse, _ items: [JSONValue] = []) {
        state.withLock { state in
            state.fetches[index].response = response
            state.fetches[index].items = items
        }
    }

    /// Notes that the last page which was brought is not the platform's last.
    func cutShort() { state.withLock { $0.fetches[$0.fetches.count - 1].isCutShort = true } }

    func note(_ request: TransportRequest, _ response: TransportResponse) {
        state.withLock { state in
            state.exchanges.append(Exchange(fetch: state.fetches.count - 1, request: request, response: response))
        }
    }
}

/// Passes requests on, notes them and changes their answers.
struct ProbeTransport: HTTPTransport {
    let base: any HTTPTransport
    let log: ProbeLog
    let alter: (@Sendable (Int, TransportResponse) -> TransportResponse)?

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        var response = try await base.send(request)
        if let alter, (200...299).contains(response.status) { response = alter(log.fetches.count - 1, response) }
        log.note(request, response)
        return response
    }
}
